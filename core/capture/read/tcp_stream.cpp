#include "core/capture/read/tcp_stream.h"

#include <algorithm>

namespace sockbench {
namespace {

// Room below the first number for what comes of before the beginning.
constexpr std::uint64_t kBase = std::uint64_t{1} << 32;
// A capture may have packets a little out of order: an acknowledgement alone does not prove that what it is
// for will not come.
constexpr std::size_t kManySegments = 64;
constexpr WallNanos kLong = 1'000'000'000;

ByteView cutBytes(ByteView bytes, std::uint64_t from, std::uint64_t length) {
  const auto begin = static_cast<std::size_t>(std::min<std::uint64_t>(from, bytes.size()));
  return bytes.subspan(begin,
                       static_cast<std::size_t>(std::min<std::uint64_t>(length, bytes.size() - begin)));
}

}  // namespace

std::uint64_t TcpStream::offsetOf(std::uint32_t sequence) const {
  const auto ahead = static_cast<std::int32_t>(sequence - static_cast<std::uint32_t>(next_));
  return next_ + static_cast<std::uint64_t>(std::int64_t{ahead});
}

void TcpStream::begin(std::uint32_t sequence) {
  begun_ = true;
  next_ = kBase + sequence;
  if (!firstAcknowledged_) return;
  // The peer's word was there before the first segment.
  acknowledged_ = offsetOf(static_cast<std::uint32_t>(acknowledged_));
}

void TcpStream::take(const TcpSegment& segment, StreamSink& sink) {
  if (!begun_) {
    begin(segment.sequence);
    // A keep-alive, or something sent again: its bytes are older than the beginning of what can be known.
    if (firstAcknowledged_ && acknowledged_ > next_) next_ = acknowledged_;
  }
  const std::uint64_t offset = offsetOf(segment.sequence);
  std::optional<std::uint64_t> urgent;
  if (segment.urgentByte) urgent = offsetOf(*segment.urgentByte);
  if (segment.fin && !end_) end_ = std::max(offset + segment.realLength, next_);
  take(offset, segment.bytes, segment.realLength, urgent, segment.time, sink);
  while (pendingBytes() > kMostPending) giveUpGap(sink);
  tellEnd(sink);
}

void TcpStream::take(std::uint64_t offset, ByteView bytes, std::uint64_t length,
                     std::optional<std::uint64_t> urgent, WallNanos time, StreamSink& sink) {
  if (offset < next_) {
    const std::uint64_t known = std::min(next_ - offset, length);
    bytes = cutBytes(bytes, known, length);
    offset += known;
    length -= known;
  }
  if (length == 0) return;
  if (offset == next_ && pending_.empty()) return deliver(bytes, length, urgent, time, sink);
  keep(offset, bytes, length, urgent, time);
  deliverPending(sink);
}

// Only what none that waits has already.
void TcpStream::keep(std::uint64_t offset, ByteView bytes, std::uint64_t length,
                     std::optional<std::uint64_t> urgent, WallNanos time) {
  auto after = pending_.upper_bound(offset);
  const auto pass = [&](std::uint64_t count) {
    count = std::min(count, length);
    bytes = cutBytes(bytes, count, length);
    offset += count;
    length -= count;
  };
  if (after != pending_.begin()) {
    const auto before = std::prev(after);
    const std::uint64_t end = before->first + before->second.length;
    if (end > offset) pass(end - offset);
  }
  while (length > 0) {
    const std::uint64_t room = after == pending_.end() ? length : std::min(after->first - offset, length);
    if (room > 0) {
      const ByteView fresh = cutBytes(bytes, 0, room);
      pending_.emplace_hint(after, offset, Pending{Bytes(fresh.begin(), fresh.end()), room, urgent, time});
      pendingBytes_ += fresh.size();
      pass(room);
    }
    if (length == 0) return;
    pass(after->second.length);
    ++after;
  }
}

void TcpStream::deliverPending(StreamSink& sink) {
  while (!pending_.empty() && pending_.begin()->first == next_) {
    const Pending first = std::move(pending_.extract(pending_.begin()).mapped());
    pendingBytes_ -= first.bytes.size();
    deliver(first.bytes, first.length, first.urgent, first.time, sink);
  }
}

// The urgent byte is a piece by itself.
void TcpStream::deliver(ByteView bytes, std::uint64_t length, std::optional<std::uint64_t> urgent,
                        WallNanos time, StreamSink& sink) {
  time_ = std::max(time_, time);
  if (!urgent || *urgent < next_ || *urgent - next_ >= length || *urgent - next_ >= bytes.size())
    return deliverPiece(bytes, length, false, sink);
  const std::uint64_t before = *urgent - next_;
  if (before > 0) deliverPiece(cutBytes(bytes, 0, before), before, false, sink);
  deliverPiece(cutBytes(bytes, before, 1), 1, true, sink);
  if (const std::uint64_t rest = length - before - 1; rest > 0)
    deliverPiece(cutBytes(bytes, before + 1, rest), rest, false, sink);
}

void TcpStream::deliverPiece(ByteView bytes, std::uint64_t length, bool urgent, StreamSink& sink) {
  next_ += length;
  sink.streamed({.bytes = bytes, .realLength = length, .urgent = urgent, .time = time_});
}

void TcpStream::miss(std::uint64_t bytes, StreamSink& sink) {
  next_ += bytes;
  sink.missed(bytes, time_);
}

void TcpStream::giveUpGap(StreamSink& sink) {
  if (pending_.empty()) return;
  time_ = std::max(time_, pending_.begin()->second.time);
  miss(pending_.begin()->first - next_, sink);
  deliverPending(sink);
  tellEnd(sink);
}

void TcpStream::acknowledged(std::uint32_t sequence, WallNanos now, StreamSink& sink) {
  if (!begun_) {
    // Only its lower half is known before the stream begins.
    if (!firstAcknowledged_) firstAcknowledged_ = sequence;
    acknowledged_ = sequence;
    return;
  }
  acknowledged_ = std::max(acknowledged_, offsetOf(sequence));
  while (!pending_.empty() && acknowledged_ >= pending_.begin()->first &&
         (pending_.size() >= kManySegments || now - pending_.begin()->second.time >= kLong))
    giveUpGap(sink);
}

void TcpStream::tellEnd(StreamSink& sink) {
  if (ended_ || !end_ || next_ < *end_) return;
  ended_ = true;
  sink.ended(time_);
}

void TcpStream::finish(StreamSink& sink) {
  while (!pending_.empty()) giveUpGap(sink);
  // Of this direction the capture has nothing but the peer's word.
  if (!begun_ && firstAcknowledged_) begin(*firstAcknowledged_);
  if (!begun_ || ended_) return;
  const std::uint64_t end = end_.value_or(acknowledged_);
  // What the peer has and the capture has not. A single one may be a FIN that was not captured either.
  if (end > next_ + (end_ ? 0 : 1)) miss(end - next_, sink);
  tellEnd(sink);
}

}  // namespace sockbench
