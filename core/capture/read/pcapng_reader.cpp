#include "core/capture/read/pcapng_reader.h"

#include <algorithm>
#include <bit>

#include "core/capture/pcapng_format.h"
#include "core/capture/read/byte_order.h"

namespace sockbench {
namespace {

// Besides those of our own files (pcapng_format.h).
constexpr std::uint32_t kObsoletePacket = 2;
constexpr std::uint32_t kSimplePacket = 3;
constexpr std::uint16_t kInterfaceTimeOffset = 14;

constexpr std::size_t kBlockHead = 8;    // type and length
constexpr std::size_t kBlockExtra = 12;  // with the second length

constexpr std::size_t padded(std::size_t length) {
  return (length + 3) & ~std::size_t{3};
}

}  // namespace

template <class T>
T PcapngReader::number(ByteView bytes, std::size_t at) const {
  return numberAt<T>(bytes, at, swapped_);
}

template <class Take>
void PcapngReader::eachOption(ByteView body, std::size_t at, Take&& take) const {
  while (at + 4 <= body.size()) {
    const auto code = number<std::uint16_t>(body, at);
    const std::size_t length = number<std::uint16_t>(body, at + 2);
    if (code == pcapng::kEndOfOptions || length > body.size() - at - 4) return;
    take(code, body.subspan(at + 4, length));
    at += 4 + padded(length);
  }
}

std::unexpected<Error> PcapngReader::wrong(std::string what) const {
  return std::unexpected(
      Error::fromInput(InputFault::badSyntax, source_.name(), std::nullopt,
                       "at byte " + std::to_string(source_.position()) + ": " + std::move(what)));
}

// The section header tells the byte order of its own length. `start` is a block's first twelve bytes.
Result<bool> PcapngReader::readOrder(ByteView start) {
  const auto magic = numberAt<std::uint32_t>(start, 8, false);
  if (magic != pcapng::kByteOrderMagic && magic != std::byteswap(pcapng::kByteOrderMagic))
    return wrong("a section header without a byte order");
  swapped_ = magic != pcapng::kByteOrderMagic;
  return true;
}

// False: the end.
Result<bool> PcapngReader::readBlock(Block& block) {
  source_.skip(blockBytes_);
  blockBytes_ = 0;
  const Result<ByteView> start = source_.peek(kBlockExtra);
  if (!start) return std::unexpected(start.error());
  if (start->empty()) return false;
  if (start->size() < kBlockExtra)
    return wrong("the file ends within a block, after " + std::to_string(start->size()) + " bytes of it");
  if (numberAt<std::uint32_t>(*start, 0, false) == pcapng::kSectionHeader) {
    if (const Result<bool> order = readOrder(*start); !order) return order;
  }
  block.type = number<std::uint32_t>(*start, 0);
  const auto length = number<std::uint32_t>(*start, 4);
  if (length < kBlockExtra || length % 4 != 0)
    return wrong("a block of " + std::to_string(length) + " bytes, which no block can have");
  if (length > kMostBlock)
    return std::unexpected(Error::fromInput(
        InputFault::tooLarge, source_.name(), std::nullopt,
        "at byte " + std::to_string(source_.position()) + ": a block of " + std::to_string(length) +
            " bytes; the most that is read is " + std::to_string(kMostBlock)));
  const Result<ByteView> whole = source_.peek(length);
  if (!whole) return std::unexpected(whole.error());
  if (whole->size() < length)
    return wrong("the file ends within a block, after " + std::to_string(whole->size()) + " of its " +
                 std::to_string(length) + " bytes");
  if (const auto again = number<std::uint32_t>(*whole, length - 4); again != length)
    return wrong("a block's two lengths differ: " + std::to_string(length) + " and " + std::to_string(again));
  blockBytes_ = length;
  block.body = whole->subspan(kBlockHead, length - kBlockExtra);
  return true;
}

Result<bool> PcapngReader::next(CapturedPacket& packet) {
  Block block;
  for (;;) {
    const Result<bool> more = readBlock(block);
    if (!more || !*more) return more;
    switch (block.type) {
      case pcapng::kSectionHeader:
        if (block.body.size() < 16) return wrong("a section header that is too short");
        if (const auto major = number<std::uint16_t>(block.body, 4); major != 1)
          return wrong("version " + std::to_string(major) + " of pcapng, where 1 is known");
        takeSection(block.body);
        break;
      case pcapng::kInterfaceDescription:
        if (block.body.size() < 8) return wrong("an interface's description that is too short");
        takeInterface(block.body);
        break;
      case pcapng::kEnhancedPacket:
      case kSimplePacket:
      case kObsoletePacket:
        packet.comments.clear();
        packet.flags = 0;
        packet.section = sections_ - 1;
        if (takePacket(block, packet)) return true;
        ++damaged_;
        break;
      default:
        break;
    }
  }
}

void PcapngReader::takeSection(ByteView body) {
  ++sections_;
  interfaces_.clear();
  writer_.clear();
  eachOption(body, 16, [this](std::uint16_t code, ByteView value) {
    if (code == pcapng::kSectionProgram) writer_ = asChars(value);
  });
}

void PcapngReader::takeInterface(ByteView body) {
  Interface interface;
  interface.linkType = number<std::uint16_t>(body, 0);
  interface.snapLength = number<std::uint32_t>(body, 4);
  eachOption(body, 8, [&](std::uint16_t code, ByteView value) {
    if (code == pcapng::kInterfaceResolution && value.size() == 1)
      interface.clock.resolution = octetAt(value, 0);
    if (code == kInterfaceTimeOffset && value.size() == 8)
      interface.clock.offset = number<std::int64_t>(value, 0);
  });
  interfaces_.push_back(interface);
}

bool PcapngReader::takePacket(const Block& block, CapturedPacket& packet) {
  if (block.type == pcapng::kEnhancedPacket) return takeEnhanced(block.body, packet);
  if (block.type == kSimplePacket) return takeSimple(block.body, packet);
  return takeObsolete(block.body, packet);
}

bool PcapngReader::takeEnhanced(ByteView body, CapturedPacket& packet) {
  return body.size() >= 20 && fillPacket(number<std::uint32_t>(body, 0), body, 4, packet);
}

bool PcapngReader::takeObsolete(ByteView body, CapturedPacket& packet) {
  return body.size() >= 20 && fillPacket(number<std::uint16_t>(body, 0), body, 4, packet);
}

// From `at` on: the time's halves, the lengths, the bytes, the options.
bool PcapngReader::fillPacket(std::size_t interface, ByteView body, std::size_t at, CapturedPacket& packet) {
  if (interface >= interfaces_.size()) return false;
  const Interface& from = interfaces_[interface];
  const std::uint64_t stamp =
      std::uint64_t{number<std::uint32_t>(body, at)} << 32 | number<std::uint32_t>(body, at + 4);
  const std::uint64_t captured = number<std::uint32_t>(body, at + 8);
  packet.linkType = from.linkType;
  if (!setBytes(body, at + 16, captured, number<std::uint32_t>(body, at + 12), packet)) return false;
  packet.time = lastTime_ = std::max<WallNanos>(from.clock.nanos(stamp), 1);
  eachOption(body, at + 16 + padded(captured), [&](std::uint16_t code, ByteView value) {
    if (code == pcapng::kComment) packet.comments.push_back(asChars(value));
    if (code == pcapng::kPacketFlags && value.size() == 4) packet.flags = number<std::uint32_t>(value, 0);
  });
  return true;
}

bool PcapngReader::takeSimple(ByteView body, CapturedPacket& packet) {
  if (body.size() < 4 || interfaces_.empty()) return false;
  const auto real = number<std::uint32_t>(body, 0);
  const std::uint32_t snap = interfaces_[0].snapLength;
  packet.linkType = interfaces_[0].linkType;
  packet.time = lastTime_;
  return setBytes(body, 4, snap == 0 ? real : std::min(real, snap), real, packet);
}

bool PcapngReader::setBytes(ByteView body, std::size_t at, std::uint64_t captured, std::uint64_t real,
                            CapturedPacket& packet) const {
  if (captured > body.size() - at) return false;
  packet.bytes = body.subspan(at, captured);
  packet.realLength = std::max(real, captured);
  return true;
}

}  // namespace sockbench
