// PcapWriter: TCP segments over IPv4 and Ethernet in a classic pcap file, for programs that read such.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

namespace bench {

class PcapWriter {
 public:
  explicit PcapWriter(const std::string& path);
  // From 127.0.0.1 to 127.0.0.1, a millisecond after the last, in sequence of its port.
  void add(std::uint16_t fromPort, std::uint16_t toPort, std::string_view payload);
  bool close();  // false: not everything could be written

 private:
  std::ofstream file_;
  std::uint32_t count_ = 0;
};

}  // namespace bench
