// Conversation: the bytes of one session, both directions, from the rows of a log: piece by piece as they
// were received and sent, and cut into frames. Found on a thread of its own, live, of any length.
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

// One in or out row.
struct ConversationPiece {
  std::uint64_t row = 0;     // in the log
  std::uint64_t offset = 0;  // of its first byte in its direction's stream
  std::uint32_t length = 0;
  Direction direction = Direction::in;
  std::uint8_t flags = 0;  // of its record: kRecordUrgent bytes are beside the stream and have no offset
  WallNanos time = 0;
};

// A frame of one direction, and the piece in which it began.
struct ConversationFrame {
  Frame frame;
  Direction direction = Direction::in;
  std::uint64_t piece = 0;  // index of the piece that holds its first byte
  WallNanos time = 0;       // of that piece
};

// Thread: one (the GUI's), for all but what the constructor says.
class Conversation {
 public:
  // `news`: see RowSearch.
  Conversation(std::shared_ptr<TrafficLog> log, SessionId session, std::function<void()> news);
  ~Conversation();

  SessionId session() const;
  void setFraming(FramingSpec spec);  // the frames are made anew, from what is in memory
  void logChanged();                  // thread: any

  // As of the last take(). Indices count from 0 for ever within one framing, [first, end) is there: what the
  // log evicts goes from the front.
  struct State {
    std::uint64_t firstPiece = 0;
    std::uint64_t endPiece = 0;
    std::uint64_t firstFrame = 0;
    std::uint64_t endFrame = 0;
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    std::uint64_t framing = 0;  // grows with each setFraming(): frames of another number are gone
    std::uint64_t lookedTo = 0;
    bool upToDate = false;
  };
  State take();
  ConversationPiece piece(std::uint64_t index) const;
  ConversationFrame frame(std::uint64_t index) const;  // in the order in which their first bytes came

  // Bytes [offset, offset + most) of a direction, as many as are there. Empty: evicted, or beyond the end.
  Bytes bytes(Direction direction, std::uint64_t offset, std::size_t most) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
