#include "ui/window/main_job.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/window/try_it.h"

namespace sockbench::ui {
namespace {

constexpr QLatin1String kTimeline("trafficTable");
constexpr int kLineFeedEnding = 1;  // of the composer's line endings

QString own(bool client, const char* rest) {
  return (client ? QStringLiteral("client") : QStringLiteral("server")) + QString::fromLatin1(rest);
}

}  // namespace

MainJob::MainJob(EngineBridge* bridge, QWidget* window, QObject* parent)
    : QObject(parent), bridge_(bridge), hands_(window) {}

std::vector<TourStep> MainJob::steps() {
  std::vector<TourStep> steps;
  const auto talk = [this, &steps](bool client, const QString& text) {
    const QString caption = client ? tr("The client says: %1") : tr("The server says: %1");
    steps.push_back(say(client, text, caption.arg(text)));
  };
  steps.push_back(resolve());
  steps.push_back(serve());
  steps.push_back(connectClient());
  talk(true, QStringLiteral("hello world"));
  talk(false, QStringLiteral("who are you"));
  talk(true, QStringLiteral("can u speak chinese?"));
  talk(false, QStringLiteral("会一点，你好 ☕"));
  steps.push_back(endWithExit());
  steps.push_back(lookAtTimeline());
  return steps;
}

QString MainJob::timeline() const {
  return hands_.cells(kTimeline);
}

TourStep MainJob::resolve() {
  return {tr("Resolver: which addresses has localhost?"),
          [this] {
            hands_.showPanel(QStringLiteral("resolverPanel"));
            hands_.type(QStringLiteral("resolverHostEdit"), QStringLiteral("localhost"));
            hands_.press(QStringLiteral("resolverLookupButton"));
          },
          [this] {
            const QString found = hands_.cells(QStringLiteral("resolverResultsTable"));
            return found.contains(QLatin1String("127.0.0.1")) || found.contains(QLatin1String("::1"));
          }};
}

void MainJob::setEndWord(const QString& side) const {
  // The field lies under "More", which is folded again afterwards.
  hands_.press(side + QStringLiteral("MoreButton"));
  hands_.type(side + QStringLiteral("EndWordEdit"), QString::fromLatin1(TryIt::kEndWord));
  hands_.press(side + QStringLiteral("MoreButton"));
}

TourStep MainJob::serve() {
  return {tr("Server: listen on a free port of this machine"),
          [this] {
            hands_.showPanel(QStringLiteral("serverPanel"));
            hands_.type(QStringLiteral("serverAddressEdit"), QStringLiteral("127.0.0.1"));
            hands_.type(QStringLiteral("serverPortEdit"), QStringLiteral("0"));
            setEndWord(QStringLiteral("server"));
            hands_.press(QStringLiteral("serverStartButton"));
          },
          [this] {
            const auto sessions = bridge_->snapshots();
            const auto at = std::ranges::find(sessions, SessionState::listening, &SessionSnapshot::state);
            if (at == sessions.end()) return false;
            listener_ = at->id;
            return isRecorded(listener_, RecordKind::listening);
          }};
}

TourStep MainJob::connectClient() {
  return {tr("Client: connect to that server"),
          [this] {
            const auto listener = bridge_->snapshot(listener_);
            hands_.showPanel(QStringLiteral("clientPanel"));
            hands_.type(QStringLiteral("clientHostEdit"), QStringLiteral("127.0.0.1"));
            hands_.type(QStringLiteral("clientPortEdit"),
                        QString::number(listener ? listener->local.port() : 0));
            setEndWord(QStringLiteral("client"));
            hands_.press(QStringLiteral("clientConnectButton"));
          },
          [this] { return chatIsReady(); }};
}

bool MainJob::chatIsReady() {
  const auto sessions = bridge_->snapshots();
  for (const SessionSnapshot& session : sessions) {
    if (session.state != SessionState::connected) continue;
    (session.role == SessionRole::client ? client_ : accepted_) = session.id;
  }
  return client_ && accepted_ && isRecorded(client_, RecordKind::connected) &&
         isRecorded(accepted_, RecordKind::accepted);
}

void MainJob::write(bool client, const QString& text) const {
  hands_.showPanel(own(client, "Panel"));
  hands_.pick(own(client, "EndingBox"), kLineFeedEnding);
  hands_.type(own(client, "ComposerEdit"), text);
}

TourStep MainJob::say(bool client, const QString& text, const QString& caption) {
  const auto pressed = std::make_shared<bool>(false);
  return {caption, [this, client, text] { write(client, text); },
          [this, client, pressed, line = (text + QLatin1Char('\n')).toStdString()] {
            // The button is on once the panel, too, has heard that there is a connection.
            if (!*pressed) *pressed = hands_.press(own(client, "SendButton"));
            return client ? wentAcross(client_, accepted_, line) : wentAcross(accepted_, client_, line);
          }};
}

TourStep MainJob::endWithExit() {
  TourStep step = say(true, QString::fromLatin1(TryIt::kEndWord),
                      tr("The client says exit, the End word: both sides close"));
  step.happened = [this, arrived = step.happened] {
    return arrived() && isClosed(client_) && isClosed(accepted_);
  };
  return step;
}

TourStep MainJob::lookAtTimeline() {
  const auto row = std::make_shared<int>(-1);
  return {tr("Traffic: every byte and every step of both sockets, in order"),
          [this, row] {
            // The last line that came in, so that the inspector shows its bytes.
            const auto all = rows();
            const auto is = [this](const LogRow& r) {
              return r.record.kind == RecordKind::in && r.record.session == client_;
            };
            const auto at = std::find_if(all.rbegin(), all.rend(), is);
            if (at != all.rend()) *row = static_cast<int>(at->number - all.front().number);
          },
          [this, row] {
            const auto recorded = static_cast<int>(rows().size());
            // The line at the foot of the window is allowed half a second.
            const bool isSummed = hands_.text(QStringLiteral("statusSummary"))
                                      .contains(QStringLiteral("· %1 record").arg(recorded));
            return isSummed && hands_.rowCount(kTimeline) == recorded && hands_.selectRow(kTimeline, *row);
          }};
}

std::vector<LogRow> MainJob::rows() const {
  const TrafficLog& log = bridge_->log();
  std::vector<LogRow> rows;
  log.read(log.first(), static_cast<std::size_t>(log.end() - log.first()), rows);
  return rows;
}

bool MainJob::wentAcross(SessionId from, SessionId to, std::string_view line) const {
  bool sent = false;
  std::string received;
  for (const LogRow& row : rows()) {
    const std::string_view bytes = asChars(row.payload.bytes);
    sent = sent || (row.record.kind == RecordKind::out && row.record.session == from && bytes == line);
    // What was sent in one piece may come in several.
    if (row.record.kind == RecordKind::in && row.record.session == to) received += bytes;
  }
  return sent && received.ends_with(line);
}

bool MainJob::isRecorded(SessionId id, RecordKind kind) const {
  return std::ranges::any_of(
      rows(), [&](const LogRow& row) { return row.record.session == id && row.record.kind == kind; });
}

bool MainJob::isClosed(SessionId id) const {
  const auto session = bridge_->snapshot(id);
  return session && session->state == SessionState::closed && isRecorded(id, RecordKind::closed);
}

}  // namespace sockbench::ui
