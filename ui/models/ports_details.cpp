#include "ui/models/ports_details.h"

#include <QCoreApplication>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("PortDetails", text);
}

QString rangeText(const PortRow& row) {
  const QString range = portRangeText(row);
  if (range == QLatin1String("well-known")) return tr("well-known (0 to 1023)");
  if (range == QLatin1String("registered")) return tr("registered (1024 to 49151)");
  if (range == QLatin1String("dynamic")) return tr("dynamic (49152 to 65535)");
  return {};
}

class Details {
 public:
  QList<RecordDetail> take() { return std::move(details_); }

  void add(const QString& name, const QString& value, DetailTone tone = DetailTone::plain) {
    if (!value.isEmpty()) details_ += {name, value, tone};
  }

  void addRow(const PortRow& row) {
    if (row.isGone()) add(tr("Change"), tr("gone since the reading before"), DetailTone::warning);
    if (row.change == PortRow::Change::appeared) add(tr("Change"), tr("new since the reading before"));
    add(tr("Protocol"), row.protocol);
    add(tr("State"), row.state);
    add(tr("Local"), row.local);
    if (row.socket.local.isWildcard())
      add(tr("Reached at"), row.socket.family == AF_INET6 && !row.socket.v6Only.value_or(true)
                                ? tr("every address of this machine, IPv6 and IPv4")
                                : tr("every address of this machine"));
    add(tr("Peer"), row.peer);
    add(tr("Service"), row.service);
    add(tr("Port range"), rangeText(row));
    add(tr("User"),
        row.socket.uid ? QStringLiteral("%1 (%2)").arg(row.user).arg(*row.socket.uid) : QString());
    addOwners(row);
    add(tr("Interface"), row.interface);
    addQueues(row);
    if (row.socket.inode != 0) add(tr("Inode"), QString::number(row.socket.inode));
  }

  void addAnswer(const SocketDetails& details) {
    if (details.tcp) addTcp(*details.tcp);
    add(tr("Congestion control"), toQString(visibleText(details.congestionControl)));
    if (!details.memory) return;
    const SocketMemory& memory = *details.memory;
    add(tr("Receive buffer"),
        tr("%1 of %2").arg(formatBytes(memory.received), formatBytes(memory.receiveBuffer)));
    add(tr("Send buffer"), tr("%1 of %2").arg(formatBytes(memory.sending), formatBytes(memory.sendBuffer)));
    if (memory.drops > 0) add(tr("Dropped"), formatCount(memory.drops), DetailTone::warning);
  }

 private:
  void addOwners(const PortRow& row) {
    if (row.session) add(tr("Session"), tr("session %1 of this window").arg(row.session.value));
    constexpr std::size_t kMost = 20;
    for (std::size_t i = 0; i < std::min(kMost, row.owners.size()); ++i) {
      const PortOwner& owner = row.owners[i];
      add(i == 0 ? tr("Process") : tr("Also in"),
          tr("%1, process %2, descriptor %3").arg(owner.process).arg(owner.pid).arg(owner.descriptor));
    }
    if (row.owners.size() > kMost) add(tr("Also in"), tr("%1 more").arg(row.owners.size() - kMost));
    if (!row.owners.empty()) return;
    add(tr("Process"), row.socket.inode == 0 ? tr("none: the kernel keeps it alone") : tr("not known"));
  }

  void addQueues(const PortRow& row) {
    const SocketRow& socket = row.socket;
    const bool listens = row.state == QLatin1String("LISTEN");
    add(listens ? tr("Waiting to be accepted") : tr("Receive queue"),
        listens ? tr("%1 of %2").arg(socket.recvQueue).arg(socket.sendQueue) : formatBytes(socket.recvQueue),
        listens && socket.recvQueue > socket.sendQueue ? DetailTone::warning : DetailTone::plain);
    if (!listens) add(tr("Send queue"), formatBytes(socket.sendQueue));
  }

  void addTcp(const TcpFacts& tcp) {
    add(tr("Round trip"), tr("%1 \u00b1 %2").arg(formatDuration(tcp.rtt), formatDuration(tcp.rttVariance)));
    if (tcp.leastRtt) add(tr("Least round trip"), formatDuration(*tcp.leastRtt));
    add(tr("Retransmit after"), formatDuration(tcp.retransmitTimeout));
    add(tr("Retransmits"), formatCount(tcp.retransmits),
        tcp.retransmits > 0 ? DetailTone::warning : DetailTone::plain);
    if (tcp.lost > 0) add(tr("Lost"), tr("%1 segments").arg(formatCount(tcp.lost)), DetailTone::warning);
    add(tr("In flight"), tr("%1 segments").arg(formatCount(tcp.unacked)));
    add(tr("Congestion window"), tr("%1 segments").arg(formatCount(tcp.congestionWindow)));
    if (tcp.slowStartLimit)
      add(tr("Slow start until"), tr("%1 segments").arg(formatCount(*tcp.slowStartLimit)));
    add(tr("Segment"),
        tr("%1 to send, %2 received").arg(formatBytes(tcp.sendMss), formatBytes(tcp.receiveMss)));
    add(tr("Path MTU"), formatBytes(tcp.pathMtu));
    if (tcp.peerWindow) add(tr("Peer takes"), formatBytes(*tcp.peerWindow));
    if (tcp.bytesAcked) add(tr("Acknowledged"), formatBytes(*tcp.bytesAcked));
    if (tcp.bytesReceived) add(tr("Received"), formatBytes(*tcp.bytesReceived));
    if (tcp.notSent) add(tr("Not sent yet"), formatBytes(*tcp.notSent));
    if (tcp.deliveryRate) add(tr("Delivery"), formatRate(static_cast<double>(*tcp.deliveryRate)));
    if (tcp.pacingRate) add(tr("Pacing"), formatRate(static_cast<double>(*tcp.pacingRate)));
    add(tr("Last sent"), tr("%1 ago").arg(formatDuration(tcp.sinceSent)));
    add(tr("Last received"), tr("%1 ago").arg(formatDuration(tcp.sinceReceived)));
    addOptions(tcp);
  }

  void addOptions(const TcpFacts& tcp) {
    QStringList options;
    if (tcp.timestamps) options += tr("timestamps");
    if (tcp.selectiveAcks) options += tr("selective acknowledgements");
    if (tcp.ecn) options += tr("ECN");
    if (tcp.sendScale && tcp.receiveScale)
      options += tr("window scale %1 and %2").arg(*tcp.sendScale).arg(*tcp.receiveScale);
    add(tr("Agreed on"), options.join(QStringLiteral(", ")));
  }

  QList<RecordDetail> details_;
};

}  // namespace

QList<RecordDetail> portDetails(const PortRow& row, const std::optional<Result<SocketDetails>>& asked) {
  Details details;
  details.addRow(row);
  if (asked && *asked) details.addAnswer(**asked);
  if (asked && !*asked && !row.isGone()) {
    const Error& error = asked->error();
    details.add(tr("The kernel says"),
                error.isErrno(ENOENT) || error.isErrno(ESTALE) ? tr("this socket is not there any more")
                                                               : toQString(visibleText(error.line())),
                DetailTone::warning);
  }
  return details.take();
}

}  // namespace sockbench::ui
