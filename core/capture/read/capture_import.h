// CaptureImport: packets in, rows out, until the source ends: what CaptureFile's thread does.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/base/error.h"
#include "core/capture/read/byte_source.h"
#include "core/capture/read/foreign_traffic.h"
#include "core/capture/read/imported_rows.h"
#include "core/capture/read/own_traffic.h"
#include "core/capture/read/packet_source.h"

namespace sockbench {

// Thread: one.
class CaptureImport {
 public:
  CaptureImport(ByteSource& source, ImportedRows& rows) : source_(source), rows_(rows) {}

  // The next packet. False: the end, or error() tells why there is no more; all rows are added.
  bool step();

  std::uint64_t packets() const { return packets_; }
  std::uint64_t passedOver() const;
  bool isOurs() const { return own_.hasAny(); }
  const std::optional<Error>& error() const { return error_; }

 private:
  bool stop(std::optional<Error> error);
  bool take();

  ByteSource& source_;
  ImportedRows& rows_;
  std::unique_ptr<PacketSource> packetSource_;
  CapturedPacket packet_;
  OwnTraffic own_{rows_};
  ForeignTraffic foreign_{rows_};
  std::uint64_t packets_ = 0;
  std::uint64_t passedOver_ = 0;
  std::optional<Error> error_;
};

}  // namespace sockbench
