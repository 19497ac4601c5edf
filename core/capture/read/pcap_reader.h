// PcapReader: classic pcap files, in all their forms, read by libpcap (pcap-savefile(5)).
#pragma once

#include <pcap/pcap.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "core/capture/read/packet_source.h"

namespace sockbench {

class PcapReader : public PacketSource {
 public:
  // Errors: read(2)'s; badSyntax in libpcap's words.
  static Result<std::unique_ptr<PacketSource>> open(ByteSource& source);
  ~PcapReader() override;
  Result<bool> next(CapturedPacket& packet) override;

 private:
  explicit PcapReader(ByteSource& source) : source_(source) {}
  static ssize_t readFrom(void* self, char* to, std::size_t count);
  std::unexpected<Error> wrong(const std::string& what) const;

  ByteSource& source_;
  pcap_t* pcap_ = nullptr;  // closes its file with it
  std::uint32_t linkType_ = 0;
  std::uint64_t packets_ = 0;
  std::optional<Error> readError_;  // why the bytes ended
};

}  // namespace sockbench
