#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>

#include "ui/bridge/engine_bridge.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/send_plan_bar.h"

using namespace sockbench;
using namespace sockbench::ui;
using namespace std::chrono_literals;

namespace {

// A client of a foreign server, and the bar that sends in it.
struct Desk {
  Desk() {
    bar.resize(900, 80);
    bar.show();
    if (!server.listen(QHostAddress::LocalHost)) return;
    ConnectSpec spec;
    spec.endpoint = Endpoint::parse("tcp://127.0.0.1:" + std::to_string(server.serverPort())).value();
    client = bridge.connectTo(spec);
    if (server.waitForNewConnection(20'000)) peer = server.nextPendingConnection();
  }
  template <class T>
  T* find(const char* name) const {
    return bar.findChild<T*>(QStringLiteral("client") + QLatin1String(name));
  }
  bool hears(const QByteArray& text) {
    return peer && QTest::qWaitFor([&] { return (got += peer->readAll()) == text; }, 20'000);
  }

  EngineBridge bridge;
  QTcpServer server;
  SendPlanBar bar{QStringLiteral("client"), &bridge};
  SessionId client;
  QTcpSocket* peer = nullptr;
  QByteArray got;
};

MessageSpec text(const char* body) {
  MessageSpec message;
  message.body = body;
  return message;
}

}  // namespace

Q_DECLARE_METATYPE(SendPlan)

class TestSendPlanBar : public QObject {
  Q_OBJECT
 private slots:
  void showsAndReadsAPlan_data();
  void showsAndReadsAPlan();
  void sendsAsPlanned();
  void stops();
  void marksWhatIsWrong();
};

void TestSendPlanBar::showsAndReadsAPlan_data() {
  QTest::addColumn<SendPlan>("plan");
  SendPlan plan;
  QTest::newRow("once") << plan;
  plan.count = 50;
  plan.interval = 100ms;
  plan.jitter = 10ms;
  QTest::newRow("often") << plan;
  plan.count = 0;
  plan.duration = 30s;
  plan.until.emplace().text = "BYE";
  plan.bytesPerSecond = 1000;
  plan.pieceBytes = 3;
  plan.pieceGap = 5ms;
  QTest::newRow("everything") << plan;
  plan.start = SendPlan::Start::received;
  plan.match.text = "READY";
  QTest::newRow("at a match") << plan;
}

void TestSendPlanBar::showsAndReadsAPlan() {
  QFETCH(const SendPlan, plan);
  Desk desk;
  desk.bar.setPlan(plan);
  const auto read = desk.bar.plan();
  QVERIFY(read && *read == plan);
  QCOMPARE(desk.bar.isOnce(), plan.isOnce());
  SendPlanBar other(QStringLiteral("server"), &desk.bridge);
  other.restoreState(desk.bar.saveState());
  QVERIFY(other.plan() && *other.plan() == plan);
}

void TestSendPlanBar::sendsAsPlanned() {
  Desk desk;
  SendPlan plan;
  plan.count = 3;
  plan.interval = 1ms;
  desk.bar.setPlan(plan);
  QVERIFY(desk.bar.start(text("n{{counter}};"), {desk.client}));
  QVERIFY(desk.hears("n0;n1;n2;"));
  QTRY_COMPARE(desk.find<QLabel>("PlanStatusLabel")->text(), QStringLiteral("3 sent \u00b7 9 B \u00b7 over"));
  QVERIFY(!desk.find<QToolButton>("PlanStopButton")->isVisible());
}

void TestSendPlanBar::stops() {
  Desk desk;
  SendPlan plan;
  plan.count = 0;
  plan.interval = 1h;
  desk.bar.setPlan(plan);
  QVERIFY(desk.bar.start(text("x"), {desk.client}));
  QVERIFY(desk.hears("x"));
  QVERIFY(desk.bar.isRunning());
  QTest::mouseClick(desk.find<QToolButton>("PlanStopButton"), Qt::LeftButton);
  QTRY_VERIFY(!desk.bar.isRunning());
  QTRY_VERIFY(desk.find<QLabel>("PlanStatusLabel")->text().endsWith(QStringLiteral("over")));
}

void TestSendPlanBar::marksWhatIsWrong() {
  Desk desk;
  SendPlan plan;
  plan.count = 2;
  plan.interval = 5ms;
  desk.bar.setPlan(plan);
  auto* interval = desk.find<QLineEdit>("PlanIntervalEdit");
  interval->selectAll();
  QTest::keyClicks(interval, QStringLiteral("often"));
  QVERIFY(!desk.bar.start(text("x"), {desk.client}));
  QVERIFY(isWrong(interval));
  QVERIFY(desk.find<InlineMessage>("PlanMessage")->isVisible());
  interval->selectAll();
  QTest::keyClicks(interval, QStringLiteral("1ms"));
  QVERIFY(!isWrong(interval));
  QVERIFY(!desk.find<InlineMessage>("PlanMessage")->isVisible());
  QVERIFY(!desk.bar.start(text("\\q"), {desk.client}));
  QVERIFY(desk.find<InlineMessage>("PlanMessage")->text().contains(QStringLiteral("BAD_ESCAPE")));
}

QTEST_MAIN(TestSendPlanBar)
#include "tst_send_plan_bar.moc"
