#include "ui/panels/traffic/stream/stream_words.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/payload/escapes.h"
#include "ui/bridge/core_types.h"
#include "ui/models/event_text.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

struct StreamWords {
  Q_DECLARE_TR_FUNCTIONS(StreamWords)
};

QString wayOf(Direction direction) {
  return direction == Direction::out ? StreamWords::tr("\u2192 sent") : StreamWords::tr("\u2190 received");
}

QString lengthText(std::uint64_t bytes) {
  return StreamWords::tr("%1 byte(s)", nullptr, pluralNumber(bytes)).arg(formatCount(bytes));
}

QString besideText(const ConversationPiece& piece, const Conversation& of) {
  return StreamWords::tr("%1  urgent byte beside the stream: %2")
      .arg(formatTimeOfDay(piece.time), shownText(escape(of.bytesBeside(piece))));
}

StreamHead byItselfHead(const ConversationPiece& piece, const TrafficLog& log, const Conversation& of) {
  if (piece.isBeside()) return {wayOf(piece.direction), besideText(piece, of), {}};
  const auto row = log.read(piece.row);
  const QString event = row ? eventText(*row) : kindText(piece.kind);
  const QString time = QStringLiteral("\u2022  ") + formatTimeOfDay(piece.time);
  const bool bad =
      piece.kind == RecordKind::error || piece.kind == RecordKind::dropped || piece.kind == RecordKind::reset;
  if (bad) return {{}, time, event};
  return {{}, time + QStringLiteral("  ") + event, {}};
}

QString faultText(const ConversationFrame& frame) {
  QStringList faults;
  if (!frame.frame.fault.empty()) faults += shownText(frame.frame.fault);
  if ((frame.begin.flags & kRecordTruncated) != 0)
    faults += StreamWords::tr("truncated: the datagram was longer");
  if (frame.cutAtFront) faults += StreamWords::tr("its first bytes are no longer in memory");
  if (frame.begin.afterGap) faults += StreamWords::tr("what came before it was evicted unread");
  if (!frame.open && !frame.frame.complete) faults += StreamWords::tr("it never ended");
  return faults.join(QStringLiteral("; "));
}

}  // namespace

StreamHead streamHead(const ConversationFrame& frame, const TrafficLog& log, const Conversation& of) {
  if (frame.byItself) return byItselfHead(frame.begin, log, of);
  QString words =
      QStringLiteral("%1  %2").arg(formatTimeOfDay(frame.begin.time), lengthText(frame.frame.length));
  if (frame.open) words += StreamWords::tr(", not ended yet");
  return {wayOf(frame.begin.direction), words, faultText(frame)};
}

QString cArrayHead(const ConversationFrame& frame) {
  const bool out = frame.begin.direction == Direction::out;
  return QStringLiteral("static const unsigned char %1_%2[%3] = {")
      .arg(out ? QStringLiteral("sent") : QStringLiteral("received"))
      .arg(frame.frame.offset)
      .arg(frame.frame.length);
}

QString cArrayTail() {
  return QStringLiteral("};");
}

QString streamFormName(StreamForm form) {
  switch (form) {
    case StreamForm::text:
      return StreamWords::tr("Text");
    case StreamForm::hex:
      return StreamWords::tr("Hex dump");
    case StreamForm::cArray:
      return StreamWords::tr("C array");
    case StreamForm::raw:
      return StreamWords::tr("Escaped");
  }
  return {};
}

}  // namespace sockbench::ui
