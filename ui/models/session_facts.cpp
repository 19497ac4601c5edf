#include "ui/models/session_facts.h"

#include <QCoreApplication>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/event_text.h"
#include "ui/models/format.h"
#include "ui/models/session_text.h"

namespace sockbench::ui {
namespace {

struct SessionFacts {
  Q_DECLARE_TR_FUNCTIONS(SessionFacts)
};

class Facts {
 public:
  void add(const QString& name, const QString& value, bool warns = false) {
    if (value.isEmpty()) return;
    list_.append({name, value, warns ? DetailTone::warning : DetailTone::plain});
  }
  void addError(const QString& name, const QString& value) { list_.append({name, value, DetailTone::error}); }
  void addCount(const QString& name, std::uint64_t count, bool warns) {
    add(name, formatCount(count), warns);
  }
  QList<RecordDetail> take() { return std::move(list_); }

 private:
  QList<RecordDetail> list_;
};

QString exactBytes(std::uint64_t bytes) {
  return SessionFacts::tr("%1 byte(s)", nullptr, pluralNumber(bytes)).arg(formatCount(bytes));
}

QString roleText(const SessionSnapshot& session) {
  switch (session.role) {
    case SessionRole::listener:
      return SessionFacts::tr("server");
    case SessionRole::client:
      return session.parent ? SessionFacts::tr("client of group %1").arg(session.parent.value)
                            : SessionFacts::tr("client");
    case SessionRole::accepted:
      return SessionFacts::tr("of server %1").arg(session.parent.value);
  }
  return {};
}

void addIdentity(Facts& facts, const SessionSnapshot& session) {
  facts.add(SessionFacts::tr("Session"),
            QStringLiteral("%1, %2, %3")
                .arg(QString::number(session.id.value), toQString(transportName(session.transport)),
                     roleText(session)));
  facts.add(SessionFacts::tr("State"), sessionStateText(session));
  facts.add(SessionFacts::tr("Local"), addressText(session.local));
  facts.add(SessionFacts::tr("Peer"), addressText(session.peer));
  facts.add(SessionFacts::tr("Asked for"), toQString(visibleText(session.target)));
  if (session.descriptor >= 0) facts.add(SessionFacts::tr("Descriptor"), QString::number(session.descriptor));
  facts.add(SessionFacts::tr("Since"), session.since == 0 ? QString() : formatTimeOfDay(session.since));
}

QString trafficText(std::uint64_t bytes, std::uint64_t records) {
  return SessionFacts::tr("%1 in %2 record(s)", nullptr, pluralNumber(records))
      .arg(exactBytes(bytes), formatCount(records));
}

void addCounters(Facts& facts, const SessionSnapshot& session) {
  if (session.role == SessionRole::listener) {
    facts.add(SessionFacts::tr("Sessions"),
              SessionFacts::tr("%1 open, %2 accepted")
                  .arg(formatCount(session.openChildren), formatCount(session.acceptedChildren)));
    if (session.backlog > 0) facts.add(SessionFacts::tr("Backlog"), QString::number(session.backlog));
  } else {
    facts.add(SessionFacts::tr("Received"), trafficText(session.bytesIn, session.recordsIn));
    facts.add(SessionFacts::tr("Sent"), trafficText(session.bytesOut, session.recordsOut));
    facts.add(SessionFacts::tr("Send queue"), exactBytes(session.queuedBytes));
  }
}

// A granted buffer is smaller than the one that was asked for where net.core.rmem_max caps it (socket(7)).
void addDatagramFacts(Facts& facts, const SessionSnapshot& session) {
  const auto asked = static_cast<std::uint64_t>(session.receiveBufferAsked);
  const auto granted = static_cast<std::uint64_t>(session.receiveBuffer);
  if (granted > 0) {
    const bool less = granted < asked;
    QString text = SessionFacts::tr("%1 granted").arg(exactBytes(granted));
    if (asked > 0) text += SessionFacts::tr(", %1 asked for").arg(exactBytes(asked));
    if (less) text += SessionFacts::tr(": the machine allows no more (net.core.rmem_max)");
    facts.add(SessionFacts::tr("Receive buffer"), text, less);
  }
  if (isDatagramTransport(session.transport)) {
    facts.addCount(SessionFacts::tr("Dropped by the kernel"), session.dropped, session.dropped > 0);
    if (session.unanswered > 0)
      facts.addCount(SessionFacts::tr("Not answered, for the rate"), session.unanswered, true);
  }
}

QString peerWindowText(const TcpSample& tcp) {
  if (!tcp.peerWindow) return {};
  return tcp.isZeroWindow() ? SessionFacts::tr("0 bytes: the peer's window is full, it does not read")
                            : exactBytes(*tcp.peerWindow);
}

void addTcp(Facts& facts, const TcpSample& tcp) {
  facts.add(SessionFacts::tr("Kernel state"), toQString(kernelTcpStateName(tcp.kernelState)));
  if (tcp.rtt.count() > 0)
    facts.add(SessionFacts::tr("Round trip"),
              QStringLiteral("%1 \u00b1 %2").arg(formatDuration(tcp.rtt), formatDuration(tcp.rttVariance)));
  facts.add(SessionFacts::tr("Peer's window"), peerWindowText(tcp), tcp.isZeroWindow());
  facts.add(SessionFacts::tr("Not acknowledged"), exactBytes(tcp.unackedBytes), tcp.isZeroWindow());
  facts.addCount(SessionFacts::tr("Retransmitted segments"), tcp.retransmits, tcp.retransmits > 0);
  facts.addCount(SessionFacts::tr("Timeouts in a row"), tcp.timeouts, tcp.timeouts > 0);
  facts.addCount(SessionFacts::tr("Probes not answered"), tcp.probes, tcp.probes > 0);
  facts.add(SessionFacts::tr("Largest segment"), exactBytes(tcp.maxSegment));
  facts.add(SessionFacts::tr("Congestion window"),
            SessionFacts::tr("%1 segment(s)", nullptr, pluralNumber(tcp.congestionWindow))
                .arg(formatCount(tcp.congestionWindow)));
}

}  // namespace

QList<RecordDetail> sessionFacts(const SessionSnapshot& session) {
  Facts facts;
  addIdentity(facts, session);
  addCounters(facts, session);
  addDatagramFacts(facts, session);
  if (session.tcp && session.role != SessionRole::listener) addTcp(facts, *session.tcp);
  if (session.error)
    facts.addError(SessionFacts::tr("Last error"), toQString(visibleText(session.error->line())));
  return facts.take();
}

}  // namespace sockbench::ui
