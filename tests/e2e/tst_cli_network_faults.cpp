// What a network does to a connection, between two namespaces of this machine's own: hosts that are not
// there, firewalls, cables that are pulled, packets that are lost.
#include <signal.h>

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <optional>
#include <thread>

#include "core/engine/engine.h"
#include "file_digest.h"
#include "live_program.h"
#include "network_namespaces.h"

using namespace sockbench::test;

namespace {

constexpr int kBytes = 1'000'000;
constexpr int kDatagrams = 500;

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// Echoes one connection to port 7.
const QByteArray kPythonEcho =
    "server = create_server(('', 7))\n"
    "print('ready')\n"
    "peer, _ = server.accept()\n"
    "while data := peer.recv(65536):\n"
    "    peer.sendall(data)\n";

const QByteArray kPythonDatagrams =
    "peer = socket(AF_INET, SOCK_DGRAM)\n"
    "peer.connect((sys.argv[1], int(sys.argv[2])))\n"
    "for i in range(int(sys.argv[3])):\n"
    "    peer.send(b'%d' % i)\n"
    "    time.sleep(0.0002)\n"
    "print('sent')\n";

}  // namespace

class TstCliNetworkFaults : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void cleanup() { net_.reset(); }
  void tellsWhyThereIsNoConnection_data();
  void tellsWhyThereIsNoConnection();
  void tellsThatTheCableWasPulled();
  void losesNothingWherePacketsAreLost();
  void seesWhatWasSentAgain();
  void countsDatagramsThatTheNetworkLost();

 private:
  std::unique_ptr<Program> startEcho();
  QString endpoint(int port) const { return s("tcp://%1:%2").arg(net_->addressThere()).arg(port); }
  QString file(const char* name) const { return folder_.filePath(s(name)); }

  QTemporaryDir folder_;
  std::unique_ptr<NetworkNamespaces> net_;
};

void TstCliNetworkFaults::init() {
  net_ = std::make_unique<NetworkNamespaces>();
  if (!net_->missing().isEmpty()) QSKIP(qPrintable(net_->missing()));
}

std::unique_ptr<Program> TstCliNetworkFaults::startEcho() {
  const QStringList command = net_->there(QStringList{tool("python3")} + pythonArguments(kPythonEcho));
  auto echo = std::make_unique<Program>(command.first(), command.mid(1));
  return echo->waitForText("ready\n") ? std::move(echo) : nullptr;
}

void TstCliNetworkFaults::tellsWhyThereIsNoConnection_data() {
  QTest::addColumn<QString>("host");
  QTest::addColumn<QString>("rule");
  QTest::addColumn<QString>("symbol");
  QTest::addColumn<QString>("hint");
  QTest::newRow("nobody has the address")
      << s("10.77.0.9") << QString() << s("EHOSTUNREACH") << s("no route leads");
  QTest::newRow("no route") << s("192.0.2.1") << QString() << s("ENETUNREACH")
                            << s("no route to the network");
  QTest::newRow("packets vanish") << s("10.77.0.2") << s("tcp dport 7 drop") << s("ETIMEDOUT") << QString();
  QTest::newRow("nobody listens") << s("10.77.0.2") << QString() << s("ECONNREFUSED") << s("nothing listens");
  QTest::newRow("a firewall resets") << s("10.77.0.2") << s("tcp dport 7 reject with tcp reset")
                                     << s("ECONNREFUSED") << s("nothing listens");
  QTest::newRow("a firewall forbids")
      << s("10.77.0.2") << s("tcp dport 7 reject with icmp type admin-prohibited") << s("EHOSTUNREACH")
      << s("no route leads");
  QTest::newRow("a firewall says: no such port")
      << s("10.77.0.2") << s("tcp dport 7 reject with icmp type port-unreachable") << s("ECONNREFUSED")
      << s("nothing listens");
}

void TstCliNetworkFaults::tellsWhyThereIsNoConnection() {
  QFETCH(QString, host);
  QFETCH(QString, rule);
  QFETCH(QString, symbol);
  QFETCH(QString, hint);
  if (!rule.isEmpty() && !net_->filterThere(rule)) QSKIP("this kernel has no such nft rule");
  JsonRun cli({s("connect"), s("tcp://") + host + s(":7"), s("--timeout"), s("1")}, net_->here({}));
  QCOMPARE(cli.waitForExit(), 1);
  QCOMPARE(cli.complaint(), QString());
  const QJsonObject error = cli.waitFor(s("error")).value(s("error")).toObject();
  QCOMPARE(error.value(s("symbol")).toString(), symbol);
  QCOMPARE(error.value(s("op")).toString(), s("connect"));
  QVERIFY2(error.value(s("hint")).toString().contains(hint), qPrintable(error.value(s("hint")).toString()));
  QVERIFY(!error.value(s("hint")).toString().isEmpty());
  QVERIFY(!cli.kinds().contains(s("connected")));
}

void TstCliNetworkFaults::tellsThatTheCableWasPulled() {
  const auto echo = startEcho();
  QVERIFY(echo);
  JsonRun cli({s("connect"), endpoint(7), s("--option"), s("TCP_USER_TIMEOUT=500"), s("--stdin")},
              net_->here({}));
  cli.process().write("before\n");
  QVERIFY(!cli.waitFor(s("in")).isEmpty());
  QVERIFY(net_->linkThere(false));
  cli.process().write("after\n");
  QCOMPARE(cli.waitForExit(), 1);
  const QJsonObject error = cli.waitFor(s("error")).value(s("error")).toObject();
  QCOMPARE(error.value(s("symbol")).toString(), s("ETIMEDOUT"));
  QVERIFY2(!cli.kinds().contains(s("closed")), qPrintable(cli.kinds().join(QLatin1Char(' '))));
  QCOMPARE(cli.payload(s("in")), QByteArray("before\n"));
}

void TstCliNetworkFaults::losesNothingWherePacketsAreLost() {
  if (!net_->filterThere(s("tcp dport 7 numgen random mod 100 < 30 counter drop")))
    QSKIP("this kernel's nft makes no random numbers");
  QFile sent(file("sent"));
  QVERIFY(sent.open(QIODevice::WriteOnly));
  QRandomGenerator random(1);
  for (int i = 0; i < kBytes; ++i) sent.putChar(static_cast<char>(random.bounded(256)));
  sent.close();
  const auto echo = startEcho();
  QVERIFY(echo);
  JsonRun cli({s("connect"), endpoint(7), s("--timeout"), s("20"), s("--send-file"), sent.fileName(),
               s("--expect-bytes"), QString::number(kBytes), s("--payload"), s("none"), s("--output"),
               file("echoed")},
              net_->here({}));
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(sha256(file("echoed")), sha256(sent.fileName()));
  QCOMPARE(cli.summary().value(s("bytes_out")).toInteger(), kBytes);
  QVERIFY(net_->countedThere() > 0);
}

// TCP_INFO, taken by the engine of a connection whose packets are lost.
void TstCliNetworkFaults::seesWhatWasSentAgain() {
  if (!net_->filterThere(s("tcp dport 7 numgen random mod 100 < 30 counter drop")))
    QSKIP("this kernel's nft makes no random numbers");
  const auto echo = startEcho();
  QVERIFY(echo);
  std::optional<sockbench::SessionSnapshot> last;
  const bool moved = net_->runHere([&] {
    using namespace sockbench;
    Engine engine({.workers = 1, .log = {}, .wake = {}});
    const SessionId id = engine.connect({.endpoint = Endpoint::parse(endpoint(7).toStdString()).value(),
                                         .bind = {},
                                         .options = {},
                                         .rules = {}});
    const auto limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(kDeadlineMs);
    const auto isMissing = [&] {
      last = engine.snapshot(id);
      return last->bytesIn < kBytes || !last->tcp || last->tcp->retransmits == 0;
    };
    bool said = false;
    while (isMissing() && std::chrono::steady_clock::now() < limit) {
      if (!said && last->state == SessionState::connected) said = engine.send(id, Bytes(kBytes)).has_value();
      engine.sample({id});
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  QVERIFY(moved);
  QVERIFY(last);
  QCOMPARE(last->bytesIn, std::uint64_t{kBytes});
  QVERIFY(last->tcp && last->tcp->retransmits > 0);
}

void TstCliNetworkFaults::countsDatagramsThatTheNetworkLost() {
  if (!net_->filterThere(s("udp dport 9 numgen random mod 100 < 30 counter drop")))
    QSKIP("this kernel's nft makes no random numbers");
  JsonRun cli({s("listen"), s("udp://%1:9").arg(net_->addressThere())}, net_->there({}));
  QVERIFY(!cli.waitFor(s("listening")).isEmpty());
  const QStringList peer = net_->here(
      QStringList{tool("python3")} +
      pythonArguments(kPythonDatagrams, {net_->addressThere(), s("9"), QString::number(kDatagrams)}));
  Program sender(peer.first(), peer.mid(1));
  QVERIFY(sender.waitForText("sent\n"));
  const auto arrived = [&] { return static_cast<qint64>(cli.all(s("in")).size()); };
  QTRY_COMPARE_WITH_TIMEOUT(arrived() + net_->countedThere(), qint64{kDatagrams}, kDeadlineMs);
  QVERIFY(net_->countedThere() > 0);
  cli.signal(SIGINT);
  QCOMPARE(cli.waitForExit(), 0);
  QCOMPARE(cli.summary().value(s("bytes_in")).toInteger(), cli.payload(s("in")).size());
  QCOMPARE(cli.summary().value(s("dropped")).toInt(), 0);
}

QTEST_GUILESS_MAIN(TstCliNetworkFaults)
#include "tst_cli_network_faults.moc"
