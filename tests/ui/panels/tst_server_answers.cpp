// The Server form's answers: what each does, the limit of those that have one, and the fields of datagrams.
#include "server_desk.h"
#include "ui/panels/server/server_form.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

constexpr int kChargen = 3;
constexpr int kDaytime = 4;

// By a person: with the keyboard, so that the choice is told.
void choose(const Desk& desk, int responder) {
  auto* box = desk.find<QComboBox>("serverResponderBox");
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Home);
  for (int i = 0; i < responder; ++i) QTest::keyClick(box, Qt::Key_Down);
}

void unfold(const Desk& desk) {
  QTest::mouseClick(desk.find<QToolButton>("serverMoreButton"), Qt::LeftButton);
}

void type(QSpinBox* spin, const char* value) {
  spin->setFocus();
  spin->selectAll();
  QTest::keyClicks(spin, text(value));
  QTest::keyClick(spin, Qt::Key_Tab);
}

}  // namespace

class TestServerAnswers : public QObject {
  Q_OBJECT

 private slots:
  void eachSaysWhatItDoes_data();
  void eachSaysWhatItDoes();
  void theLimitIsThereWhereItCounts_data();
  void theLimitIsThereWhereItCounts();
  void daytimeIsServed();
  void theLimitHoldsAndChangesForLaterConnections();
  void datagramFields();
  void datagramFieldsAreRules();
  void remembersThem();
};

void TestServerAnswers::eachSaysWhatItDoes_data() {
  QTest::addColumn<QString>("caption");
  QTest::addColumn<QString>("rfc");
  const auto row = [](const char* caption, const char* rfc) {
    QTest::newRow(caption) << text(caption) << text(rfc);
  };
  row("Answer: echo", "RFC 862");
  row("Answer: discard", "RFC 863");
  row("Answer: chargen", "RFC 864");
  row("Answer: daytime", "RFC 867");
  row("Answer: time", "RFC 868");
  row("Answer: qotd", "RFC 865");
}

void TestServerAnswers::eachSaysWhatItDoes() {
  QFETCH(QString, caption);
  QFETCH(QString, rfc);
  Desk desk;
  auto* box = desk.find<QComboBox>("serverResponderBox");
  const int index = box->findText(caption);
  QVERIFY(index > 0);
  const QString sentence = box->itemData(index, Qt::ToolTipRole).toString();
  QVERIFY2(sentence.contains(rfc), qPrintable(sentence));
  box->setCurrentIndex(index);
  QVERIFY(box->toolTip().startsWith(sentence));
  QCOMPARE(box->accessibleDescription(), sentence);
}

void TestServerAnswers::theLimitIsThereWhereItCounts_data() {
  QTest::addColumn<QByteArray>("transport");
  QTest::addColumn<int>("responder");
  QTest::addColumn<bool>("there");
  QTest::newRow("by hand") << QByteArray("TCP") << 0 << false;
  QTest::newRow("echo over UDP") << QByteArray("UDP") << 1 << false;
  QTest::newRow("chargen over TCP") << QByteArray("TCP") << kChargen << true;
  QTest::newRow("chargen over UDP") << QByteArray("UDP") << kChargen << true;
  QTest::newRow("daytime over TCP: one answer") << QByteArray("TCP") << kDaytime << false;
  QTest::newRow("daytime over UDP: one a datagram") << QByteArray("UDP") << kDaytime << true;
}

void TestServerAnswers::theLimitIsThereWhereItCounts() {
  QFETCH(QByteArray, transport);
  QFETCH(int, responder);
  QFETCH(bool, there);
  Desk desk;
  desk.fill(transport.constData(), text("127.0.0.1"), text("0"));
  desk.answer(responder);
  QCOMPARE(desk.find<QSpinBox>("serverChargenRateSpin") != nullptr, there);
}

void TestServerAnswers::daytimeIsServed() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  choose(desk, kDaytime);
  const auto peer = dial(desk.start());
  QVERIFY(peer);
  QTRY_COMPARE(peer->state(), QAbstractSocket::UnconnectedState);
  QVERIFY(peer->readAll().endsWith("-UTC\r\n"));
}

void TestServerAnswers::theLimitHoldsAndChangesForLaterConnections() {
  Desk desk;
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  choose(desk, kChargen);
  auto* rate = desk.find<QSpinBox>("serverChargenRateSpin");
  QCOMPARE(rate->value(), 65536);
  type(rate, "1");
  const quint16 port = desk.start();
  const auto slow = dial(port);
  constexpr qint64 kTwoLines = 148;
  QTRY_COMPARE(slow->bytesAvailable(), kTwoLines);
  type(rate, "0");
  QCOMPARE(rate->text(), text("no limit"));
  const auto fast = dial(port);
  QTRY_VERIFY(fast->bytesAvailable() > 500'000);
  QCOMPARE(slow->bytesAvailable(), kTwoLines);
}

void TestServerAnswers::datagramFields() {
  Desk desk;
  unfold(desk);
  const auto there = [&desk](const char* name) { return desk.find<QSpinBox>(name) != nullptr; };
  for (const char* transport : {"TCP", "UDP", "UNIX stream", "UNIX datagram", "UNIX seqpacket"}) {
    desk.fill(transport, text("127.0.0.1"));
    const bool datagrams = QByteArray(transport) == "UDP" || QByteArray(transport) == "UNIX datagram";
    QCOMPARE(there("serverPeerIdleSpin"), datagrams);
    QCOMPARE(there("serverReceiveBufferSpin"), QByteArray(transport) == "UDP");
    QCOMPARE(there("serverBacklogSpin"), !datagrams);
  }
  desk.fill("UDP", text("127.0.0.1"), text("0"));
  QCOMPARE(desk.find<QSpinBox>("serverPeerIdleSpin")->value(), 300);
  QCOMPARE(desk.find<QSpinBox>("serverReceiveBufferSpin")->value(), 8 << 20);
  desk.find<QSpinBox>("serverPeerIdleSpin")->setValue(0);
  QCOMPARE(desk.find<QSpinBox>("serverPeerIdleSpin")->text(), text("never close"));
  unfold(desk);
  QVERIFY2(desk.find<QToolButton>("serverMoreButton")->text().contains(text("set")),
           "what is set is not out of mind");
  desk.fill("TCP", text("127.0.0.1"), text("0"));
  QVERIFY2(!desk.find<QToolButton>("serverMoreButton")->text().contains(text("set")),
           "a stream has no such thing");
}

void TestServerAnswers::datagramFieldsAreRules() {
  Desk desk;
  desk.fill("UDP", text("127.0.0.1"), text("0"));
  unfold(desk);
  desk.find<QSpinBox>("serverReceiveBufferSpin")->setValue(50'000);
  desk.find<QSpinBox>("serverPeerIdleSpin")->setValue(12);
  QVERIFY(desk.start() != 0);
  const SessionRules rules = desk.panel.findChild<ServerForm*>()->rules();
  QCOMPARE(rules.datagramReceiveBuffer, 50'000);
  QCOMPARE(rules.peerIdle, std::chrono::seconds(12));
  QVERIFY(!desk.find<QSpinBox>("serverReceiveBufferSpin")->isEnabled());
  QVERIFY(desk.find<QSpinBox>("serverPeerIdleSpin")->isEnabled());
}

void TestServerAnswers::remembersThem() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(text("state.ini")), QSettings::IniFormat);
  {
    Desk desk;
    desk.fill("UDP", text("127.0.0.1"), text("0"));
    desk.answer(kChargen);
    unfold(desk);
    desk.find<QSpinBox>("serverChargenRateSpin")->setValue(1234);
    desk.find<QSpinBox>("serverPeerIdleSpin")->setValue(7);
    desk.find<QSpinBox>("serverReceiveBufferSpin")->setValue(0);
    desk.panel.saveState(settings);
  }
  Desk desk;
  desk.panel.restoreState(settings);
  QCOMPARE(desk.find<QComboBox>("serverResponderBox")->currentText(), text("Answer: chargen"));
  QCOMPARE(desk.find<QSpinBox>("serverChargenRateSpin")->value(), 1234);
  QCOMPARE(desk.find<QSpinBox>("serverPeerIdleSpin")->value(), 7);
  QCOMPARE(desk.find<QSpinBox>("serverReceiveBufferSpin")->text(), text("the system's"));
}

QTEST_MAIN(TestServerAnswers)
#include "tst_server_answers.moc"
