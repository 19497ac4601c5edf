#include <algorithm>

#include "ui/panels/traffic/stream/stream_document.h"

namespace sockbench::ui {
namespace {

std::int64_t at(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::optional<StreamPlace> StreamDocument::placeOf(const StreamSpot& spot) const {
  const auto frame = frameAt(spot.frame);
  if (!frame || conversation_->frameFrom(spot.frame, direction_) != spot.frame) return std::nullopt;
  if (spot.byte < 0 || frame->byItself || frame->frame.length == 0) return StreamPlace{spot.frame, 0, 0};
  std::uint64_t part = static_cast<std::uint64_t>(spot.byte) / kPortion + 1;
  const std::uint64_t most = (frame->frame.length + kPortion - 1) / kPortion;
  part = std::clamp(part, std::uint64_t{1}, most);
  if (part < most && static_cast<std::uint64_t>(spot.byte) >= boundary(*frame, part)) ++part;
  const Portion& its = portion(*frame, spot.frame, part);
  const auto byte = static_cast<std::int32_t>(spot.byte - its.start);
  const auto line =
      std::ranges::find_if(its.lines, [byte](const StreamLine& candidate) { return byte < candidate.end; });
  if (its.lines.empty()) return StreamPlace{spot.frame, 0, 0};
  const auto number = std::min(line - its.lines.begin(), std::ssize(its.lines) - 1);
  return StreamPlace{spot.frame, part, static_cast<int>(number)};
}

std::optional<StreamPlace> StreamDocument::placeOfRow(std::uint64_t row) const {
  const auto index = conversation_->frameOfRow(row);
  if (!index) return std::nullopt;
  const auto frame = frameAt(*index);
  const auto piece = conversation_->pieceOfRow(row);
  if (!frame || !piece) return std::nullopt;
  const bool within = piece->isOfStream() && piece->offset() > frame->frame.offset;
  return placeOf({*index, within ? at(piece->offset() - frame->frame.offset) : -1});
}

std::optional<StreamSpot> StreamDocument::spotOf(Direction direction, std::uint64_t offset) const {
  const auto index = conversation_->frameAt(direction, offset);
  const auto frame = index ? frameAt(*index) : std::nullopt;
  if (!frame) return std::nullopt;
  return StreamSpot{*index, at(offset - frame->frame.offset)};
}

std::optional<std::pair<StreamSpot, StreamSpot>> StreamDocument::spotsOfRow(std::uint64_t row) const {
  const auto index = conversation_->frameOfRow(row);
  const auto frame = index ? frameAt(*index) : std::nullopt;
  const auto piece = conversation_->pieceOfRow(row);
  if (!frame || !piece) return std::nullopt;
  if (frame->byItself) return std::pair{StreamSpot{*index, -1}, StreamSpot{*index, 0}};
  const std::uint64_t from = piece->offset() - frame->frame.offset;
  const std::uint64_t to = std::min<std::uint64_t>(from + piece->length, frame->frame.length);
  return std::pair{StreamSpot{*index, at(from)}, StreamSpot{*index, at(to)}};
}

std::optional<std::uint64_t> StreamDocument::rowAt(const StreamSpot& spot) const {
  const auto frame = frameAt(spot.frame);
  if (!frame) return std::nullopt;
  if (frame->byItself || spot.byte <= 0) return frame->begin.row;
  const std::uint64_t last = std::max<std::uint64_t>(frame->frame.length, 1) - 1;
  const auto piece = conversation_->pieceAt(
      frame->begin.direction, frame->frame.offset + std::min(static_cast<std::uint64_t>(spot.byte), last));
  return piece ? piece->row : frame->begin.row;
}

std::uint64_t StreamDocument::weight() const {
  return conversation_->weightBefore(state_.endFrame);
}

std::uint64_t StreamDocument::weightOf(const StreamPlace& place) const {
  const std::uint64_t before = conversation_->weightBefore(place.frame);
  const auto frame = frameAt(place.frame);
  if (!frame || place.part == 0) return before;
  const int lines = lineCount(*frame, place.frame, place.part);
  const auto within =
      lines == 0 ? 0 : kPortion * static_cast<std::uint64_t>(place.line) / static_cast<std::uint64_t>(lines);
  return before + Conversation::kFrameWeight + (place.part - 1) * kPortion + within;
}

StreamPlace StreamDocument::placeAt(std::uint64_t weight) const {
  const std::uint64_t index = conversation_->frameAtWeight(weight);
  const std::uint64_t before = conversation_->weightBefore(index);
  const auto frame = frameAt(index);
  if (!frame || weight < before + Conversation::kFrameWeight || parts(*frame) == 1)
    return nearest({index, 0, 0});
  const std::uint64_t byte = weight - before - Conversation::kFrameWeight;
  const std::uint64_t part = std::min(std::max(byte / kPortion + 1, firstPart(*frame)), parts(*frame) - 1);
  const auto lines = static_cast<std::uint64_t>(lineCount(*frame, index, part));
  return nearest({index, part, static_cast<int>(lines * (byte % kPortion) / kPortion)});
}

StreamSpot StreamDocument::begin() const {
  const auto place = first();
  return place ? StreamSpot{place->frame, -1} : StreamSpot{};
}

StreamSpot StreamDocument::end() const {
  const auto index = conversation_->frameBefore(~std::uint64_t{0}, direction_);
  const auto frame = index ? frameAt(*index) : std::nullopt;
  return frame ? StreamSpot{*index, frame->byItself ? 0 : at(frame->frame.length)} : StreamSpot{};
}

}  // namespace sockbench::ui
