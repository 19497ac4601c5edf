// sockbench-cli capabilities: its JSON, its table, and what it says to somebody without rights.
#include <unistd.h>

#include <QJsonArray>
#include <QStandardPaths>
#include <QTest>
#include <cerrno>

#include "cli_process.h"

using namespace Qt::StringLiterals;

namespace {

QJsonArray combinationsOf(const ProgramResult& result) {
  return result.exitCode == 0 ? jsonLine(result.out).value("combinations"_L1).toArray() : QJsonArray();
}

QJsonObject find(const QJsonArray& all, const QString& family, const QString& type, const QString& protocol) {
  for (const QJsonValue& one : all) {
    if (one["family"_L1] == family && one["type"_L1] == type && one["protocol"_L1] == protocol)
      return one.toObject();
  }
  return {};
}

}  // namespace

class TestCliCapabilities : public QObject {
  Q_OBJECT
 private slots:
  void eachRowIsWhole();
  void everybodyHasTheOrdinaryOnes_data();
  void everybodyHasTheOrdinaryOnes();
  void withoutTheRightItNamesTheCommand_data();
  void withoutTheRightItNamesTheCommand();
  void isATableForPeople();
  void refusesWhatItDoesNotKnow();
};

void TestCliCapabilities::eachRowIsWhole() {
  const QJsonArray all = combinationsOf(runCli({u"capabilities"_s, u"--json"_s}));
  QVERIFY(all.size() > 150);
  for (const QJsonValue& one : all) {
    QVERIFY(one["family"_L1].isString() && one["type"_L1].isString() && one["protocol"_L1].isString());
    QVERIFY(one["supported"_L1].isBool());
    const bool supported = one["supported"_L1].toBool();
    QCOMPARE(one["error"_L1].isNull(), supported);
    QCOMPARE(one["needs"_L1].isNull(), supported);
    if (supported) continue;
    QCOMPARE(one["error"_L1]["domain"_L1], u"errno"_s);
    QVERIFY(one["error"_L1]["code"_L1].toInt() > 0);
  }
}

void TestCliCapabilities::everybodyHasTheOrdinaryOnes_data() {
  QTest::addColumn<QString>("family");
  QTest::addColumn<QString>("type");
  QTest::addColumn<QString>("protocol");
  QTest::newRow("TCP") << u"AF_INET"_s << u"SOCK_STREAM"_s << u"IPPROTO_TCP"_s;
  QTest::newRow("UDP") << u"AF_INET"_s << u"SOCK_DGRAM"_s << u"IPPROTO_UDP"_s;
  QTest::newRow("local stream") << u"AF_UNIX"_s << u"SOCK_STREAM"_s << u"0"_s;
  QTest::newRow("local records") << u"AF_UNIX"_s << u"SOCK_SEQPACKET"_s << u"0"_s;
  QTest::newRow("routes") << u"AF_NETLINK"_s << u"SOCK_RAW"_s << u"NETLINK_ROUTE"_s;
}

void TestCliCapabilities::everybodyHasTheOrdinaryOnes() {
  QFETCH(QString, family);
  QFETCH(QString, type);
  QFETCH(QString, protocol);
  const QJsonArray all = combinationsOf(runCli({u"capabilities"_s, u"--json"_s}));
  QCOMPARE(find(all, family, type, protocol)["supported"_L1], true);
}

void TestCliCapabilities::withoutTheRightItNamesTheCommand_data() {
  QTest::addColumn<QStringList>("without");  // what to run it under
  QTest::addColumn<QString>("part");
  QTest::newRow("an ordinary user") << QStringList{u"--reuid=65534"_s, u"--regid=65534"_s,
                                                   u"--clear-groups"_s}
                                    << u"grant it: sudo setcap cap_net_raw+ep /"_s;
  QTest::newRow("root of a container without it")
      << QStringList{u"--inh-caps=-net_raw"_s, u"--bounding-set=-net_raw"_s} << u"--cap-add=NET_RAW"_s;
}

void TestCliCapabilities::withoutTheRightItNamesTheCommand() {
  QFETCH(QStringList, without);
  QFETCH(QString, part);
  const QString setpriv = QStandardPaths::findExecutable(u"setpriv"_s);
  if (setpriv.isEmpty()) QSKIP("setpriv (util-linux) is not installed");
  if (geteuid() != 0) QSKIP("only root can give rights away");
  const ProgramResult result = runProgram(
      setpriv, without + QStringList{QStringLiteral(SOCKBENCH_CLI), u"capabilities"_s, u"--json"_s});
  if (result.exitCode == 127 || result.exitCode == 126) QSKIP("another user may not start the program here");
  const QJsonArray all = combinationsOf(result);
  for (const auto& [family, type, protocol] : {std::tuple(u"AF_INET"_s, u"SOCK_RAW"_s, u"IPPROTO_ICMP"_s),
                                               std::tuple(u"AF_INET"_s, u"SOCK_RAW"_s, u"IPPROTO_RAW"_s),
                                               std::tuple(u"AF_INET6"_s, u"SOCK_RAW"_s, u"IPPROTO_ICMPV6"_s),
                                               std::tuple(u"AF_PACKET"_s, u"SOCK_RAW"_s, u"ETH_P_ALL"_s)}) {
    const QJsonObject raw = find(all, family, type, protocol);
    QCOMPARE(raw["supported"_L1], false);
    QCOMPARE(raw["state"_L1], u"forbidden"_s);
    QCOMPARE(raw["error"_L1]["symbol"_L1], u"EPERM"_s);
    QVERIFY2(raw["needs"_L1].toString().contains(part), qPrintable(raw["needs"_L1].toString()));
    QVERIFY(raw["error"_L1]["hint"_L1].toString().contains(part));
  }
  // The right is asked for before the type: what no Linux has stays that.
  QCOMPARE(find(all, u"AF_PACKET"_s, u"SOCK_STREAM"_s, u"ETH_P_ALL"_s)["state"_L1], u"nonexistent"_s);
}

void TestCliCapabilities::isATableForPeople() {
  const ProgramResult sensible = runCli({u"capabilities"_s});
  QCOMPARE(sensible.exitCode, 0);
  QVERIFY(sensible.out.startsWith("FAMILY"));
  QVERIFY(sensible.out.contains("IPPROTO_TCP"));
  QVERIFY(!sensible.out.contains("nonexistent"));
  const ProgramResult all = runCli({u"capabilities"_s, u"--all"_s});
  QVERIFY(all.out.contains("there is no SOCK_RDM in AF_INET"));
}

void TestCliCapabilities::refusesWhatItDoesNotKnow() {
  QCOMPARE(runCli({u"capabilities"_s, u"raw"_s}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestCliCapabilities)
#include "tst_cli_capabilities.moc"
