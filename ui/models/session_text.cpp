#include "ui/models/session_text.h"

#include <QCoreApplication>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/event_text.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

struct SessionText {
  Q_DECLARE_TR_FUNCTIONS(SessionText)
};

QString stateWord(SessionState state) {
  switch (state) {
    case SessionState::idle:
      return SessionText::tr("idle");
    case SessionState::resolving:
      return SessionText::tr("resolving");
    case SessionState::connecting:
      return SessionText::tr("connecting");
    case SessionState::connected:
      return SessionText::tr("connected");
    case SessionState::listening:
      return SessionText::tr("listening");
    case SessionState::halfClosed:
      return SessionText::tr("half-closed");
    case SessionState::closed:
      return SessionText::tr("closed");
    case SessionState::reset:
      return SessionText::tr("reset");
    case SessionState::failed:
      return SessionText::tr("failed");
  }
  return {};
}

// A target without its transport, which stands before it already.
QString bareTarget(const SessionSnapshot& session) {
  const QString target = toQString(visibleText(session.target));
  const qsizetype scheme = target.indexOf(QStringLiteral("://"));
  if (scheme >= 0) {
    return target.mid(scheme + 3);
  }
  return isUnixTransport(session.transport) ? target.mid(target.indexOf(u':') + 1) : target;
}

}  // namespace

QString sessionStateText(const SessionSnapshot& session) {
  const QString word = stateWord(session.state);
  switch (session.state) {
    case SessionState::halfClosed:
    case SessionState::closed:
    case SessionState::reset:
      return session.by == Party::none ? word
             : session.by == Party::us ? SessionText::tr("%1 (by us)").arg(word)
                                       : SessionText::tr("%1 (by the peer)").arg(word);
    case SessionState::failed:
      return session.error ? QStringLiteral("%1 (%2)").arg(word, toQString(session.error->symbol())) : word;
    default:
      return word;
  }
}

QString sessionPlaceText(const SessionSnapshot& session) {
  const QString known = addressText(session.role == SessionRole::listener ? session.local : session.peer);
  if (session.role == SessionRole::accepted) {
    return known.isEmpty() ? SessionText::tr("unnamed peer") : known;
  }
  return session.role == SessionRole::listener && !known.isEmpty() ? known : bareTarget(session);
}

QString sessionNameText(const SessionSnapshot& session) {
  const QString place = sessionPlaceText(session);
  const QString transport = toQString(transportName(session.transport));
  switch (session.role) {
    case SessionRole::accepted:
      return place;
    case SessionRole::client:
      return QStringLiteral("%1  \u2192 %2").arg(transport, place);
    case SessionRole::listener:
      break;
  }
  return QStringLiteral("%1  %2").arg(transport, place);
}

QString sessionRemarkText(const SessionSnapshot& session) {
  if (session.state == SessionState::listening) {
    return session.openChildren == 0 ? QString()
                                     : SessionText::tr("%1 open").arg(formatCount(session.openChildren));
  }
  return session.state == SessionState::connected ? QString() : sessionStateText(session);
}

}  // namespace sockbench::ui
