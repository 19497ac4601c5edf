#include "pcap_writer.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>

#include <array>

namespace bench {
namespace {

struct FileHeader {
  std::uint32_t magic = 0xa1b2c3d4;  // microseconds, in our byte order
  std::uint16_t major = 2;
  std::uint16_t minor = 4;
  std::uint32_t zone = 0;
  std::uint32_t accuracy = 0;
  std::uint32_t longest = 65535;
  std::uint32_t linkType = 1;  // Ethernet
};

struct PacketHeader {
  std::uint32_t seconds = 0;
  std::uint32_t microseconds = 0;
  std::uint32_t captured = 0;
  std::uint32_t length = 0;
};

template <class Part>
void write(std::ofstream& file, const Part& part) {
  file.write(reinterpret_cast<const char*>(&part), sizeof part);
}

}  // namespace

PcapWriter::PcapWriter(const std::string& path) : file_(path, std::ios::binary) {
  write(file_, FileHeader());
}

void PcapWriter::add(std::uint16_t fromPort, std::uint16_t toPort, std::string_view payload) {
  const auto inIp = static_cast<std::uint32_t>(sizeof(iphdr) + sizeof(tcphdr) + payload.size());
  const auto length = static_cast<std::uint32_t>(sizeof(ethhdr) + inIp);
  ethhdr link{};
  link.h_proto = htons(ETH_P_IP);
  iphdr ip{};
  ip.version = 4;
  ip.ihl = 5;
  ip.ttl = 64;
  ip.protocol = IPPROTO_TCP;
  ip.tot_len = htons(static_cast<std::uint16_t>(inIp));
  ip.saddr = ip.daddr = htonl(INADDR_LOOPBACK);
  tcphdr tcp{};
  tcp.source = htons(fromPort);
  tcp.dest = htons(toPort);
  tcp.seq = htonl(count_ / 100 * static_cast<std::uint32_t>(payload.size()) + 1);
  tcp.doff = 5;
  tcp.ack = 1;
  tcp.window = htons(65535);
  write(file_, PacketHeader{count_ / 1000, count_ % 1000 * 1000, length, length});
  write(file_, link);
  write(file_, ip);
  write(file_, tcp);
  file_.write(payload.data(), static_cast<std::streamsize>(payload.size()));
  ++count_;
}

bool PcapWriter::close() {
  file_.close();
  return file_.good();
}

}  // namespace bench
