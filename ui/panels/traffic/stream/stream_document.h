// StreamDocument: a conversation as lines, of which only those that are looked at are ever made. Thread: one
// at a time.
#pragma once

#include <QCache>
#include <compare>
#include <memory>
#include <optional>

#include "core/traffic/conversation/conversation.h"
#include "ui/panels/traffic/stream/stream_lines.h"

namespace sockbench::ui {

// A line: part 0 of a frame is its head, the others are its bytes in portions of kPortion.
struct StreamPlace {
  std::uint64_t frame = 0;
  std::uint64_t part = 0;
  int line = 0;
  auto operator<=>(const StreamPlace&) const = default;
};

// A place between bytes of a frame, whatever form they have. -1: its head.
struct StreamSpot {
  std::uint64_t frame = 0;
  std::int64_t byte = -1;
  auto operator<=>(const StreamSpot&) const = default;
};

struct StreamShownLine {
  enum class Kind { head, array, bytes, arrayEnd };
  Kind kind = Kind::head;
  Direction direction = Direction::none;  // none: a piece by itself
  bool byItself = false;
  QString way;               // head: "← received", before line.text
  QString fault;             // head: what is wrong, behind line.text
  StreamLine line;           // its bytes count from `start`
  std::int64_t start = 0;    // in the frame
  std::uint64_t offset = 0;  // of the frame in its stream
  std::int64_t body = 0;     // the frame's body: [body, bodyEnd)
  std::int64_t bodyEnd = 0;
};

class StreamDocument {
 public:
  static constexpr std::uint64_t kPortion = 4096;

  StreamDocument(std::shared_ptr<const TrafficLog> log, std::shared_ptr<const Conversation> conversation);

  const Conversation& conversation() const { return *conversation_; }
  // What stands from now on; the lines of frames that have grown are made anew.
  void update(const Conversation::State& state);
  const Conversation::State& state() const { return state_; }
  void setStyle(const StreamStyle& style);
  const StreamStyle& style() const { return style_; }
  void setDirection(Direction direction);  // none: both
  Direction direction() const { return direction_; }

  // The order of lines. False (and unchanged): there is none.
  bool isEmpty() const;
  std::optional<StreamPlace> first() const;
  std::optional<StreamPlace> last() const;
  bool next(StreamPlace& place) const;
  bool previous(StreamPlace& place) const;
  StreamPlace nearest(StreamPlace place) const;  // one that is there
  StreamPlace moved(StreamPlace place, std::int64_t lines) const;
  StreamShownLine line(const StreamPlace& place) const;
  // All that a line says, as it is copied and saved: a head is a comment in a C array.
  QString lineText(const StreamShownLine& line) const;

  // Where a spot or a row is; nullopt: not there, or not shown.
  std::optional<StreamPlace> placeOf(const StreamSpot& spot) const;
  std::optional<StreamPlace> placeOfRow(std::uint64_t row) const;
  std::optional<StreamSpot> spotOf(Direction direction, std::uint64_t offset) const;
  // What of a row's bytes is in the frame where they begin; an event: its head.
  std::optional<std::pair<StreamSpot, StreamSpot>> spotsOfRow(std::uint64_t row) const;
  // The row of the log from which the byte at a spot came.
  std::optional<std::uint64_t> rowAt(const StreamSpot& spot) const;

  // A place on the scale of Conversation::weightBefore().
  std::uint64_t weight() const;
  std::uint64_t weightOf(const StreamPlace& place) const;
  StreamPlace placeAt(std::uint64_t weight) const;

  // What lies between two spots: as lines, and the bytes alone; of more than `most` bytes (characters) the
  // beginning.
  QString text(const StreamSpot& from, const StreamSpot& to, qsizetype most) const;
  Bytes bytes(const StreamSpot& from, const StreamSpot& to, std::size_t most) const;
  StreamSpot begin() const;
  StreamSpot end() const;

 private:
  struct Portion {
    std::int64_t start = 0;
    std::vector<StreamLine> lines;
    std::uint64_t length = 0;  // of the frame when they were made
  };
  struct Key {
    std::uint64_t frame;
    std::uint64_t part;
    bool operator==(const Key&) const = default;
  };
  friend size_t qHash(const Key& key, size_t seed) { return qHashMulti(seed, key.frame, key.part); }

  std::uint64_t parts(const ConversationFrame& frame) const;
  std::uint64_t firstPart(const ConversationFrame& frame) const;
  std::uint64_t boundary(const ConversationFrame& frame, std::uint64_t portion) const;
  const Portion& portion(const ConversationFrame& frame, std::uint64_t index, std::uint64_t part) const;
  int lineCount(const ConversationFrame& frame, std::uint64_t index, std::uint64_t part) const;
  std::optional<ConversationFrame> frameAt(std::uint64_t index) const;
  void headLine(const ConversationFrame& frame, StreamShownLine& made) const;

  std::shared_ptr<const TrafficLog> log_;
  std::shared_ptr<const Conversation> conversation_;
  Conversation::State state_;
  StreamStyle style_;
  Direction direction_ = Direction::none;
  bool allIsBody_ = false;  // of HTTP: its heads are what it says, not how it is cut
  mutable QCache<Key, Portion> portions_{128};
};

}  // namespace sockbench::ui
