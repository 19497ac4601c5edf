#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include "core/engine/engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/manners_tool.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// The tool before a person, and a connection from `client` to a peer of Qt's.
struct Desk {
  QTcpServer server;
  EngineBridge bridge;
  QList<SessionId> targets;
  MannersTool tool{QStringLiteral("client"), &bridge, [this] { return targets; }};
  QTcpSocket* peer = nullptr;

  Desk() {
    server.listen(QHostAddress::LocalHost, 0);
    QObject::connect(&bridge, &EngineBridge::sessionsChanged, &tool,
                     [this](const QList<SessionSnapshot>& sessions) {
                       for (const SessionSnapshot& session : sessions)
                         if (targets.contains(session.id)) tool.showSession(session);
                     });
    tool.resize(700, 300);
    tool.show();
  }
  bool open() {
    ConnectSpec spec;
    spec.endpoint = Endpoint::parse("tcp://127.0.0.1:" + std::to_string(server.serverPort())).value();
    targets = {bridge.connectTo(spec)};
    if (!QTest::qWaitFor([this] { return server.hasPendingConnections(); })) return false;
    peer = server.nextPendingConnection();
    return QTest::qWaitFor([this] { return now().state == SessionState::connected; });
  }
  SessionSnapshot now() const { return bridge.snapshot(targets.value(0)).value_or(SessionSnapshot()); }
  template <class Widget>
  Widget* find(const char* name) const {
    return tool.findChild<Widget*>(QLatin1String(name));
  }
  QString message() const { return find<InlineMessage>("clientMannersMessage")->text(); }
  void set(const char* spin, int value) const { find<QSpinBox>(spin)->setValue(value); }
};

}  // namespace

class TestMannersTool : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }
  void readingIsStoppedAndGoesOn();
  void piecesAndGapsAreSet();
  void showsWhatOthersHaveSet();
  void buffersAreSetAndAnswered();
  void anUrgentByteGoes();
  void aWrongUrgentByteIsRefused_data();
  void aWrongUrgentByteIsRefused();
  void withoutASessionItSaysSo();
  void aListenerStopsAccepting();
};

void TestMannersTool::readingIsStoppedAndGoesOn() {
  Desk desk;
  QSignalSpy remarks(&desk.tool, &MannersTool::remarkChanged);
  QVERIFY(desk.open());
  QTest::mouseClick(desk.find<QCheckBox>("clientReadingCheck"), Qt::LeftButton, {}, QPoint(8, 8));
  QTRY_VERIFY(!desk.now().manners.reading);
  QCOMPARE(remarks.last().first().toString(), QStringLiteral("1 on"));
  desk.peer->write("unread");
  desk.find<QCheckBox>("clientReadingCheck")->setChecked(true);
  QTRY_COMPARE(desk.now().bytesIn, std::uint64_t{6});
  QTRY_COMPARE(remarks.last().first().toString(), QString());
}

void TestMannersTool::piecesAndGapsAreSet() {
  Desk desk;
  QVERIFY(desk.open());
  desk.set("clientPieceBytesSpin", 1);
  desk.set("clientPieceGapSpin", 5);
  desk.set("clientGarbageSpin", 64);
  desk.find<QCheckBox>("clientNeverAnswerCheck")->setChecked(true);
  QTRY_COMPARE(desk.now().manners.garbageAfterClose, std::size_t{64});
  const Manners now = desk.now().manners;
  QCOMPARE(now.pieceBytes, std::size_t{1});
  QVERIFY(now.pieceGap == std::chrono::milliseconds(5));
  QTRY_VERIFY(desk.now().manners.neverAnswer);
}

void TestMannersTool::showsWhatOthersHaveSet() {
  Desk desk;
  QVERIFY(desk.open());
  Manners manners;
  manners.pieceBytes = 9;
  manners.reading = false;
  desk.bridge.setManners(desk.targets.first(), manners);
  QTRY_COMPARE(desk.find<QSpinBox>("clientPieceBytesSpin")->value(), 9);
  QVERIFY(!desk.find<QCheckBox>("clientReadingCheck")->isChecked());
}

void TestMannersTool::buffersAreSetAndAnswered() {
  Desk desk;
  QVERIFY(desk.open());
  desk.set("clientSendBufferSpin", 8192);
  QTest::mouseClick(desk.find<QPushButton>("clientBuffersButton"), Qt::LeftButton);
  const auto* answer = desk.find<QLabel>("clientBuffersAnswer");
  QTRY_VERIFY2(answer->text().contains(QStringLiteral("SO_SNDBUF 16384")), qPrintable(answer->text()));
  QVERIFY(answer->text().contains(QStringLiteral("SO_RCVBUF ")));
}

void TestMannersTool::anUrgentByteGoes() {
  Desk desk;
  QVERIFY(desk.open());
  desk.find<QLineEdit>("clientUrgentEdit")->setText(QStringLiteral("0x41"));
  QTest::mouseClick(desk.find<QPushButton>("clientUrgentButton"), Qt::LeftButton);
  QTRY_COMPARE(desk.now().bytesOut, std::uint64_t{1});
  QCOMPARE(desk.message(), QString());
}

void TestMannersTool::aWrongUrgentByteIsRefused_data() {
  QTest::addColumn<QString>("text");
  QTest::newRow("nothing") << "";
  QTest::newRow("two characters") << "ab";
  QTest::newRow("no hex") << "0xzz";
  QTest::newRow("beyond ASCII") << QString::fromUtf8("ä");
}

void TestMannersTool::aWrongUrgentByteIsRefused() {
  QFETCH(QString, text);
  Desk desk;
  QVERIFY(desk.open());
  desk.find<QLineEdit>("clientUrgentEdit")->setText(text);
  QTest::mouseClick(desk.find<QPushButton>("clientUrgentButton"), Qt::LeftButton);
  QVERIFY(desk.message().contains(QStringLiteral("One byte")));
}

void TestMannersTool::withoutASessionItSaysSo() {
  Desk desk;
  desk.tool.setUsable(false, QStringLiteral("Connect first"));
  auto* button = desk.find<QPushButton>("clientUrgentButton");
  QVERIFY(!button->isEnabled() && button->toolTip().contains(QStringLiteral("Connect first")));
  desk.tool.setUsable(true, {});
  QTest::mouseClick(button, Qt::LeftButton);
  QVERIFY(!desk.message().isEmpty());
}

void TestMannersTool::aListenerStopsAccepting() {
  Desk desk;
  ListenSpec spec;
  spec.endpoint = Endpoint::parse("tcp://127.0.0.1:0").value();
  const SessionId listener = desk.bridge.listen(spec);
  const auto now = [&] { return desk.bridge.snapshot(listener).value_or(SessionSnapshot()); };
  QTRY_COMPARE(now().state, SessionState::listening);
  desk.tool.addListener();
  desk.tool.setListener(listener);
  desk.tool.showListener(now());
  desk.find<QCheckBox>("clientAcceptingCheck")->setChecked(false);
  desk.set("clientAcceptDelaySpin", 7);
  desk.set("clientPieceBytesSpin", 3);
  QTRY_VERIFY(!now().manners.accepting);
  QTRY_VERIFY(now().manners.acceptDelay == std::chrono::milliseconds(7));
  QCOMPARE(now().manners.pieceBytes, std::size_t{0});
  desk.find<QCheckBox>("clientNewcomersCheck")->setChecked(true);
  QTRY_COMPARE(now().manners.pieceBytes, std::size_t{3});
}

QTEST_MAIN(TestMannersTool)
#include "tst_manners_tool.moc"
