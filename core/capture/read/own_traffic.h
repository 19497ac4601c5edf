// OwnTraffic: the records of files that Sockbench wrote, as they were (pcapng_format.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "core/capture/read/imported_rows.h"
#include "core/capture/read/own_comment.h"
#include "core/capture/read/packet_source.h"

namespace sockbench {

class OwnTraffic {
 public:
  explicit OwnTraffic(ImportedRows& rows) : rows_(rows) {}

  enum class Taken { notOurs, ours, damaged };
  // ours: it has become a row, will become part of one, or only completes TCP for others. damaged: our
  // comment cannot be understood, or the packet has not what it says.
  Taken take(const CapturedPacket& packet);
  // A record of which only the first packets are there becomes a row of those, kRecordTruncated.
  void finish();
  bool hasAny() const { return any_; }

 private:
  struct Content;  // of a packet: its payload, its ends
  bool takeRecord(const OwnComment& comment, const CapturedPacket& packet);
  void addPart(const Record& record, const FlowPtr& flow, const OwnComment& comment, ByteView payload);
  FlowPtr flowOf(const OwnComment& comment, const CapturedPacket& packet, const Content& content);
  void addNotes(const OwnComment& comment);

  struct Partial {
    Record record;
    FlowPtr flow;
    std::uint32_t next = 0;  // the part that is awaited
    Bytes bytes;
  };

  ImportedRows& rows_;
  std::unordered_map<std::uint32_t, FlowPtr> flows_;  // the newest of each session
  std::optional<Partial> partial_;
  std::size_t notes_ = 0;  // taken so far
  std::size_t noteBytes_ = 0;
  bool any_ = false;
};

}  // namespace sockbench
