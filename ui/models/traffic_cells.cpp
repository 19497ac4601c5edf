#include "ui/models/traffic_cells.h"

#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/event_text.h"
#include "ui/models/format.h"

namespace sockbench::ui::traffic_cells {

TrafficModel::RowKind kind(const Record& record) {
  switch (record.kind) {
    case RecordKind::in:
      return TrafficModel::RowKind::received;
    case RecordKind::out:
      return TrafficModel::RowKind::sent;
    case RecordKind::error:
    case RecordKind::reset:
    case RecordKind::dropped:
      return TrafficModel::RowKind::error;
    default:
      return TrafficModel::RowKind::event;
  }
}

bool hasBytes(const Record& record) {
  return record.kind == RecordKind::in || record.kind == RecordKind::out;
}

QString content(const LogRow& row, std::size_t characters) {
  if (!hasBytes(row.record)) {
    return eventText(row).left(static_cast<qsizetype>(characters));
  }
  const QString text = toQString(previewText(row.payload.bytes, characters));
  if ((row.record.flags & kRecordUrgent) != 0) {
    return TrafficModel::tr("[urgent] %1").arg(text);
  }
  if ((row.record.flags & kRecordTruncated) == 0) {
    return text;
  }
  if (row.record.kind == RecordKind::out) {
    return TrafficModel::tr("[%1 byte(s) of a file, not kept] %2", nullptr, pluralNumber(row.record.value))
        .arg(formatCount(row.record.value), text);
  }
  if (row.record.value == 0) {
    return TrafficModel::tr("[cut] %1").arg(text);
  }
  return TrafficModel::tr("[cut, was %1 byte(s)] %2", nullptr, pluralNumber(row.record.value))
      .arg(formatCount(row.record.value), text);
}

MatchRanges matches(const LogRow& row, const BytePattern& pattern, std::size_t characters) {
  constexpr qsizetype kMost = 100;
  MatchRanges ranges;
  if (!hasBytes(row.record)) return ranges;
  const ByteView bytes = row.payload.bytes.first(std::min(row.payload.bytes.size(), 4 * characters));
  const qsizetype before =
      content(row, characters).size() - toQString(previewText(row.payload.bytes, characters)).size();
  const auto placeOf = [&](std::size_t offset) {
    return static_cast<int>(before + toQString(previewText(bytes.first(offset), characters)).size());
  };
  for (std::size_t from = 0; ranges.size() < kMost;) {
    const auto match = pattern.find(bytes, from);
    if (!match) break;
    from = match->offset + std::max<std::size_t>(match->length, 1);
    if (match->length == 0) continue;
    const int first = placeOf(match->offset);
    const int last = placeOf(match->offset + match->length);
    if (last > first) ranges.append({first, last - first});
  }
  return ranges;
}

Qt::Alignment alignment(int column) {
  switch (column) {
    case TrafficModel::No:
    case TrafficModel::Delta:
    case TrafficModel::Length:
      return Qt::AlignRight | Qt::AlignVCenter;
    case TrafficModel::Direction:
      return Qt::AlignCenter;
    default:
      return Qt::AlignLeft | Qt::AlignVCenter;
  }
}

QString arrow(TrafficModel::RowKind kind) {
  switch (kind) {
    case TrafficModel::RowKind::received:
      return QStringLiteral("\u2190");
    case TrafficModel::RowKind::sent:
      return QStringLiteral("\u2192");
    case TrafficModel::RowKind::error:
      return QStringLiteral("\u2715");
    case TrafficModel::RowKind::event:
      return QStringLiteral("\u2022");
    case TrafficModel::RowKind::evicted:
      break;
  }
  return {};
}

QString title(int column) {
  switch (column) {
    case TrafficModel::No:
      return TrafficModel::tr("No.");
    case TrafficModel::Time:
      return TrafficModel::tr("Time");
    case TrafficModel::Delta:
      return TrafficModel::tr("\u0394 ms");
    case TrafficModel::Session:
      return TrafficModel::tr("Session");
    case TrafficModel::Direction:
      return TrafficModel::tr("Dir");
    case TrafficModel::Peer:
      return TrafficModel::tr("Peer");
    case TrafficModel::Length:
      return TrafficModel::tr("Length");
    default:
      return TrafficModel::tr("Preview");
  }
}

}  // namespace sockbench::ui::traffic_cells
