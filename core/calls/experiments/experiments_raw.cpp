// Raw sockets: raw(7), icmp(7), RFC 791, RFC 792, RFC 3692 (protocol 253 is for experiments).
#include <algorithm>
#include <array>

#include "core/calls/experiments/experiment_facts.h"

namespace sockbench {
namespace {

// The reply goes to 127.83.66.1, so that no other program's replies come here. The checksum is written out:
// a raw socket's ICMP is sent as it is.
constexpr std::string_view kEcho = R"(r = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)
r.setsockopt(SOL_RAW, ICMP_FILTER, b"\xfe\xff\xff\xff")     # echo replies alone
r.bind(("127.83.66.1", 0))
early = r.recv(1500, MSG_DONTWAIT)                          # other pings, before the filter stood
early = r.recv(1500, MSG_DONTWAIT)
r.settimeout(5)
r.sendto(b"\x08\x00\xb8\xf7SB\x00\x01Sockbench echo..", ("127.0.0.1", 0))
packet, sender = r.recvfrom(1500)
)";

constexpr std::string_view kEchoMayFail[] = {"early"};

constexpr std::size_t kShortestHeader = 20;

// The length of the IP header that `packet` begins with; 0: it has none.
std::size_t headerOf(const Bytes& packet) {
  if (packet.size() < kShortestHeader) return 0;
  const auto first = std::to_integer<unsigned>(packet[0]);
  const std::size_t length = (first & 0xfU) * 4;
  return first >> 4U == 4 && length >= kShortestHeader && length <= packet.size() ? length : 0;
}

unsigned wordAt(const Bytes& bytes, std::size_t offset) {
  if (offset + 2 > bytes.size()) return 0;
  return std::to_integer<unsigned>(bytes[offset]) << 8U | std::to_integer<unsigned>(bytes[offset + 1]);
}

unsigned byteAt(const Bytes& bytes, std::size_t offset) {
  return offset < bytes.size() ? std::to_integer<unsigned>(bytes[offset]) : 0;
}

std::string addressAt(const Bytes& bytes, std::size_t offset) {
  std::string text;
  for (std::size_t i = 0; i < 4; ++i) text += (i == 0 ? "" : ".") + std::to_string(byteAt(bytes, offset + i));
  return text;
}

constexpr std::size_t kTtlAt = 8;
constexpr std::size_t kSourceAt = 12;

void concludeEcho(const ExperimentFacts& facts, ConclusionWriter& writer) {
  constexpr unsigned kEchoReply = 0;
  constexpr unsigned kIdentifier = 0x5342;
  const Bytes packet = facts.bytes("packet");
  const std::size_t header = headerOf(packet);
  if (header == 0) {
    writer.say(false, "What came is no IPv4 packet: " + facts.shown("packet") + ".");
    return;
  }
  writer.say("A raw socket receives the IP header too: " + std::to_string(header) + " bytes, with the TTL " +
             std::to_string(byteAt(packet, kTtlAt)) + ", from " + addressAt(packet, kSourceAt) + ".");
  const unsigned type = byteAt(packet, header);
  const unsigned identifier = wordAt(packet, header + 4);
  const bool reply = type == kEchoReply && identifier == kIdentifier;
  writer.say(reply, "Behind it came ICMP type " + std::to_string(type) + (reply ? ", the echo reply" : "") +
                        ", identifier " + std::to_string(identifier) + ", number " +
                        std::to_string(wordAt(packet, header + 6)) + ", " +
                        shownDuration(facts.duration("packet")) + " after recvfrom was called.");
}

constexpr std::string_view kHeader = R"(r = socket(AF_INET, SOCK_RAW, 253)
r.settimeout(5)
r.bind(("127.83.66.2", 0))
s = socket(AF_INET, SOCK_RAW, 253)
s.setsockopt(IPPROTO_IP, IP_HDRINCL, 1)
written = b"E\x00\x00\x00\x00\x00\x00\x00\x2a\xfd\x00\x00\x7fSB\x07\x7fSB\x02hello"    # TTL 42, from 127.83.66.7
s.sendto(written, ("127.83.66.2", 0))
packet, sender = r.recvfrom(1500)
)";

void concludeHeader(const ExperimentFacts& facts, ConclusionWriter& writer) {
  constexpr std::size_t kLengthAt = 2;
  constexpr std::size_t kIdentifierAt = 4;
  constexpr std::size_t kChecksumAt = 10;
  const Bytes written = facts.bytes("written");
  const Bytes packet = facts.bytes("packet");
  if (headerOf(packet) == 0) {
    writer.say(false, "What came is no IPv4 packet: " + facts.shown("packet") + ".");
    return;
  }
  const bool kept = byteAt(packet, kTtlAt) == byteAt(written, kTtlAt) &&
                    addressAt(packet, kSourceAt) == addressAt(written, kSourceAt);
  writer.say(kept, "The packet came with the TTL " + std::to_string(byteAt(packet, kTtlAt)) + " and from " +
                       addressAt(packet, kSourceAt) +
                       (kept ? ", as they were written" : ", not as they were written") + ".");
  writer.say(wordAt(packet, kLengthAt) == packet.size() && wordAt(packet, kChecksumAt) != 0,
             "The kernel had filled in what was 0: the total length " +
                 std::to_string(wordAt(packet, kLengthAt)) + ", the identifier " +
                 std::to_string(wordAt(packet, kIdentifierAt)) + " and the checksum " +
                 std::to_string(wordAt(packet, kChecksumAt)) + ".");
}

constexpr Experiment kExperiments[] = {
    {"raw-icmp", "A ping by hand, over a raw socket",
     "An ICMP echo request that is written byte by byte is answered by the kernel itself. What a raw socket "
     "receives begins with the IP header.",
     kEcho, "CAP_NET_RAW", kEchoMayFail, concludeEcho},
    {"ip-hdrincl",
     "An IP header of one's own: IP_HDRINCL",
     "With IP_HDRINCL the sender writes the IP header, its own address included. The kernel fills in the "
     "length, "
     "the checksum, and an identifier that is 0.",
     kHeader,
     "CAP_NET_RAW",
     {},
     concludeHeader},
};

}  // namespace

std::span<const Experiment> rawExperiments() {
  return kExperiments;
}

}  // namespace sockbench
