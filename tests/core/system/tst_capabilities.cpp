// The kinds of socket, tried by us and by Python's socket module.
#include "core/system/capabilities.h"

#include <sys/socket.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cerrno>
#include <set>

#include "core/system/capability_needs.h"

using namespace sockbench;

namespace {

QByteArray nameOf(const SocketCombination& kind) {
  return QByteArray::fromStdString(std::string(kind.family->name) + " " +
                                   std::string(socketTypeConstant(kind.type)) + " " + kind.protocolText());
}

QByteArray lineOf(const SocketCombination& kind) {
  QByteArray line = QByteArray::number(kind.family->number) + ' ' + QByteArray::number(kind.type) + ' ' +
                    QByteArray::number(kind.protocol->number);
  if (kind.trial != FurtherTrial::none) line += ' ' + QByteArray::fromStdString(kind.protocolText());
  return line + '\n';
}

SocketCombination combinationOf(int family, int type, std::string_view protocol) {
  const auto all = socketCombinations();
  const auto found = std::ranges::find_if(all, [&](const SocketCombination& kind) {
    return kind.family->number == family && kind.type == type && kind.protocolText() == protocol;
  });
  return found == all.end() ? all.front() : *found;
}

}  // namespace

class TestCapabilities : public QObject {
  Q_OBJECT
 private slots:
  void answersAsPythonDoes();
  void triesEachKindOnce();
  void hasWhatIsAskedForByName_data();
  void hasWhatIsAskedForByName();
  void saysWhatItTakes_data();
  void saysWhatItTakes();
  void aShortageIsNotTheKindsFault();
  void findsAModule_data();
  void findsAModule();
  void saysHowToHaveAModule_data();
  void saysHowToHaveAModule();
};

void TestCapabilities::answersAsPythonDoes() {
  const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
  if (python.isEmpty()) QSKIP("python3 is not installed");
  const std::vector<Capability> tried = tryCapabilities();
  QByteArray asked;
  for (const Capability& capability : tried) asked += lineOf(capability.combination);
  QProcess oracle;
  oracle.start(python, {QStringLiteral(SOCKBENCH_SOCKET_ORACLE)});
  QVERIFY(oracle.waitForStarted());
  oracle.write(asked);
  oracle.closeWriteChannel();
  QVERIFY(oracle.waitForFinished());
  QList<QByteArray> answers = oracle.readAllStandardOutput().split('\n');
  QCOMPARE(answers.size(), qsizetype(tried.size()) + 1);
  for (std::size_t i = 0; i < tried.size(); ++i) {
    const int code = tried[i].error ? tried[i].error->code : 0;
    QVERIFY2(code == answers[qsizetype(i)].toInt(), nameOf(tried[i].combination) + ": " +
                                                        QByteArray::number(code) + " here, Python says " +
                                                        answers[qsizetype(i)]);
    QCOMPARE(tried[i].supported(), code == 0);
    QCOMPARE(tried[i].needs.empty(), code == 0);
  }
}

void TestCapabilities::triesEachKindOnce() {
  std::set<QByteArray> names;
  for (const SocketCombination& kind : socketCombinations()) {
    QVERIFY2(names.insert(nameOf(kind)).second, nameOf(kind));
    QVERIFY2(!kind.purpose().empty(), nameOf(kind));
  }
}

void TestCapabilities::hasWhatIsAskedForByName_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<bool>("exists");
  const auto row = [](const char* name, bool exists) { QTest::newRow(name) << QByteArray(name) << exists; };
  row("AF_INET SOCK_STREAM IPPROTO_TCP", true);
  row("AF_INET SOCK_STREAM IPPROTO_UDP", false);
  row("AF_INET SOCK_SEQPACKET IPPROTO_SCTP", true);
  row("AF_INET SOCK_DCCP IPPROTO_DCCP", true);
  row("AF_INET SOCK_STREAM IPPROTO_MPTCP", true);
  row("AF_INET SOCK_RAW IPPROTO_RAW", true);
  row("AF_INET SOCK_RAW IPPROTO_IGMP", true);
  row("AF_INET SOCK_RDM 0", false);
  row("AF_INET6 SOCK_DGRAM IPPROTO_ICMPV6", true);
  row("AF_UNIX SOCK_SEQPACKET 0", true);
  row("AF_CAN SOCK_RAW CAN_RAW", true);
  row("AF_CAN SOCK_DGRAM CAN_BCM", true);
  row("AF_CAN SOCK_DGRAM CAN_ISOTP", true);
  row("AF_CAN SOCK_DGRAM CAN_J1939", true);
  row("AF_CAN SOCK_STREAM CAN_RAW", false);
  row("AF_PACKET SOCK_RAW ETH_P_ALL", true);
  row("AF_NETLINK SOCK_RAW NETLINK_ROUTE", true);
  row("AF_NETLINK SOCK_DGRAM NETLINK_SOCK_DIAG", true);
  row("AF_NETLINK SOCK_DGRAM NETLINK_GENERIC", true);
  row("AF_VSOCK SOCK_STREAM loopback", true);
  row("AF_TIPC SOCK_RDM 0", true);
  row("AF_ALG SOCK_SEQPACKET hash sha256", true);
  row("AF_ALG SOCK_SEQPACKET skcipher cbc(aes)", true);
}

void TestCapabilities::hasWhatIsAskedForByName() {
  QFETCH(QByteArray, name);
  const auto all = socketCombinations();
  const auto found = std::ranges::find(all, name, nameOf);
  QVERIFY(found != all.end());
  QTEST(found->exists, "exists");
}

void TestCapabilities::saysWhatItTakes_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("type");
  QTest::addColumn<QByteArray>("protocol");
  QTest::addColumn<int>("state");
  QTest::addColumn<int>("code");
  QTest::addColumn<QByteArray>("part");
  const auto row = [](const char* name, int family, int type, const char* protocol, CapabilityState state,
                      int code, const char* part) {
    QTest::newRow(name) << family << type << QByteArray(protocol) << static_cast<int>(state) << code
                        << QByteArray(part);
  };
  using enum CapabilityState;
  row("a raw socket without the right", AF_INET, SOCK_RAW, "IPPROTO_ICMP", forbidden, EPERM, "CAP_NET_RAW");
  row("the command that grants it", AF_INET6, SOCK_RAW, "IPPROTO_ICMPV6", forbidden, EPERM,
      "sudo setcap cap_net_raw+ep /");
  row("packets without the right", AF_PACKET, SOCK_RAW, "ETH_P_ALL", forbidden, EPERM, "CAP_NET_RAW");
  row("ping outside of the groups", AF_INET, SOCK_DGRAM, "IPPROTO_ICMP", forbidden, EACCES,
      "sudo sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"");
  row("a sandbox", AF_VSOCK, SOCK_STREAM, "0", forbidden, EPERM, "seccomp");
  row("no such module: the protocol's", AF_CAN, SOCK_RAW, "CAN_RAW", missing, EAFNOSUPPORT, "can_raw");
  row("no such module: the family's", AF_TIPC, SOCK_RDM, "0", missing, EAFNOSUPPORT, "tipc");
  row("no such algorithm", AF_ALG, SOCK_SEQPACKET, "hash sha256", missing, ENOENT, "algif_hash");
  row("no loopback among virtual machines", AF_VSOCK, SOCK_STREAM, "loopback", missing, EADDRNOTAVAIL,
      "vsock_loopback");
  row("datagrams among virtual machines", AF_VSOCK, SOCK_DGRAM, "0", missing, ENODEV, "VMware");
  row("switched off", AF_INET, SOCK_STREAM, "IPPROTO_MPTCP", missing, ENOPROTOOPT, "net.mptcp.enabled=1");
  row("removed from Linux", AF_INET, SOCK_DCCP, "IPPROTO_DCCP", missing, ESOCKTNOSUPPORT, "6.16");
  row("a type of another family", AF_INET, SOCK_RDM, "0", nonexistent, ESOCKTNOSUPPORT,
      "there is no SOCK_RDM in AF_INET; its types are SOCK_STREAM, SOCK_DGRAM");
  row("a protocol of another type", AF_INET, SOCK_DGRAM, "IPPROTO_TCP", nonexistent, EPROTONOSUPPORT,
      "IPPROTO_TCP does not go with SOCK_DGRAM; in AF_INET it goes with SOCK_STREAM and SOCK_RAW");
  row("a raw socket of no protocol", AF_INET, SOCK_RAW, "0", nonexistent, EPROTONOSUPPORT, "must name");
}

void TestCapabilities::saysWhatItTakes() {
  QFETCH(int, family);
  QFETCH(int, type);
  QFETCH(QByteArray, protocol);
  QFETCH(int, state);
  QFETCH(int, code);
  QFETCH(QByteArray, part);
  const SocketCombination kind = combinationOf(family, type, protocol.toStdString());
  QCOMPARE(kind.family->number, family);
  const QByteArray needs = QByteArray::fromStdString(
      capabilityNeeds(kind, static_cast<CapabilityState>(state), Error::fromErrno(Operation::socket, code)));
  QVERIFY2(needs.contains(part), needs.constData());
}

void TestCapabilities::aShortageIsNotTheKindsFault() {
  const SocketCombination tcp = combinationOf(AF_INET, SOCK_STREAM, "IPPROTO_TCP");
  const Error error = Error::fromErrno(Operation::socket, EMFILE);
  QCOMPARE(capabilityNeeds(tcp, CapabilityState::missing, error), error.hint());
}

void TestCapabilities::findsAModule_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<int>("state");
  QTest::newRow("there") << QByteArray("can_raw") << static_cast<int>(ModuleState::loadable);
  QTest::newRow("with the other dash") << QByteArray("can-raw") << static_cast<int>(ModuleState::loadable);
  QTest::newRow("only needed by another") << QByteArray("can") << static_cast<int>(ModuleState::missing);
  QTest::newRow("not there") << QByteArray("tipc") << static_cast<int>(ModuleState::missing);
  QTest::newRow("the beginning of another") << QByteArray("can_ra") << static_cast<int>(ModuleState::missing);
}

void TestCapabilities::findsAModule() {
  QFETCH(QByteArray, name);
  QTemporaryDir folder;
  QFile list(folder.filePath(QStringLiteral("modules.dep")));
  QVERIFY(list.open(QIODevice::WriteOnly));
  list.write("kernel/net/can/can-raw.ko.xz: kernel/net/can/can.ko.xz\nkernel/net/sctp/sctp.ko:\n\n");
  list.close();
  const ModuleState state = moduleState(name.toStdString(), folder.path().toStdString());
  QTEST(static_cast<int>(state), "state");
}

void TestCapabilities::saysHowToHaveAModule_data() {
  QTest::addColumn<int>("state");
  QTest::addColumn<QByteArray>("part");
  QTest::newRow("loadable") << static_cast<int>(ModuleState::loadable) << QByteArray("sudo modprobe can_raw");
  QTest::newRow("not installed") << static_cast<int>(ModuleState::missing)
                                 << QByteArray("not installed for 6.1.0-9");
  QTest::newRow("no modules at all") << static_cast<int>(ModuleState::noModules)
                                     << QByteArray("CONFIG_CAN_RAW");
}

void TestCapabilities::saysHowToHaveAModule() {
  QFETCH(int, state);
  QFETCH(QByteArray, part);
  const std::string needs =
      moduleNeeds("can_raw", "CONFIG_CAN_RAW", static_cast<ModuleState>(state), "6.1.0-9");
  QVERIFY2(QByteArray::fromStdString(needs).contains(part), needs.c_str());
}

QTEST_GUILESS_MAIN(TestCapabilities)
#include "tst_capabilities.moc"
