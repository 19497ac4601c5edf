#include "core/capture/read/packet_source.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/capture/pcapng_format.h"
#include "core/capture/read/byte_order.h"
#include "core/capture/read/pcap_reader.h"
#include "core/capture/read/pcapng_reader.h"

namespace sockbench {
namespace {

constexpr std::size_t kMagicBytes = 4;

// Of pcap-savefile(5): microseconds, nanoseconds, and the forms of patched and of foreign libpcaps.
constexpr std::array<std::uint32_t, 6> kPcapMagics{0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34,
                                                   0xA1B234CD, 0xA1E2CB12, 0xA1B24D3C};

bool isPcap(std::uint32_t magic) {
  return std::ranges::find(kPcapMagics, magic) != kPcapMagics.end();
}

bool isPcapng(ByteView first) {
  return numberAt<std::uint32_t>(first, 0, false) == pcapng::kSectionHeader;
}

}  // namespace

bool isCaptureMagic(ByteView first) {
  if (first.size() < kMagicBytes) return false;
  const auto magic = numberAt<std::uint32_t>(first, 0, false);
  return isPcapng(first) || isPcap(magic) || isPcap(std::byteswap(magic));
}

Error noCaptureFile(const std::string& name) {
  return Error::fromInput(InputFault::badSyntax, name, std::nullopt,
                          "this is no capture file: it begins neither as pcapng nor as pcap");
}

Result<std::unique_ptr<PacketSource>> openPacketSource(ByteSource& source) {
  const Result<ByteView> first = source.peek(kMagicBytes);
  if (!first) return std::unexpected(first.error());
  if (!isCaptureMagic(*first)) return std::unexpected(noCaptureFile(source.name()));
  if (isPcapng(*first)) return std::make_unique<PcapngReader>(source);
  return PcapReader::open(source);
}

}  // namespace sockbench
