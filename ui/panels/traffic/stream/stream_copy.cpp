#include <algorithm>

#include "ui/panels/traffic/stream/stream_document.h"

namespace sockbench::ui {
namespace {

// The part of a line that lies between two spots of its frame.
QString partOf(const StreamShownLine& line, std::int64_t from, std::int64_t to) {
  QString text;
  for (const StreamCell& cell : line.line.cells) {
    if (cell.byte < 0) {
      text += QStringView(line.line.text).mid(cell.at, cell.length);
      continue;
    }
    const std::int64_t byte = line.start + cell.byte;
    const QStringView shown = QStringView(line.line.text).mid(cell.at, cell.length);
    if (byte >= from && byte < to)
      text += shown;
    else if (line.line.cells.front().byte < 0)  // columns stay where they are
      text += QString(shown.size(), u' ');
  }
  return text;
}

}  // namespace

QString StreamDocument::text(const StreamSpot& from, const StreamSpot& to, qsizetype most) const {
  QString text;
  auto place = placeOf(from);
  if (!place) place = first();
  while (place && text.size() < most) {
    if (place->frame > to.frame) break;
    const StreamShownLine shown = line(*place);
    const std::int64_t low = place->frame == from.frame ? from.byte : -1;
    const std::int64_t high = place->frame == to.frame ? to.byte : INT64_MAX;
    if (shown.kind == StreamShownLine::Kind::bytes) {
      if (shown.start + shown.line.first >= high) break;
      text += partOf(shown, low, high) + u'\n';
    } else if (low < 0 && (place->frame < to.frame || to.byte >= 0)) {
      text += lineText(shown) + u'\n';
    } else if (shown.kind == StreamShownLine::Kind::arrayEnd && place->frame < to.frame) {
      text += shown.line.text + u'\n';
    }
    if (!next(*place)) break;
  }
  if (from.frame == to.frame && from.byte >= 0 && text.endsWith(u'\n')) text.chop(1);
  return text;
}

Bytes StreamDocument::bytes(const StreamSpot& from, const StreamSpot& to, std::size_t most) const {
  Bytes all;
  for (auto index = conversation_->frameFrom(from.frame, direction_); index && *index <= to.frame;
       index = conversation_->frameFrom(*index + 1, direction_)) {
    const auto frame = frameAt(*index);
    if (!frame || frame->byItself) continue;
    const std::uint64_t low =
        *index == from.frame ? static_cast<std::uint64_t>(std::max<std::int64_t>(from.byte, 0)) : 0;
    const std::uint64_t high = *index == to.frame
                                   ? static_cast<std::uint64_t>(std::max<std::int64_t>(to.byte, 0))
                                   : frame->frame.length;
    if (low >= high || all.size() >= most) continue;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(high - low, most - all.size()));
    const Bytes part = conversation_->bytes(frame->begin.direction, frame->frame.offset + low, wanted);
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace sockbench::ui
