// PacketMaker: rows of the timeline as packets of a capture file (pcapng_format.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/capture/pcapng/packet_comment.h"
#include "core/capture/synth/tcp_streams.h"

namespace sockbench::synth {

// Rows are given in the log's order; those that are missing (filtered, evicted, earlier than the first one)
// leave no gap in the sequence numbers. Thread: one at a time.
class PacketMaker {
 public:
  // Appends to `out`, which outlives it: first the file's head.
  explicit PacketMaker(std::string& out);

  // Appends the packets of one row; answers how many.
  std::size_t add(const pcapng::CommentedRow& row);
  // So many rows are missing here. Answers how many packets say so.
  std::size_t addLost(std::uint64_t rows, WallNanos time);

 private:
  using Row = pcapng::CommentedRow;
  enum class Side : std::uint8_t { us, peer };

  struct Place {
    Ends ends;
    bool mapped = false;  // IPv4, mapped into IPv6 in the flow
    bool exact = false;   // a packet says all of both addresses
  };
  static std::optional<Place> placeOf(const Flow* flow);

  // An exported PDU, or several.
  void addEvent(const Row& row);
  void addUdp(const Row& row, const Place& place);

  void addTcp(const Row& row, const Place& place);
  void addHandshake(TcpStream& stream, const Row& row, const Place& place, Side first);
  void addData(TcpStream& stream, const Row& row, const Place& place, Side from);
  void addHalfClose(TcpStream& stream, const Row& row, const Place& place);
  void addClose(TcpStream& stream, const Row& row, const Place& place);
  void addReset(TcpStream& stream, const Row& row, const Place& place);
  void addRemark(TcpStream& stream, const Row& row, const Place& place);
  void acknowledge(TcpStream& stream, const Row& row, const Place& place, Side from);
  void addSegment(TcpStream& stream, const Row& row, const Place& place, Side from, std::uint8_t flags,
                  ByteView payload = {});
  void appendTcp(const Row& row, Side from, ByteView payload);
  void setComment(const Row& row, const Place& place, std::uint32_t part, std::uint32_t parts,
                  std::string_view remark);

  std::string& out_;
  TcpStreams streams_;
  std::string headers_;
  std::string comment_;  // of the next packet; empty: it carries no row
  std::size_t made_ = 0;
};

}  // namespace sockbench::synth
