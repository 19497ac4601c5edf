// What the kernel tells of interfaces, in a network of the test's own: the watch, what has changed, and that
// iproute2 sees the same.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTest>
#include <atomic>
#include <filesystem>
#include <memory>

#include "core/resolve/interface_changes.h"
#include "core/resolve/interface_watch.h"
#include "tests/core/net/own_network.h"

using namespace sockbench;

namespace {

using What = InterfaceChange::What;

QString s(const char* text) {
  return QString::fromUtf8(text);
}

QString words(const InterfaceChange& change) {
  static const char* const kNames[] = {
      "added",         "removed",         "renamed",        "up", "down", "flags", "mtu", "mac",
      "address added", "address removed", "address changed"};
  QStringList parts{QString::fromStdString(change.name), s(kNames[static_cast<int>(change.what)])};
  for (const std::string& part : {change.from, change.to})
    if (!part.empty() && change.what != What::flags && change.what != What::mac)
      parts += QString::fromStdString(part);
  return parts.join(QLatin1Char(' '));
}

QStringList wordsOf(const std::vector<InterfaceChange>& changes) {
  QStringList all;
  for (const InterfaceChange& change : changes) all += words(change);
  return all;
}

std::vector<NetworkInterface> now() {
  return networkInterfaces().value();
}

std::size_t descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// `ip -j`'s answer.
QJsonArray ip(const QString& arguments) {
  QProcess process;
  process.start(s("/bin/sh"), {s("-c"), s("PATH=$PATH:/usr/sbin:/sbin; ip -j ") + arguments});
  process.waitForFinished(20000);
  return QJsonDocument::fromJson(process.readAllStandardOutput()).array();
}

}  // namespace

class TestInterfaceWatch : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void tells_data();
  void tells();
  void whatChanged_data();
  void whatChanged();
  void agreesWithIproute();
  void flagsHaveNames();
  void stopsFromAnyThreadAndLeavesNothing();
  void aStormIsSurvived();
  void cleanupTestCase() { network_.reset(); }

 private:
  bool run(const QString& line) { return fixture::OwnNetwork::run(line); }
  std::unique_ptr<fixture::OwnNetwork> network_;
  bool hasWire_ = false;
};

// A veth pair, one end of which the tests change.
void TestInterfaceWatch::initTestCase() {
  network_ = std::make_unique<fixture::OwnNetwork>();
  hasWire_ = network_->isThere() && run(s("ip link add wire type veth peer name far"));
}

void TestInterfaceWatch::tells_data() {
  QTest::addColumn<QString>("command");
  QTest::addColumn<QString>("undo");
  QTest::addColumn<QString>("told");
  const auto row = [](const char* name, const char* command, const char* undo, const char* told) {
    QTest::newRow(name) << s(command) << s(undo) << s(told);
  };
  row("an address comes", "ip address add 192.0.2.7/24 dev wire", "ip address del 192.0.2.7/24 dev wire",
      "wire address added 192.0.2.7/24");
  row("an IPv6 address comes", "ip -6 address add 2001:db8::7/64 dev wire nodad",
      "ip -6 address del 2001:db8::7/64 dev wire", "wire address added 2001:db8::7/64");
  row("an interface comes", "ip link add name br7 type bridge", "ip link del br7", "br7 added");
  row("an interface comes up", "ip link set wire up", "ip link set wire down", "wire up");
  row("the MTU changes", "ip link set wire mtu 1280", "ip link set wire mtu 1500", "wire mtu 1500 1280");
  row("another name", "ip link set wire name cord", "ip link set cord name wire", "cord renamed wire cord");
  row("another hardware address", "ip link set wire address 02:00:00:00:00:77",
      "ip link set wire address 02:00:00:00:00:78", "wire mac");
  row("another flag", "ip link set wire promisc on", "ip link set wire promisc off", "wire flags");
}

void TestInterfaceWatch::tells() {
  if (!hasWire_) QSKIP("a network of one's own, with a veth, needs root");
  QFETCH(QString, command);
  QFETCH(QString, undo);
  QFETCH(QString, told);
  const std::vector<NetworkInterface> before = now();
  std::atomic<int> calls{0};
  const auto watch = InterfaceWatch::begin([&](const Result<void>& news) { calls += news ? 1 : 0; });
  QVERIFY(watch);
  QVERIFY(run(command));
  QTRY_VERIFY(calls > 0);
  QTRY_VERIFY2(wordsOf(interfaceChanges(before, now())).contains(told),
               qPrintable(wordsOf(interfaceChanges(before, now())).join(s("; "))));
  const int soFar = calls;
  QVERIFY(run(undo));
  QTRY_VERIFY(calls > soFar);
}

void TestInterfaceWatch::whatChanged_data() {
  QTest::addColumn<QStringList>("told");
  QTest::addColumn<int>("step");
  QTest::newRow("nothing") << QStringList{} << 0;
  QTest::newRow("gone") << QStringList{s("eth0 removed")} << 1;
  QTest::newRow("an address goes and another comes")
      << QStringList{s("eth0 address added 192.0.2.2/24"), s("eth0 address removed 192.0.2.1/24")} << 2;
  QTest::newRow("the same address with another prefix")
      << QStringList{s("eth0 address added 192.0.2.1/16"), s("eth0 address removed 192.0.2.1/24")} << 3;
  QTest::newRow("an address is deprecated") << QStringList{s("eth0 address changed 192.0.2.1/24")} << 4;
  QTest::newRow("several at once") << QStringList{s("wan0 renamed eth0 wan0"), s("wan0 down"),
                                                  s("wan0 mtu 1500 9000"), s("eth1 added")}
                                   << 5;
}

void TestInterfaceWatch::whatChanged() {
  QFETCH(int, step);
  NetworkInterface eth0{
      .index = 2, .name = "eth0", .flags = 1, .up = true, .mtu = 1500, .mac = {}, .addresses = {}};
  eth0.addresses.push_back({.address = SocketAddress::fromIp("192.0.2.1", 0).value(), .prefix = 24});
  NetworkInterface after = eth0;
  std::vector<NetworkInterface> all;
  if (step == 2) after.addresses[0].address = SocketAddress::fromIp("192.0.2.2", 0).value();
  if (step == 3) after.addresses[0].prefix = 16;
  if (step == 4) after.addresses[0].flags = 0x20;
  if (step == 5) {
    after.name = "wan0";
    after.up = false;
    after.flags = 0;
    after.mtu = 9000;
  }
  if (step != 1) all.push_back(after);
  if (step == 5) all.push_back({.index = 3, .name = "eth1", .mac = {}, .addresses = {}});
  QTEST(wordsOf(interfaceChanges({eth0}, all)), "told");
}

void TestInterfaceWatch::agreesWithIproute() {
  if (!hasWire_) QSKIP("a network of one's own, with a veth, needs root");
  QVERIFY(
      run(s("ip link add tap9 type bridge && ip link set tap9 mtu 1400 up && ip link set wire up && "
            "ip address add 198.51.100.1/28 broadcast + dev tap9 && "
            "ip address add 198.51.100.2/28 dev tap9 && "
            "ip address add 10.9.9.1 peer 10.9.9.2/32 dev tap9 && "
            "ip -6 address add 2001:db8:9::1/64 dev tap9 nodad preferred_lft 0")));
  const QJsonArray theirs = ip(s("-d address"));
  const std::vector<NetworkInterface> ours = now();
  QCOMPARE(static_cast<qsizetype>(ours.size()), theirs.size());
  for (const QJsonValue& value : theirs) {
    const QJsonObject link = value.toObject();
    const auto found =
        std::ranges::find(ours, static_cast<unsigned>(link[s("ifindex")].toInt()), &NetworkInterface::index);
    QVERIFY(found != ours.end());
    QCOMPARE(QString::fromStdString(found->name), link[s("ifname")].toString());
    QCOMPARE(found->mtu, link[s("mtu")].toInt());
    QCOMPARE(QString::fromStdString(found->mac), link[s("address")].toString());
    if (const QJsonObject info = link[s("linkinfo")].toObject(); info.contains(s("info_kind")))
      QCOMPARE(QString::fromStdString(found->kind), info[s("info_kind")].toString());
    QSet<QString> flags;
    for (const std::string_view name : interfaceFlagNames(found->flags))
      if (name != "running") flags += QString::fromUtf8(name.data()).toUpper();
    QSet<QString> theirFlags;
    for (const QJsonValue& flag : link[s("flags")].toArray())
      if (flag.toString() != s("NO-CARRIER") && flag.toString() != s("M-DOWN")) theirFlags += flag.toString();
    QCOMPARE(flags, theirFlags);
    const QJsonArray addresses = link[s("addr_info")].toArray();
    QCOMPARE(static_cast<qsizetype>(found->addresses.size()), addresses.size());
    for (qsizetype i = 0; i < addresses.size(); ++i) {
      const QJsonObject address = addresses[i].toObject();
      const InterfaceAddress& own = found->addresses[static_cast<std::size_t>(i)];
      QString text = QString::fromStdString(own.address.ip());
      QCOMPARE(text.section(QLatin1Char('%'), 0, 0), address[s("local")].toString());
      QCOMPARE(own.prefix, address[s("prefixlen")].toInt());
      QCOMPARE(QString::fromStdString(own.broadcast), address[s("broadcast")].toString());
      QCOMPARE(QString::fromStdString(own.peer), address[s("address")].toString());
      const auto names = addressFlagNames(own);
      for (const char* flag : {"secondary", "deprecated", "tentative"})
        QCOMPARE(std::ranges::count(names, flag) == 1, address[s(flag)].toBool());
    }
  }
  QVERIFY(run(s("ip link del tap9")));
}

void TestInterfaceWatch::flagsHaveNames() {
  QCOMPARE(interfaceFlagNames(0).size(), 0u);
  const auto names = interfaceFlagNames(0x1 | 0x8 | 0x10000);
  QCOMPARE(names, (std::vector<std::string_view>{"up", "loopback", "lower_up"}));
}

void TestInterfaceWatch::stopsFromAnyThreadAndLeavesNothing() {
  {
    QVERIFY(InterfaceWatch::begin([](const Result<void>&) {}));
  }
  const std::size_t before = descriptors();
  for (int i = 0; i < 100; ++i) {
    auto watch = InterfaceWatch::begin([](const Result<void>&) {});
    QVERIFY(watch);
    std::thread([one = std::move(*watch)]() mutable { one.reset(); }).join();
  }
  QCOMPARE(descriptors(), before);
}

// More news than a socket holds while its reader is busy.
void TestInterfaceWatch::aStormIsSurvived() {
  if (!hasWire_) QSKIP("a network of one's own, with a veth, needs root");
  std::atomic<bool> busy{true};
  std::atomic<int> calls{0};
  std::atomic<int> faults{0};
  const auto watch = InterfaceWatch::begin([&](const Result<void>& news) {
    ++calls;
    faults += news ? 0 : 1;
    while (busy) std::this_thread::yield();
  });
  QVERIFY(watch);
  QVERIFY(
      run(s("i=0; while [ $i -lt 2000 ]; do echo link set wire mtu $((1300 + i % 2)); i=$((i+1)); done | ip "
            "-batch -")));
  QTRY_VERIFY(calls > 0);
  const int soFar = calls;
  busy = false;
  QTRY_VERIFY(calls > soFar);
  QCOMPARE(faults.load(), 0);
  const int quiet = calls;
  QVERIFY(run(s("ip link set wire mtu 1500")));
  QTRY_VERIFY(calls > quiet);
}

QTEST_GUILESS_MAIN(TestInterfaceWatch)
#include "tst_interface_watch.moc"
