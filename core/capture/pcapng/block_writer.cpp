#include "core/capture/pcapng/block_writer.h"

#include <sys/utsname.h>

#include <algorithm>
#include <cstring>

#include "core/capture/pcapng_format.h"

namespace sockbench::pcapng {
namespace {

constexpr std::size_t kMostOption = 0xFFFF;
constexpr std::string_view kAbout =
    "Written from what the sockets of one program did, not from the wire. Addresses, payload and times are "
    "those of its calls and of the kernel; sequence numbers, acknowledgments and the borders of segments are "
    "synthesized.";

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

void pad(std::string& out, std::size_t length) {
  out.append((4 - length % 4) % 4, '\0');
}

void putOption(std::string& out, std::uint16_t code, std::string_view value) {
  put(out, code);
  put(out, static_cast<std::uint16_t>(value.size()));
  out += value;
  pad(out, value.size());
}

template <class T>
void putNumber(std::string& out, std::uint16_t code, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  putOption(out, code, std::string_view(bytes, sizeof value));
}

// `text` up to the last character that fits.
std::string_view fitting(std::string_view text) {
  if (text.size() <= kMostOption) return text;
  std::size_t end = kMostOption;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

// Opens a block when made, and closes it when it goes: both lengths are known only then.
class Block {
 public:
  Block(std::string& out, std::uint32_t type) : out_(out), begin_(out.size()) {
    put(out_, type);
    put(out_, std::uint32_t{0});
  }
  ~Block() {
    const auto length = static_cast<std::uint32_t>(out_.size() - begin_ + sizeof(std::uint32_t));
    put(out_, length);
    std::memcpy(out_.data() + begin_ + sizeof(std::uint32_t), &length, sizeof length);
  }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

 private:
  std::string& out_;
  std::size_t begin_;
};

void appendInterface(std::string& out, std::uint16_t link, std::string_view name) {
  const Block block(out, kInterfaceDescription);
  put(out, link);
  put(out, std::uint16_t{0});
  put(out, std::uint32_t{0});  // no limit of length
  putOption(out, kInterfaceName, name);
  putNumber(out, kInterfaceResolution, std::uint8_t{9});
  putOption(out, kEndOfOptions, {});
}

}  // namespace

void appendFileHead(std::string& out) {
  utsname system{};
  ::uname(&system);
  {
    const Block block(out, kSectionHeader);
    put(out, kByteOrderMagic);
    put(out, std::uint16_t{1});
    put(out, std::uint16_t{0});
    put(out, std::int64_t{-1});
    putOption(out, kComment, kAbout);
    putOption(out, kSectionHardware, system.machine);
    putOption(out, kSectionSystem, std::string(system.sysname) + ' ' + system.release);
    putOption(out, kSectionProgram, std::string(kProgram) + SOCKBENCH_VERSION);
    putOption(out, kEndOfOptions, {});
  }
  appendInterface(out, kLinkRaw, "ip");
  appendInterface(out, kLinkUpperPdu, "events");
}

void appendPacket(std::string& out, const PacketBlock& packet) {
  const Block block(out, kEnhancedPacket);
  const std::size_t captured = packet.headers.size() + packet.payload.size();
  const auto time = static_cast<std::uint64_t>(std::max<WallNanos>(packet.time, 0));
  put(out, packet.interface);
  put(out, static_cast<std::uint32_t>(time >> 32));
  put(out, static_cast<std::uint32_t>(time));
  put(out, static_cast<std::uint32_t>(captured));
  put(out, static_cast<std::uint32_t>(captured + packet.missing));
  out += packet.headers;
  out += asChars(packet.payload);
  pad(out, captured);
  if (packet.flags != 0) putNumber(out, kPacketFlags, packet.flags);
  if (packet.dropCount) putNumber(out, kPacketDropCount, *packet.dropCount);
  if (!packet.personsComment.empty()) putOption(out, kComment, fitting(packet.personsComment));
  putOption(out, kComment, fitting(packet.comment));
  putOption(out, kEndOfOptions, {});
}

}  // namespace sockbench::pcapng
