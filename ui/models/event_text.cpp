#include "ui/models/event_text.h"

#include <QCoreApplication>
#include <chrono>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

struct EventText {
  Q_DECLARE_TR_FUNCTIONS(EventText)
};

QString withRemark(const QString& sentence, const EventDetail& detail) {
  return detail.text.empty() ? sentence : sentence + QStringLiteral("  (%1)").arg(shownText(detail.text));
}

QString errorText(const Error& error) {
  const QString hint = shownText(error.hint());
  const QString head = shownText(error.symbol()) + QStringLiteral("  ") + shownText(error.message());
  return hint.isEmpty() ? head : head + QStringLiteral(": ") + hint;
}

QString withError(const QString& sentence, const EventDetail& detail) {
  return detail.error ? sentence + QStringLiteral(": ") + errorText(*detail.error) : sentence;
}

// A TCP segment tells the end of a stream or its abortion; other transports have no such flag to name.
QString withFlag(const QString& sentence, const LogRow& row, const QString& flag) {
  const bool tcp = row.flow && transportName(*row.flow) == transportName(Transport::tcp);
  return tcp ? sentence + QStringLiteral(" (%1)").arg(flag) : sentence;
}

QString connectedText(const LogRow& row) {
  const QString sentence =
      row.record.value == 0
          ? EventText::tr("connected")
          : EventText::tr("connected in %1")
                .arg(formatDuration(std::chrono::nanoseconds(static_cast<std::int64_t>(row.record.value))));
  const QString local = row.flow ? addressText(row.flow->local) : QString();
  const QString peer = row.flow ? addressText(row.flow->peer) : QString();
  if (local.isEmpty() && peer.isEmpty()) {
    return sentence;
  }
  return sentence +
         QStringLiteral("  (%1 \u2192 %2)").arg(local.isEmpty() ? EventText::tr("unnamed") : local, peer);
}

QString resolvedText(const LogRow& row, const EventDetail& detail) {
  const QString sentence =
      row.record.value == 0
          ? EventText::tr("resolved")
          : EventText::tr("resolved in %1")
                .arg(formatDuration(std::chrono::nanoseconds(static_cast<std::int64_t>(row.record.value))));
  return detail.text.empty() ? sentence : EventText::tr("%1: %2").arg(sentence, shownText(detail.text));
}

// Without a remark it was the kernel that had no room.
QString droppedText(const LogRow& row, const EventDetail& detail) {
  const std::uint64_t count = row.record.value;
  return detail.text.empty()
             ? EventText::tr("%1 datagram(s) dropped by the kernel", nullptr, pluralNumber(count))
                   .arg(formatCount(count))
             : EventText::tr("dropped: %1").arg(shownText(detail.text));
}

QString halfClosedText(const LogRow& row) {
  const QString sentence = row.record.by == Party::peer ? EventText::tr("peer closed its side")
                                                        : EventText::tr("we closed our side");
  return withFlag(sentence, row, QStringLiteral("FIN"));
}

QString closedText(const LogRow& row) {
  switch (row.record.by) {
    case Party::us:
      return EventText::tr("closed by us");
    case Party::peer:
      return EventText::tr("closed by the peer");
    case Party::none:
      break;
  }
  return EventText::tr("closed");
}

QString resetText(const LogRow& row) {
  const QString sentence =
      row.record.by == Party::us ? EventText::tr("reset by us") : EventText::tr("reset by the peer");
  return withFlag(sentence, row, QStringLiteral("RST"));
}

QString acceptedText(const LogRow& row) {
  const QString local = row.flow ? addressText(row.flow->local) : QString();
  const QString peer = peerText(row);
  const QString from = peer.isEmpty() ? EventText::tr("an unnamed peer") : peer;
  return local.isEmpty() ? EventText::tr("accepted %1").arg(from)
                         : EventText::tr("accepted %1  (on %2)").arg(from, local);
}

// "to" and the peer, unless the remark already tells where.
QString towardsPeer(const QString& verb, const LogRow& row) {
  const QString peer = row.flow ? addressText(row.flow->peer) : QString();
  return peer.isEmpty() ? verb : EventText::tr("%1 to %2").arg(verb, peer);
}

QString sentence(const LogRow& row, const EventDetail& detail) {
  switch (row.record.kind) {
    case RecordKind::resolving:
      return detail.text.empty() ? EventText::tr("resolving")
                                 : EventText::tr("resolving %1").arg(shownText(detail.text));
    case RecordKind::resolved:
      return resolvedText(row, detail);
    case RecordKind::connecting:
      return withRemark(towardsPeer(EventText::tr("connecting"), row), detail);
    case RecordKind::connected:
      return withRemark(connectedText(row), detail);
    case RecordKind::listening:
      return withRemark(EventText::tr("listening on %1").arg(peerText(row)), detail);
    case RecordKind::accepted:
      return withRemark(acceptedText(row), detail);
    case RecordKind::paused:
      return withError(withRemark(EventText::tr("accepting paused"), detail), detail);
    case RecordKind::resumed:
      return withRemark(EventText::tr("accepting again"), detail);
    case RecordKind::halfClosed:
      return withRemark(halfClosedText(row), detail);
    case RecordKind::closed:
      return withError(withRemark(closedText(row), detail), detail);
    case RecordKind::reset:
      return withError(withRemark(resetText(row), detail), detail);
    case RecordKind::error:
      return detail.error ? withRemark(errorText(*detail.error), detail)
                          : withRemark(EventText::tr("error"), detail);
    case RecordKind::dropped:
      return droppedText(row, detail);
    case RecordKind::option:
      return EventText::tr("option %1").arg(shownText(detail.text));
    case RecordKind::automatic:
      return withError(shownText(detail.text), detail);
    case RecordKind::in:
    case RecordKind::out:
      break;
  }
  return {};
}

}  // namespace

QString eventText(const LogRow& row) {
  if (row.record.kind == RecordKind::in || row.record.kind == RecordKind::out) {
    return {};
  }
  return sentence(row, decodeEventDetail(row.payload.bytes));
}

QString kindText(RecordKind kind) {
  switch (kind) {
    case RecordKind::resolving:
      return EventText::tr("resolving");
    case RecordKind::resolved:
      return EventText::tr("resolved");
    case RecordKind::connecting:
      return EventText::tr("connecting");
    case RecordKind::connected:
      return EventText::tr("connected");
    case RecordKind::listening:
      return EventText::tr("listening");
    case RecordKind::accepted:
      return EventText::tr("accepted");
    case RecordKind::paused:
      return EventText::tr("paused");
    case RecordKind::resumed:
      return EventText::tr("resumed");
    case RecordKind::in:
      return EventText::tr("received");
    case RecordKind::out:
      return EventText::tr("sent");
    case RecordKind::halfClosed:
      return EventText::tr("half-closed");
    case RecordKind::closed:
      return EventText::tr("closed");
    case RecordKind::reset:
      return EventText::tr("reset");
    case RecordKind::error:
      return EventText::tr("error");
    case RecordKind::dropped:
      return EventText::tr("dropped");
    case RecordKind::option:
      return EventText::tr("option");
    case RecordKind::automatic:
      return EventText::tr("automatic");
  }
  return {};
}

QString partyText(Party by) {
  switch (by) {
    case Party::us:
      return EventText::tr("us");
    case Party::peer:
      return EventText::tr("the peer");
    case Party::none:
      break;
  }
  return {};
}

QString addressText(const SocketAddress& address) {
  return address.isUnnamed() ? QString() : shownText(address.text());
}

QString peerText(const LogRow& row) {
  if (!row.flow) {
    return {};
  }
  const QString peer = addressText(row.flow->peer);
  return peer.isEmpty() && row.record.kind != RecordKind::accepted ? addressText(row.flow->local) : peer;
}

}  // namespace sockbench::ui
