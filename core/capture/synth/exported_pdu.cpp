#include "core/capture/synth/exported_pdu.h"

#include <cstdint>

#include "core/capture/pcapng_format.h"
#include "core/payload/visible_text.h"

namespace sockbench::synth {
namespace {

constexpr std::size_t kMostWords = 200;  // characters

void put16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8 & 0xFF);
  out += static_cast<char>(value & 0xFF);
}

void putTag(std::string& out, std::uint16_t tag, std::string_view value) {
  const std::size_t padding = (4 - value.size() % 4) % 4;
  put16(out, tag);
  put16(out, value.size() + padding);
  out += value;
  out.append(padding, '\0');
}

void putNumber(std::string& out, std::uint16_t tag, std::uint32_t value) {
  std::string bytes;
  put16(bytes, value >> 16);
  put16(bytes, value & 0xFFFF);
  putTag(out, tag, bytes);
}

void putAddress(std::string& out, const SocketAddress& address, bool isSource) {
  const ByteView bytes = address.ipBytes();
  if (bytes.size() == 4) {
    putTag(out, isSource ? pcapng::kTagIpv4Source : pcapng::kTagIpv4Destination, asChars(bytes));
  } else if (bytes.size() == 16) {
    putTag(out, isSource ? pcapng::kTagIpv6Source : pcapng::kTagIpv6Destination, asChars(bytes));
  }
}

void putPorts(std::string& out, const Flow& flow, const SocketAddress& source,
              const SocketAddress& destination) {
  const bool hasPorts = flow.otherTransport.empty() && !isUnixTransport(flow.transport);
  if (!hasPorts || (!source.isIp() && !destination.isIp())) return;
  putNumber(out, pcapng::kTagPortType,
            flow.transport == Transport::tcp ? pcapng::kPortTcp : pcapng::kPortUdp);
  putNumber(out, pcapng::kTagSourcePort, source.port());
  putNumber(out, pcapng::kTagDestinationPort, destination.port());
}

}  // namespace

void appendPduTags(std::string& out, const Flow* flow, Direction direction, std::string_view words) {
  putTag(out, pcapng::kTagDissector, "data");
  if (flow != nullptr) {
    const SocketAddress& source = direction == Direction::in ? flow->peer : flow->local;
    const SocketAddress& destination = direction == Direction::in ? flow->local : flow->peer;
    putAddress(out, source, true);
    putAddress(out, destination, false);
    putPorts(out, *flow, source, destination);
    putTag(out, pcapng::kTagProtocolColumn, transportName(*flow));
  }
  putTag(out, pcapng::kTagInfoColumn, previewText(asBytes(words), kMostWords));
  putTag(out, pcapng::kTagEnd, {});
}

}  // namespace sockbench::synth
