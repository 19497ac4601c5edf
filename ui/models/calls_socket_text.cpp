#include "ui/models/calls_socket_text.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/calls/call_names.h"
#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

const QString kDot = QStringLiteral(" · ");

class Words {
  Q_DECLARE_TR_FUNCTIONS(Calls)
};

QString nameIn(NameGroup group, int number) {
  const std::string_view name = nameOf(group, number);
  return name.empty() ? QString::number(number) : toQString(name);
}

QString addressOf(const SocketAddress& address) {
  return address.empty() ? QStringLiteral("–") : toQString(visibleText(address.text()));
}

}  // namespace

QString timeoutText(Timeout timeout) {
  if (!timeout) return Words::tr("None: it waits for ever");
  if (timeout->count() == 0) return Words::tr("0: it never waits");
  return Words::tr("%1 s").arg(std::chrono::duration<double>(*timeout).count());
}

QString socketSummary(const CallSocketFacts& facts) {
  if (facts.descriptor < 0) return Words::tr("closed");
  QStringList parts{Words::tr("fd %1").arg(facts.descriptor)};
  if (!facts.peer.isUnnamed())
    parts += addressOf(facts.local) + QStringLiteral(" → ") + addressOf(facts.peer);
  else if (!facts.local.isUnnamed())
    parts += addressOf(facts.local);
  if (!facts.kernelState.empty()) parts += toQString(visibleText(facts.kernelState));
  parts += nameIn(NameGroup::family, facts.family) + QLatin1Char(' ') + nameIn(NameGroup::type, facts.type);
  return parts.join(kDot);
}

QList<std::pair<QString, QString>> socketFacts(const CallSocketFacts& facts) {
  const bool open = facts.descriptor >= 0;
  const bool blocking = facts.timeout != Timeout(std::chrono::nanoseconds(0));
  const QString none = QStringLiteral("–");
  return {{Words::tr("Family"), nameIn(NameGroup::family, facts.family)},
          {Words::tr("Type"), nameIn(NameGroup::type, facts.type)},
          {Words::tr("Protocol"), nameIn(NameGroup::protocol, facts.protocol)},
          {Words::tr("Descriptor"), open ? QString::number(facts.descriptor) : Words::tr("closed")},
          {Words::tr("Local"), addressOf(facts.local)},
          {Words::tr("Peer"), addressOf(facts.peer)},
          {Words::tr("Blocking"), blocking ? Words::tr("yes") : Words::tr("no")},
          {Words::tr("Timeout"), timeoutText(facts.timeout)},
          {Words::tr("Kernel state"),
           facts.kernelState.empty() ? none : toQString(visibleText(facts.kernelState))},
          {Words::tr("Session"), facts.session ? QString::number(facts.session.value) : none}};
}

}  // namespace sockbench::ui
