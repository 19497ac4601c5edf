// Datagrams from the command line: where they came, who refused them, how many may wait, how long a peer
// stays.
#include <signal.h>

#include <QTest>
#include <QUdpSocket>

#include "live_program.h"

using namespace sockbench::test;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

QString deadEndpoint() {
  QUdpSocket socket;
  socket.bind(QHostAddress::LocalHost, 0);
  return s("udp://127.0.0.1:") + QString::number(socket.localPort());
}

int sumOfDrops(const JsonRun& cli) {
  int sum = 0;
  for (const QJsonObject& record : cli.all(s("dropped"))) sum += record.value(s("count")).toInt();
  return sum;
}

}  // namespace

class TstCliDatagrams : public QObject {
  Q_OBJECT
 private slots:
  void tellsWhereTheyCame();
  void tellsWhoRefused();
  void tellsPeopleWhoRefused();
  void countsWhatASmallBufferDrops();
  void closesQuietPeers();
  void mayWaitForEver();
};

void TstCliDatagrams::tellsWhereTheyCame() {
  JsonRun cli({s("listen"), s("udp://0.0.0.0:0"), s("--respond"), s("echo")});
  QUdpSocket peer;
  peer.writeDatagram("where?", QHostAddress(s("127.0.0.7")), static_cast<quint16>(cli.port()));
  for (const char* kind : {"in", "out"}) {
    const QJsonObject record = cli.waitFor(s(kind));
    QCOMPARE(record.value(s("interface")).toString(), s("lo"));
    QCOMPARE(record.value(s("local")).toString(), s("127.0.0.7:%1").arg(cli.port()));
  }
  QVERIFY(!cli.waitFor(s("accepted")).contains(s("interface")));
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
}

void TstCliDatagrams::tellsWhoRefused() {
  JsonRun cli({s("connect"), deadEndpoint(), s("--send"), s("anybody?")});
  const QJsonObject record = cli.waitFor(s("error"));
  QCOMPARE(record.value(s("offender")).toString(), s("127.0.0.1"));
  QCOMPARE(record.value(s("detail")).toString(), s("port unreachable, told by 127.0.0.1"));
  QCOMPARE(record.value(s("error")).toObject().value(s("symbol")).toString(), s("ECONNREFUSED"));
  cli.signal(SIGTERM);
  cli.waitForExit();
  QCOMPARE(cli.complaint(), QString());
}

void TstCliDatagrams::tellsPeopleWhoRefused() {
  Program cli(cliPath(), {s("connect"), deadEndpoint(), s("--send"), s("anybody?")});
  QVERIFY(cli.waitForText("(port unreachable, told by 127.0.0.1)"));
  cli.signal(SIGTERM);
  cli.waitForExit();
}

void TstCliDatagrams::countsWhatASmallBufferDrops() {
  JsonRun cli({s("listen"), s("udp://127.0.0.1:0"), s("--receive-buffer"), s("4096")});
  const auto port = static_cast<quint16>(cli.port());
  QUdpSocket peer;
  constexpr int kSent = 5000;
  for (int i = 0; i < kSent; ++i) peer.writeDatagram(QByteArray(500, 'x'), QHostAddress::LocalHost, port);
  cli.signal(SIGTERM);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.complaint(), QString());
  QVERIFY(sumOfDrops(cli) > 0);
  QCOMPARE(static_cast<int>(cli.all(s("in")).size()) + sumOfDrops(cli), kSent);
  QCOMPARE(cli.summary().value(s("dropped")).toInt(), sumOfDrops(cli));
}

void TstCliDatagrams::closesQuietPeers() {
  JsonRun cli({s("listen"), s("udp://127.0.0.1:0"), s("--peer-idle"), s("0.2")});
  QUdpSocket peer;
  peer.writeDatagram("hello", QHostAddress::LocalHost, static_cast<quint16>(cli.port()));
  const QJsonObject closed = cli.waitFor(s("closed"));
  QCOMPARE(closed.value(s("detail")).toString(), s("idle for 0.2 s"));
  QCOMPARE(closed.value(s("by")).toString(), s("us"));
}

void TstCliDatagrams::mayWaitForEver() {
  JsonRun cli({s("listen"), s("udp://127.0.0.1:0"), s("--peer-idle"), s("0"), s("--count"), s("2")});
  QUdpSocket peer;
  for (int i = 0; i < 2; ++i)
    peer.writeDatagram("hello", QHostAddress::LocalHost, static_cast<quint16>(cli.port()));
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.all(s("accepted")).size(), 1);
}

QTEST_GUILESS_MAIN(TstCliDatagrams)
#include "tst_cli_datagrams.moc"
