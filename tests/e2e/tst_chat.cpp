// The chat, end to end: a person resolves a name, starts a server, connects a client, and both talk until
// `exit`, all of it by keys and clicks on the window's own widgets.
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "core/base/bytes.h"
#include "tests/ui/window/window_driver.h"
#include "ui/models/traffic_model.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestChat : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void cleanup();
  void resolvesServesConnectsTalksAndExits();
  void serverEndsTheChatToo();

 private:
  struct Line {
    RecordKind kind;
    std::string bytes;  // of in and out
    bool operator==(const Line&) const = default;
  };

  WindowDriver person() const { return WindowDriver(window_.get()); }
  void resolveLocalhost();
  void startServer();
  void connectClient();
  void say(bool client, const QString& text);
  std::vector<Line> history(SessionId id) const;
  static QByteArray describe(const std::vector<Line>& lines);
  QStringList shownTimeline() const;

  std::unique_ptr<EngineBridge> bridge_;
  std::unique_ptr<MainWindow> window_;
  SessionId server_;  // the listener
  SessionId client_;
  SessionId accepted_;  // the client, as the server sees it
};

void TestChat::init() {
  theme::apply(*qApp, theme::Mode::light);
  bridge_ = std::make_unique<EngineBridge>();
  window_ = std::make_unique<MainWindow>(bridge_.get());
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void TestChat::cleanup() {
  window_.reset();
  bridge_.reset();
}

void TestChat::resolveLocalhost() {
  person().key(Qt::Key_1, Qt::ControlModifier);
  QVERIFY(person().type("resolverHostEdit", QStringLiteral("localhost")));
  QVERIFY(person().click("resolverLookupButton"));
  const auto* results = person().find<QAbstractItemView>("resolverResultsTable");
  QTRY_VERIFY(results->model()->rowCount() > 0);
}

void TestChat::startServer() {
  person().key(Qt::Key_2, Qt::ControlModifier);
  QVERIFY(person().type("serverAddressEdit", QStringLiteral("127.0.0.1")));
  QVERIFY(person().type("serverPortEdit", QStringLiteral("0")));
  QVERIFY(person().click("serverMoreButton"));
  QVERIFY(person().type("serverEndWordEdit", QStringLiteral("exit")));
  QVERIFY(person().click("serverStartButton"));
  QTRY_COMPARE(newest(*bridge_, SessionRole::listener).state, SessionState::listening);
  server_ = newest(*bridge_, SessionRole::listener).id;
  const QString port = QString::number(bridge_->snapshot(server_)->local.port());
  QTRY_VERIFY(person().find<QLabel>("serverStateLabel")->text().contains(port));
}

void TestChat::connectClient() {
  person().key(Qt::Key_3, Qt::ControlModifier);
  QVERIFY(person().type("clientHostEdit", QStringLiteral("127.0.0.1")));
  QVERIFY(person().type("clientPortEdit", QString::number(bridge_->snapshot(server_)->local.port())));
  QVERIFY(person().click("clientMoreButton"));
  QVERIFY(person().type("clientEndWordEdit", QStringLiteral("exit")));
  QVERIFY(person().click("clientConnectButton"));
  QTRY_COMPARE(newest(*bridge_, SessionRole::client).state, SessionState::connected);
  QTRY_COMPARE(newest(*bridge_, SessionRole::accepted).state, SessionState::connected);
  client_ = newest(*bridge_, SessionRole::client).id;
  accepted_ = newest(*bridge_, SessionRole::accepted).id;
}

// Types a line, sends it with Ctrl+Enter, and waits until the other side has it.
void TestChat::say(bool client, const QString& text) {
  person().key(client ? Qt::Key_3 : Qt::Key_2, Qt::ControlModifier);
  auto* ending = person().find<QComboBox>(client ? "clientEndingBox" : "serverEndingBox");
  QVERIFY(ending != nullptr);
  ending->setCurrentIndex(1);
  QVERIFY(person().type(client ? "clientComposerEdit" : "serverComposerEdit", text));
  const std::string line = (text + QLatin1Char('\n')).toStdString();
  QTRY_VERIFY(person().find(client ? "clientSendButton" : "serverSendButton")->isEnabled());
  person().key(Qt::Key_Return, Qt::ControlModifier);
  const SessionId receiver = client ? accepted_ : client_;
  QTRY_VERIFY2(std::ranges::count(history(receiver), Line{RecordKind::in, line}) == 1,
               describe(history(receiver)).constData());
}

std::vector<TestChat::Line> TestChat::history(SessionId id) const {
  std::vector<LogRow> rows;
  bridge_->log().read(0, 10'000, rows);
  std::vector<Line> lines;
  for (const LogRow& row : rows) {
    if (row.record.session != id) continue;
    const bool isBytes = row.record.kind == RecordKind::in || row.record.kind == RecordKind::out;
    lines.push_back({row.record.kind, isBytes ? std::string(asChars(row.payload.bytes)) : std::string()});
  }
  return lines;
}

QByteArray TestChat::describe(const std::vector<Line>& lines) {
  QByteArray text;
  for (const Line& line : lines) {
    text += QByteArray::fromStdString(std::string(recordKindName(line.kind)) + " " + line.bytes + "; ");
  }
  return text;
}

QStringList TestChat::shownTimeline() const {
  const auto* model = window_->findChild<QAbstractItemView*>(QStringLiteral("trafficTable"))->model();
  QStringList previews;
  for (int row = 0; row < model->rowCount(); ++row) {
    previews.append(model->index(row, TrafficModel::Preview).data().toString());
  }
  return previews;
}

void TestChat::resolvesServesConnectsTalksAndExits() {
  const QString chinese = QStringLiteral("会一点，你好 ☕");
  resolveLocalhost();
  startServer();
  connectClient();
  if (QTest::currentTestFailed()) return;
  say(true, QStringLiteral("hello world"));
  say(false, QStringLiteral("who are you"));
  say(true, QStringLiteral("can u speak chinese?"));
  say(false, chinese);
  say(true, QStringLiteral("exit"));
  if (QTest::currentTestFailed()) return;
  QTRY_COMPARE(bridge_->snapshot(client_)->state, SessionState::closed);
  QTRY_COMPARE(bridge_->snapshot(accepted_)->state, SessionState::closed);
  QCOMPARE(bridge_->snapshot(server_)->state, SessionState::listening);

  // What each socket did, in order: no byte and no state is missing, and none is there that was not.
  const std::string chineseLine = chinese.toStdString() + "\n";
  using enum RecordKind;
  const auto client = history(client_);
  QVERIFY2(client == (std::vector<Line>{

                         {connecting, ""},
                         {connected, ""},
                         {out, "hello world\n"},
                         {in, "who are you\n"},
                         {out, "can u speak chinese?\n"},
                         {in, chineseLine},
                         {out, "exit\n"},
                         {halfClosed, ""},
                         {closed, ""}}),
           describe(client).constData());
  const auto atServer = history(accepted_);
  QVERIFY2(atServer == (std::vector<Line>{{accepted, ""},
                                          {in, "hello world\n"},
                                          {out, "who are you\n"},
                                          {in, "can u speak chinese?\n"},
                                          {out, chineseLine},
                                          {in, "exit\n"},
                                          {halfClosed, ""},
                                          {closed, ""}}),
           describe(atServer).constData());
  QVERIFY(history(server_) == (std::vector<Line>{{listening, ""}}));

  // And the window shows just that: every row, and the lines as a person reads them.
  QTRY_COMPARE(shownTimeline().size(), static_cast<qsizetype>(bridge_->log().end()));
  const QStringList shown = shownTimeline();
  for (const QString& line : {QStringLiteral("hello world"), QStringLiteral("who are you"),
                              QStringLiteral("can u speak chinese?"), chinese, QStringLiteral("exit")}) {
    QCOMPARE(shown.filter(line + QStringLiteral("␊")).size(), 2);  // sent, received
  }
  const auto* label = person().find<QLabel>("clientStateLabel");
  QVERIFY(label != nullptr);
  QTRY_VERIFY2(label->text().startsWith(QLatin1String("closed")), qPrintable(label->text()));
}

void TestChat::serverEndsTheChatToo() {
  startServer();
  connectClient();
  if (QTest::currentTestFailed()) return;
  say(false, QStringLiteral("exit"));
  QTRY_COMPARE(bridge_->snapshot(client_)->state, SessionState::closed);
  QTRY_COMPARE(bridge_->snapshot(accepted_)->state, SessionState::closed);
}

QTEST_MAIN(TestChat)
#include "tst_chat.moc"
