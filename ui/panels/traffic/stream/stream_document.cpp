#include "ui/panels/traffic/stream/stream_document.h"

#include <algorithm>

#include "ui/panels/traffic/stream/stream_words.h"

namespace sockbench::ui {
namespace {

constexpr std::uint64_t kWindow = 256;  // bytes before a portion's end in which a better one is looked for

std::int64_t at(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

StreamDocument::StreamDocument(std::shared_ptr<const TrafficLog> log,
                               std::shared_ptr<const Conversation> conversation)
    : log_(std::move(log)), conversation_(std::move(conversation)) {}

void StreamDocument::update(const Conversation::State& state) {
  if (state.framing != state_.framing) {
    portions_.clear();
    allIsBody_ = conversation_->framing().kind == FramingKind::http1;
  }
  state_ = state;
}

void StreamDocument::setStyle(const StreamStyle& style) {
  style_ = style;
  portions_.clear();
}

void StreamDocument::setDirection(Direction direction) {
  direction_ = direction;
}

std::optional<ConversationFrame> StreamDocument::frameAt(std::uint64_t index) const {
  return conversation_->frame(index);
}

// The head, then portions of bytes; a C array has a line before and one behind them.
std::uint64_t StreamDocument::parts(const ConversationFrame& frame) const {
  if (frame.byItself || frame.frame.length == 0) return 1;
  const std::uint64_t portions = (frame.frame.length + kPortion - 1) / kPortion;
  return 1 + portions + (style_.form == StreamForm::cArray ? 1 : 0);
}

// Portions that the log has evicted have no line.
std::uint64_t StreamDocument::firstPart(const ConversationFrame& frame) const {
  if (!frame.cutAtFront) return 1;
  return 1 + (frame.begin.offset() - std::min(frame.begin.offset(), frame.frame.offset)) / kPortion;
}

std::uint64_t StreamDocument::boundary(const ConversationFrame& frame, std::uint64_t portion) const {
  const std::uint64_t length = frame.frame.length;
  const std::uint64_t wanted = portion * kPortion;
  if (portion == 0 || wanted >= length) return std::min(wanted, length);
  if (style_.form == StreamForm::hex || style_.form == StreamForm::cArray) return wanted;
  const Bytes window =
      conversation_->bytes(frame.begin.direction, frame.frame.offset + wanted - kWindow, kWindow);
  if (window.size() < kWindow) return wanted;
  const auto encoding = style_.form == StreamForm::raw ? TextEncoding::utf8 : style_.encoding;
  return wanted - kWindow + partingPlace(window, encoding);
}

const StreamDocument::Portion& StreamDocument::portion(const ConversationFrame& frame, std::uint64_t index,
                                                       std::uint64_t part) const {
  const Key key{index, part};
  if (const Portion* known = portions_.object(key); known && known->length == frame.frame.length)
    return *known;
  auto made = std::make_unique<Portion>();
  made->length = frame.frame.length;
  std::uint64_t from = boundary(frame, part - 1);
  const std::uint64_t to = boundary(frame, part);
  if (frame.cutAtFront) from = std::max(from, frame.begin.offset() - frame.frame.offset);
  made->start = at(from);
  if (from < to) {
    const std::uint64_t offset = frame.frame.offset + from;
    made->lines =
        streamLines(conversation_->bytes(frame.begin.direction, offset, static_cast<std::size_t>(to - from)),
                    offset, style_);
  }
  Portion* kept = made.release();
  portions_.insert(key, kept);
  return *kept;
}

int StreamDocument::lineCount(const ConversationFrame& frame, std::uint64_t index, std::uint64_t part) const {
  const bool array = style_.form == StreamForm::cArray;
  if (part == 0) return array && !frame.byItself && frame.frame.length > 0 ? 2 : 1;
  if (array && part + 1 == parts(frame)) return 1;
  return static_cast<int>(portion(frame, index, part).lines.size());
}

bool StreamDocument::isEmpty() const {
  return !first();
}

std::optional<StreamPlace> StreamDocument::first() const {
  const auto frame = conversation_->frameFrom(0, direction_);
  return frame ? std::optional(StreamPlace{*frame, 0, 0}) : std::nullopt;
}

std::optional<StreamPlace> StreamDocument::last() const {
  const auto index = conversation_->frameBefore(~std::uint64_t{0}, direction_);
  const auto frame = index ? frameAt(*index) : std::nullopt;
  if (!frame) return std::nullopt;
  for (std::uint64_t part = parts(*frame); part-- > 0;) {
    if (const int lines = lineCount(*frame, *index, part); lines > 0)
      return StreamPlace{*index, part, lines - 1};
  }
  return std::nullopt;
}

bool StreamDocument::next(StreamPlace& place) const {
  const auto frame = frameAt(place.frame);
  if (!frame) return false;
  if (place.line + 1 < lineCount(*frame, place.frame, place.part)) {
    ++place.line;
    return true;
  }
  for (std::uint64_t part = std::max(place.part + 1, firstPart(*frame)); part < parts(*frame); ++part) {
    if (lineCount(*frame, place.frame, part) == 0) continue;
    place = {place.frame, part, 0};
    return true;
  }
  const auto behind = conversation_->frameFrom(place.frame + 1, direction_);
  if (behind) place = {*behind, 0, 0};
  return behind.has_value();
}

bool StreamDocument::previous(StreamPlace& place) const {
  if (place.line > 0) {
    --place.line;
    return true;
  }
  auto index = std::optional(place.frame);
  auto frame = frameAt(place.frame);
  std::uint64_t part = place.part;
  if (!frame || part == 0) {
    index = conversation_->frameBefore(place.frame, direction_);
    frame = index ? frameAt(*index) : std::nullopt;
    if (!frame) return false;
    part = parts(*frame);
  }
  while (part-- > 0) {
    if (part > 0 && part < firstPart(*frame)) part = 0;
    const int lines = lineCount(*frame, *index, part);
    if (lines == 0) continue;
    place = {*index, part, lines - 1};
    return true;
  }
  return false;
}

StreamPlace StreamDocument::nearest(StreamPlace place) const {
  const auto index = conversation_->frameFrom(place.frame, direction_);
  if (!index) return last().value_or(StreamPlace{});
  const auto frame = frameAt(*index);
  if (!frame || *index != place.frame) return {*index, 0, 0};
  place.part = std::min(place.part, parts(*frame) - 1);
  if (place.part > 0 && place.part < firstPart(*frame)) return {*index, 0, 0};
  const int lines = lineCount(*frame, *index, place.part);
  if (lines == 0) return {*index, 0, 0};
  place.line = std::clamp(place.line, 0, lines - 1);
  return place;
}

StreamPlace StreamDocument::moved(StreamPlace place, std::int64_t lines) const {
  for (; lines > 0 && next(place); --lines) {
  }
  for (; lines < 0 && previous(place); ++lines) {
  }
  return place;
}

QString StreamDocument::lineText(const StreamShownLine& line) const {
  QStringList parts;
  for (const QString& part : {line.way, line.line.text, line.fault}) {
    if (!part.isEmpty()) parts += part;
  }
  const QString text = parts.join(QStringLiteral("  "));
  if (style_.form != StreamForm::cArray || line.kind != StreamShownLine::Kind::head) return text;
  // Nothing that was received ends the comment.
  return QStringLiteral("/* %1 */").arg(QString(text).replace(QLatin1String("*/"), QLatin1String("* /")));
}

void StreamDocument::headLine(const ConversationFrame& frame, StreamShownLine& made) const {
  const StreamHead head = streamHead(frame, *log_, *conversation_);
  made.way = head.way;
  made.line.text = head.words;
  made.fault = head.fault;
}

StreamShownLine StreamDocument::line(const StreamPlace& place) const {
  StreamShownLine made;
  const auto frame = frameAt(place.frame);
  if (!frame) return made;
  made.byItself = frame->byItself;
  made.direction = frame->begin.direction;
  made.offset = frame->frame.offset;
  made.body = at(frame->frame.bodyOffset - frame->frame.offset);
  made.bodyEnd = made.body + at(frame->frame.bodyLength);
  if (allIsBody_) {
    made.body = 0;
    made.bodyEnd = at(frame->frame.length);
  }
  if (place.part == 0) {
    made.kind = place.line == 0 ? StreamShownLine::Kind::head : StreamShownLine::Kind::array;
    if (place.line == 0)
      headLine(*frame, made);
    else
      made.line.text = cArrayHead(*frame);
    return made;
  }
  if (style_.form == StreamForm::cArray && place.part + 1 == parts(*frame)) {
    made.kind = StreamShownLine::Kind::arrayEnd;
    made.line.text = cArrayTail();
    return made;
  }
  made.kind = StreamShownLine::Kind::bytes;
  const Portion& its = portion(*frame, place.frame, place.part);
  made.start = its.start;
  if (place.line < static_cast<int>(its.lines.size()))
    made.line = its.lines[static_cast<std::size_t>(place.line)];
  return made;
}

}  // namespace sockbench::ui
