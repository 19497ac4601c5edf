// TcpStream: one direction of a TCP connection, its bytes put in order (RFC 9293, 3.4).
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "core/base/bytes.h"
#include "core/base/clock.h"

namespace sockbench {

// Bytes of a stream as the receiver has them.
struct StreamPiece {
  ByteView bytes;
  std::uint64_t realLength = 0;  // more than bytes.size(): the capture holds no more of them
  bool urgent = false;           // TCP's urgent byte, alone
  WallNanos time = 0;
};

// What comes out of a TcpStream, in the stream's order. Must not call the stream back.
class StreamSink {
 public:
  virtual ~StreamSink() = default;
  virtual void streamed(const StreamPiece& piece) = 0;
  virtual void missed(std::uint64_t bytes, WallNanos time) = 0;  // the capture does not hold them
  virtual void ended(WallNanos time) = 0;                        // FIN, behind the last byte. At most once
};

// A segment, as a packet has it. The SYN is no part of it: its data begins at the number behind the SYN's.
struct TcpSegment {
  std::uint32_t sequence = 0;
  ByteView bytes;
  std::uint64_t realLength = 0;             // at least bytes.size(), at most 2^31
  std::optional<std::uint32_t> urgentByte;  // its sequence number
  bool fin = false;
  WallNanos time = 0;
};

// Bytes that came before are cut off; where two segments overlap, the first one's bytes count. Segments ahead
// of their turn are kept. What is missing before them is given up when they are more than kMostPending bytes,
// when the peer says that it has it and many segments or a second have gone by since, or at the end. Times
// never go backwards: bytes that had to wait have the time at which their turn came.
class TcpStream {
 public:
  static constexpr std::size_t kMostPending = std::size_t{4} << 20;

  bool hasBegun() const { return begun_; }
  void begin(std::uint32_t sequence);  // the number of the first byte

  // Begins with the segment where the stream has not begun: a capture that starts in mid-connection.
  void take(const TcpSegment& segment, StreamSink& sink);
  // The peer has everything below.
  void acknowledged(std::uint32_t sequence, WallNanos now, StreamSink& sink);
  void giveUpGap(StreamSink& sink);  // the first one; nothing happens without one
  void finish(StreamSink& sink);     // nothing more comes
  bool hasGap() const { return !pending_.empty(); }
  // What waits, with what each segment costs besides its bytes (there may be none of them).
  std::size_t pendingBytes() const { return pendingBytes_ + pending_.size() * kPendingCost; }

 private:
  static constexpr std::size_t kPendingCost = 128;  // a place in the map

  struct Pending {
    Bytes bytes;
    std::uint64_t length = 0;
    std::optional<std::uint64_t> urgent;  // its offset
    WallNanos time = 0;
  };
  using Segments = std::map<std::uint64_t, Pending>;

  std::uint64_t offsetOf(std::uint32_t sequence) const;
  void take(std::uint64_t offset, ByteView bytes, std::uint64_t length, std::optional<std::uint64_t> urgent,
            WallNanos time, StreamSink& sink);
  void keep(std::uint64_t offset, ByteView bytes, std::uint64_t length, std::optional<std::uint64_t> urgent,
            WallNanos time);
  void deliver(ByteView bytes, std::uint64_t length, std::optional<std::uint64_t> urgent, WallNanos time,
               StreamSink& sink);
  void deliverPiece(ByteView bytes, std::uint64_t length, bool urgent, StreamSink& sink);
  void deliverPending(StreamSink& sink);
  void tellEnd(StreamSink& sink);
  void miss(std::uint64_t bytes, StreamSink& sink);

  bool begun_ = false;
  bool ended_ = false;
  std::optional<std::uint32_t> firstAcknowledged_;  // before it began
  // Sequence numbers without wrapping round; the first one's lower 32 bits are those of the connection.
  std::uint64_t next_ = 0;
  std::uint64_t acknowledged_ = 0;
  std::optional<std::uint64_t> end_;  // where the FIN stands
  Segments pending_;
  std::size_t pendingBytes_ = 0;
  WallNanos time_ = 0;
};

}  // namespace sockbench
