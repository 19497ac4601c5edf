#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTest>

#include "tests/ui/window/window_driver.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/scenario/scenario_edit.h"
#include "ui/panels/scenario/scenario_panel.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/traffic_table.h"
#include "ui/window/panel_tabs.h"

using namespace sockbench;
using namespace sockbench::ui;

class TstTalkDesk : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QCoreApplication::installTranslator(&english_); }
  void init();
  void cleanup();

  void aRecordedSessionHoldsWhenItIsRun_data();
  void aRecordedSessionHoldsWhenItIsRun();
  void onlyTheSelectedRowsAreRecorded();
  void aSessionWithoutBytesIsToldInTheTimeline();
  void replaysWhatTheClientSentToAnEndpoint();
  void replaysIntoASessionThatIsOpen();
  void replayTellsAWrongEndpoint();

 private:
  void talk();  // "one" and "two" with an echo server, each answered
  TrafficTable* table() const { return window_->findChild<TrafficTable*>(QStringLiteral("trafficTable")); }
  void wish(TalkWanted::What what, SessionId session) const;
  void chooseInMenu(const char* action) const;
  QByteArray scenarioText() const;
  QWidget* replayDialog() const { return window_->findChild<QWidget*>(QStringLiteral("replayDialog")); }
  template <class T>
  T* inDialog(const char* name) const {
    return replayDialog()->findChild<T*>(QLatin1String(name));
  }
  // Rows of received bytes with this text, in any session.
  int received(const char* text) const;

  EnglishPlurals english_;
  std::unique_ptr<EngineBridge> bridge_;
  std::unique_ptr<MainWindow> window_;
  SessionId server_;
  SessionId client_;
};

void TstTalkDesk::init() {
  bridge_ = std::make_unique<EngineBridge>();
  window_ = std::make_unique<MainWindow>(bridge_.get());
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  talk();
}

void TstTalkDesk::cleanup() {
  window_.reset();
  bridge_.reset();
}

int TstTalkDesk::received(const char* text) const {
  const TrafficModel* model = table()->trafficModel();
  int count = 0;
  for (int row = 0; row < model->rowCount(); ++row) {
    const bool isReceived = model->index(row, 0).data(TrafficModel::RowKindRole).toInt() ==
                            static_cast<int>(TrafficModel::RowKind::received);
    const QString preview = model->index(row, TrafficModel::Preview).data().toString();
    if (isReceived && preview.contains(QLatin1String(text))) ++count;
  }
  return count;
}

void TstTalkDesk::talk() {
  ListenSpec server;
  server.endpoint = *Endpoint::parse("tcp://127.0.0.1:0");
  server.rules.responder = Responder::echo;
  server_ = bridge_->listen(server);
  QTRY_COMPARE(bridge_->snapshot(server_)->state, SessionState::listening);
  ConnectSpec client;
  client.endpoint = *Endpoint::parse("tcp://" + bridge_->snapshot(server_)->local.text());
  client_ = bridge_->connectTo(client);
  QTRY_COMPARE(bridge_->snapshot(client_)->state, SessionState::connected);
  for (const char* word : {"one", "two"}) {
    const int before = received(word);
    QVERIFY(!bridge_->send(client_, toBytes(word)));
    QTRY_COMPARE(received(word), before + 2);  // at the server, and as an echo
  }
}

void TstTalkDesk::wish(TalkWanted::What what, SessionId session) const {
  TalkWanted wanted;
  wanted.what = what;
  wanted.log = bridge_->log().shared_from_this();
  wanted.session = session;
  emit window_->traffic()->talkWanted(wanted);
}

void TstTalkDesk::chooseInMenu(const char* name) const {
  QMenu menu;
  emit table()->menuOpening(&menu, table()->currentIndex());
  QAction* action = menu.findChild<QAction*>(QLatin1String(name));
  QVERIFY(action);
  QVERIFY(action->isEnabled());
  action->trigger();
}

QByteArray TstTalkDesk::scenarioText() const {
  const auto* edit = window_->panels()->scenario()->findChild<ScenarioEdit*>(QStringLiteral("scenarioEdit"));
  return edit ? edit->utf8() : QByteArray();
}

void TstTalkDesk::aRecordedSessionHoldsWhenItIsRun_data() {
  QTest::addColumn<bool>("byMenu");
  QTest::newRow("asked for of a session") << false;
  QTest::newRow("asked for in the timeline's menu") << true;
}

void TstTalkDesk::aRecordedSessionHoldsWhenItIsRun() {
  QFETCH(bool, byMenu);
  if (byMenu) {
    const TrafficModel* model = table()->trafficModel();
    for (int row = 0; row < model->rowCount(); ++row) {
      if (model->rowAt(row)->record.session == client_) table()->setCurrentIndex(model->index(row, 0));
    }
    chooseInMenu("recordClientAction");
  } else {
    wish(TalkWanted::What::recordClient, client_);
  }
  QTRY_VERIFY2(scenarioText().contains("send = 'one'") || scenarioText().contains("send = \"one\""),
               scenarioText().constData());
  QCOMPARE(static_cast<QWidget*>(window_->panels()->current()),
           static_cast<QWidget*>(window_->panels()->scenario()));
  const int before = received("two");
  window_->panels()->current()->act();
  const auto status = [this] {
    return window_->panels()->current()->findChild<QLabel*>(QStringLiteral("scenarioStatusLabel"))->text();
  };
  QTRY_VERIFY2(status().contains(QLatin1String("steps held in")), qPrintable(status()));
  QTRY_COMPARE(received("two"), before + 2);  // it stands in the timeline
}

void TstTalkDesk::onlyTheSelectedRowsAreRecorded() {
  const TrafficModel* model = table()->trafficModel();
  QItemSelection rows;
  QModelIndex last;
  for (int row = 0; row < model->rowCount(); ++row) {
    const std::optional<LogRow> one = model->rowAt(row);
    const QString preview = model->index(row, TrafficModel::Preview).data().toString();
    if (one->record.session != client_ || !preview.contains(QLatin1String("two"))) continue;
    last = model->index(row, 0);
    rows.select(last, model->index(row, TrafficModel::kColumns - 1));
  }
  QVERIFY(rows.size() >= 2);
  table()->setCurrentIndex(last);
  table()->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
  chooseInMenu("recordServerAction");
  QTRY_VERIFY(scenarioText().contains("two"));
  QVERIFY2(!scenarioText().contains("one"), scenarioText().constData());
  QVERIFY2(scenarioText().contains("accept = "), scenarioText().constData());
}

void TstTalkDesk::aSessionWithoutBytesIsToldInTheTimeline() {
  wish(TalkWanted::What::recordClient, server_);
  auto* message = window_->findChild<InlineMessage*>(QStringLiteral("trafficFilterMessage"));
  QTRY_VERIFY(!message->text().isEmpty());
}

void TstTalkDesk::replaysWhatTheClientSentToAnEndpoint() {
  wish(TalkWanted::What::replay, client_);
  QTRY_VERIFY(replayDialog());
  QVERIFY(inDialog<QLineEdit>("replayEndpointEdit")->text().startsWith(QLatin1String("tcp://127.0.0.1:")));
  inDialog<QComboBox>("replaySpeedBox")->setCurrentIndex(4);
  const int before = received("two");
  QTest::mouseClick(inDialog<QAbstractButton>("replayStartButton"), Qt::LeftButton);
  QTRY_COMPARE(inDialog<QLabel>("replayStatusLabel")->text(), QStringLiteral("2 of 2 messages sent"));
  QTRY_VERIFY(received("two") >= before + 2);
}

void TstTalkDesk::replaysIntoASessionThatIsOpen() {
  wish(TalkWanted::What::replay, client_);
  QTRY_VERIFY(replayDialog());
  auto* target = inDialog<QComboBox>("replayTargetBox");
  const int index = target->findData(client_.value);
  QVERIFY(index > 0);
  target->setCurrentIndex(index);
  QVERIFY(!inDialog<QLineEdit>("replayEndpointEdit")->isEnabled());
  const std::uint64_t before = bridge_->snapshot(client_)->bytesOut;
  inDialog<QComboBox>("replaySpeedBox")->setCurrentIndex(4);
  QTest::mouseClick(inDialog<QAbstractButton>("replayStartButton"), Qt::LeftButton);
  QTRY_COMPARE(bridge_->snapshot(client_)->bytesOut, before + 6);
}

void TstTalkDesk::replayTellsAWrongEndpoint() {
  wish(TalkWanted::What::replay, client_);
  QTRY_VERIFY(replayDialog());
  inDialog<QLineEdit>("replayEndpointEdit")->setText(QStringLiteral("nonsense://"));
  QTest::mouseClick(inDialog<QAbstractButton>("replayStartButton"), Qt::LeftButton);
  QVERIFY(!inDialog<InlineMessage>("replayMessage")->text().isEmpty());
}

QTEST_MAIN(TstTalkDesk)
#include "tst_talk_desk.moc"
