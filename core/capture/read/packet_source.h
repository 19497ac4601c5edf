// PacketSource: the packets of a capture file, one after another, as it has them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/capture/read/byte_source.h"

namespace sockbench {

// Views are valid until the next packet is asked for.
struct CapturedPacket {
  WallNanos time = 0;          // never 0: a packet without a time has that of the one before, or 1
  std::uint32_t linkType = 0;  // LINKTYPE_* (https://www.tcpdump.org/linktypes.html)
  std::uint32_t section = 0;   // of the file, from 0
  ByteView bytes;
  std::uint64_t realLength = 0;  // on the wire: at least bytes.size()
  std::uint32_t flags = 0;       // epb_flags: pcapng::kInbound, kOutbound; 0: not told
  std::vector<std::string_view> comments;
};

class PacketSource {
 public:
  virtual ~PacketSource() = default;
  // False: the end. Errors: read(2)'s, badSyntax, tooLarge. A file that ends in mid-packet is badSyntax with
  // the place.
  virtual Result<bool> next(CapturedPacket& packet) = 0;
  std::uint64_t damaged() const { return damaged_; }  // packets that had to be passed over
  // What wrote the section that is being read, as it says itself; empty: not told.
  const std::string& writer() const { return writer_; }

 protected:
  std::uint64_t damaged_ = 0;
  std::string writer_;
};

// By the file's first bytes. Errors: badSyntax where it is no capture file.
Result<std::unique_ptr<PacketSource>> openPacketSource(ByteSource& source);
// Whether a file may begin with these bytes, at least four of them.
bool isCaptureMagic(ByteView first);
Error noCaptureFile(const std::string& name);

}  // namespace sockbench
