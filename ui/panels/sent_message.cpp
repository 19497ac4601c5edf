#include "ui/panels/sent_message.h"

#include <QCoreApplication>
#include <utility>

#include "core/base/clock.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/models/session_text.h"

namespace sockbench::ui {

SentMessage sentMessage(MessageSpec message, std::size_t bytes, std::string target, const Error* error) {
  SentMessage sent;
  sent.time = wallNow();
  sent.target = std::move(target);
  sent.message = std::move(message);
  sent.bytes = bytes;
  if (error) sent.outcome = error->symbol() + ", " + error->message();
  return sent;
}

std::string targetText(const QList<SessionId>& sessions, const EngineBridge& bridge) {
  if (sessions.isEmpty()) return {};
  const auto session = bridge.snapshot(sessions.first());
  const QString place = session ? sessionNameText(*session).simplified() : QString();
  if (sessions.size() == 1) return toUtf8(place);
  return toUtf8(QCoreApplication::translate("SentMessage", "%1 and %2 more")
                    .arg(place, formatCount(static_cast<std::uint64_t>(sessions.size() - 1))));
}

}  // namespace sockbench::ui
