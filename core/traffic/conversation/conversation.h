// Conversation: one session as a talk between two: what was received and sent, piece by piece, cut into
// frames, and what happened between. Found on a thread of its own, live, of any length.
//
// Bytes stay in the log: a conversation keeps 40 bytes a piece and 32 a frame (none where a frame is a
// piece). What the log evicts goes from the front of it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/ids.h"
#include "core/payload/framing/framing.h"
#include "core/traffic/record.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// A row of the session: bytes (in, out), or an event that belongs to the talk (connected, accepted,
// half-closed, closed, reset, error, dropped).
struct ConversationPiece {
  std::uint64_t row = 0;       // in the log
  std::uint64_t inBefore = 0;  // bytes of each direction before it
  std::uint64_t outBefore = 0;
  WallNanos time = 0;
  std::uint32_t length = 0;               // bytes of payload; 0 for events
  Direction direction = Direction::none;  // none: an event
  RecordKind kind = RecordKind::in;
  std::uint8_t flags = 0;  // of its record: kRecordUrgent bytes are beside the stream and have no offset
  // The log evicted rows before this one unread: offsets go on here, but nobody knows what is missing.
  bool afterGap = false;

  bool isBytes() const { return direction != Direction::none; }
  // A longer row with the urgent mark is in the stream (SO_OOBINLINE).
  bool isBeside() const { return isBytes() && (flags & kRecordUrgent) != 0 && length <= 1; }
  bool isOfStream() const { return isBytes() && !isBeside(); }
  // Of its first byte in its direction's stream.
  std::uint64_t offset() const { return direction == Direction::out ? outBefore : inBefore; }
};
static_assert(sizeof(ConversationPiece) <= 40);

// What is shown as one: a frame of one direction; or a piece by itself, an event or urgent bytes.
struct ConversationFrame {
  Frame frame;              // meaningless for a piece by itself
  bool byItself = false;    // an event, or bytes beside the stream: see `begin`
  bool open = false;        // it has begun and may still grow
  bool cutAtFront = false;  // the log has evicted its first bytes
  std::uint64_t piece = 0;  // index of the piece that holds its first byte
  ConversationPiece
      begin{};  // that piece, or, where it is evicted, the first of this direction that is there
};

class Conversation {
 public:
  // `news` is called by the conversation's thread when take() has something to tell, once until take() is
  // called; it must not call back. The log is held. Throws std::system_error where no thread can be started.
  Conversation(std::shared_ptr<TrafficLog> log, SessionId session, std::function<void()> news);
  ~Conversation();  // the thread is given up within a batch and joined

  SessionId session() const;
  // The frames are made anew, from what is in memory; those there were are gone at once. Datagrams are
  // frames by themselves, whatever is wanted. Thread: any.
  void setFraming(const FramingSpec& spec);
  FramingSpec framing() const;
  void logChanged();  // there may be new rows. Cheap; thread: any

  // As it stands. Indices count from 0 for ever within one framing, [first, end) is there.
  struct State {
    std::uint64_t firstPiece = 0;
    std::uint64_t endPiece = 0;
    std::uint64_t firstFrame = 0;
    std::uint64_t endFrame = 0;
    std::uint64_t bytesIn = 0;  // of the stream, since the first piece that was ever seen
    std::uint64_t bytesOut = 0;
    std::uint64_t framing = 0;   // grows with each setFraming(): frames of another number are gone
    std::uint64_t framedTo = 0;  // pieces below are cut into frames
    std::uint64_t lookedTo = 0;  // rows below are looked through
    std::uint64_t logFirst = 0;  // rows [logFirst, logEnd) were there to be looked through
    std::uint64_t logEnd = 0;
    bool datagrams = false;  // each piece is a message
    // The log no longer had the session's beginning when the conversation was made, or has evicted some
    // since.
    bool beginningGone = false;
    bool startedLate = false;  // the first of these: frames may be out of step, since they begin anywhere
    bool upToDate = false;
    bool operator==(const State&) const = default;
  };
  State take();         // and arms `news`
  State state() const;  // thread: any, as all below

  // nullopt: evicted, of another framing, or not there yet.
  std::optional<ConversationPiece> piece(std::uint64_t index) const;
  std::optional<ConversationFrame> frame(std::uint64_t index) const;  // in the order of their first bytes

  // The nearest frame of `direction` at `index` or behind it (or, `backwards`, before it); what stands by
  // itself goes with every direction. none: either direction.
  std::optional<std::uint64_t> frameFrom(std::uint64_t index, Direction direction) const;
  std::optional<std::uint64_t> frameBefore(std::uint64_t index, Direction direction) const;
  // The frame that holds a byte of a direction's stream.
  std::optional<std::uint64_t> frameAt(Direction direction, std::uint64_t offset) const;
  // The frame in which a row of the log begins, or that it is.
  std::optional<std::uint64_t> frameOfRow(std::uint64_t row) const;
  std::optional<ConversationPiece> pieceAt(Direction direction, std::uint64_t offset) const;
  std::optional<ConversationPiece> pieceOfRow(std::uint64_t row) const;
  // Where pieces of a direction end within (from, to): the boundaries of recv() or send(). At most `most`.
  std::vector<std::uint64_t> boundaries(Direction direction, std::uint64_t from, std::uint64_t to,
                                        std::size_t most) const;

  // A place on a scale over the whole of the conversation on which each frame takes the bytes that came
  // from its beginning to the next's, plus kFrameWeight: what a scroll bar counts in.
  static constexpr std::uint64_t kFrameWeight = 64;
  std::uint64_t weightBefore(std::uint64_t frame) const;  // of the frames [firstFrame, frame)
  std::uint64_t frameAtWeight(std::uint64_t weight) const;

  // Bytes [offset, offset + most) of a direction's stream, as many as are there from `offset` on. Empty:
  // evicted, or beyond the end.
  Bytes bytes(Direction direction, std::uint64_t offset, std::size_t most) const;
  Bytes bytesBeside(const ConversationPiece& piece) const;  // of one that isBeside()

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
