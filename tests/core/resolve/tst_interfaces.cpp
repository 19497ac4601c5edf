// networkInterfaces against what Qt Network finds.
#include <QNetworkInterface>
#include <QtTest>
#include <algorithm>

#include "core/resolve/host_database.h"
#include "core/resolve/interfaces.h"

using namespace sockbench;

class TestInterfaces : public QObject {
  Q_OBJECT

 private slots:
  void agreeWithQt();
  void addressesAgreeWithQt();
  void loopbackIsThere();
};

namespace {

// A line for each interface.
QStringList ours(const std::vector<NetworkInterface>& interfaces) {
  QStringList lines;
  for (const NetworkInterface& i : interfaces) {
    lines << QStringLiteral("%1 %2 up=%3 loopback=%4 multicast=%5 mtu=%6 mac=%7")
                 .arg(i.index)
                 .arg(QString::fromStdString(i.name))
                 .arg(i.up)
                 .arg(i.loopback)
                 .arg(i.multicast)
                 .arg(i.mtu)
                 .arg(QString::fromStdString(i.mac));
  }
  return lines;
}

QStringList theirs() {
  QStringList lines;
  QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
  std::ranges::sort(interfaces, {}, &QNetworkInterface::index);
  for (const QNetworkInterface& i : interfaces) {
    lines << QStringLiteral("%1 %2 up=%3 loopback=%4 multicast=%5 mtu=%6 mac=%7")
                 .arg(i.index())
                 .arg(i.name())
                 .arg(i.flags().testFlag(QNetworkInterface::IsUp))
                 .arg(i.flags().testFlag(QNetworkInterface::IsLoopBack))
                 .arg(i.flags().testFlag(QNetworkInterface::CanMulticast))
                 .arg(i.maximumTransmissionUnit())
                 .arg(i.hardwareAddress().toLower());
  }
  return lines;
}

}  // namespace

void TestInterfaces::agreeWithQt() {
  const auto found = networkInterfaces();
  QVERIFY(found);
  QCOMPARE(ours(*found), theirs());
}

void TestInterfaces::addressesAgreeWithQt() {
  const auto found = networkInterfaces();
  QVERIFY(found);
  QStringList mine;
  for (const NetworkInterface& i : *found) {
    for (const InterfaceAddress& a : i.addresses) {
      mine << QStringLiteral("%1/%2 broadcast=%3")
                  .arg(QString::fromStdString(a.address.ip()))
                  .arg(a.prefix)
                  .arg(QString::fromStdString(a.broadcast));
      QCOMPARE(a.address.port(), 0);
      QCOMPARE(a.scope, std::string(addressScope(a.address)));
      QVERIFY(!a.scope.empty());
    }
  }
  // Qt works out a broadcast address where the interface has none.
  QStringList qt;
  for (const QNetworkInterface& i : QNetworkInterface::allInterfaces()) {
    for (const QNetworkAddressEntry& a : i.addressEntries()) {
      qt << QStringLiteral("%1/%2 broadcast=%3")
                .arg(a.ip().toString())
                .arg(a.prefixLength())
                .arg(i.flags().testFlag(QNetworkInterface::CanBroadcast) ? a.broadcast().toString()
                                                                         : QString());
    }
  }
  mine.sort();
  qt.sort();
  QCOMPARE(mine, qt);
}

void TestInterfaces::loopbackIsThere() {
  const auto found = networkInterfaces();
  QVERIFY(found);
  const auto lo = std::ranges::find(*found, true, &NetworkInterface::loopback);
  QVERIFY(lo != found->end());
  QVERIFY(lo->up);
  const auto home = std::ranges::find(lo->addresses, std::string("127.0.0.1"),
                                      [](const InterfaceAddress& a) { return a.address.ip(); });
  QVERIFY(home != lo->addresses.end());
  QCOMPARE(home->prefix, 8);
  QCOMPARE(home->broadcast, std::string());
  QCOMPARE(home->scope, std::string("loopback"));
}

QTEST_GUILESS_MAIN(TestInterfaces)
#include "tst_interfaces.moc"
