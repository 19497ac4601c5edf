// Lines of /proc/net as the kernel writes them, and others.
#include "core/system/proc_net.h"

#include <netinet/in.h>

#include <QTest>

#include "socket_crowd.h"

using namespace sockbench;

class ProcNetTest : public QObject {
  Q_OBJECT
 private slots:
  void readsALine_data();
  void readsALine();
  void refusesALine_data();
  void refusesALine();
  void readsTheFile();
};

void ProcNetTest::readsALine_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<QByteArray>("line");
  QTest::addColumn<QString>("local");
  QTest::addColumn<QString>("peer");
  QTest::addColumn<quint64>("inode");
  QTest::addColumn<int>("uid");
  QTest::addColumn<int>("received");
  QTest::newRow("raw ICMP") << AF_INET
                            << QByteArray(
                                   "   1: 0100007F:0001 00000000:0000 07 00000000:00000D00 00:00000000 "
                                   "00000000  1000        0 4923079 2 000000007 0  ")
                            << QStringLiteral("127.0.0.1:1") << QStringLiteral("0.0.0.0:0")
                            << quint64{4923079} << 1000 << 0xD00;
  QTest::newRow("raw ICMPv6") << AF_INET6
                              << QByteArray(
                                     "   58: 00000000000000000000000001000000:003A "
                                     "000080FE00000000000000000100000A:0000 07 00000000:00000000 00:00000000 "
                                     "00000000     0        0 77 2 0 0")
                              << QStringLiteral("[::1]:58") << QStringLiteral("[fe80::a00:1]:0")
                              << quint64{77} << 0 << 0;
  QTest::newRow("no inode: no owner")
      << AF_INET
      << QByteArray(
             "  12: 0100007F:1F90 0100007F:C350 06 00000000:00000000 "
             "03:00001770 00000000     0        0 0 3 0")
      << QStringLiteral("127.0.0.1:8080") << QStringLiteral("127.0.0.1:50000") << quint64{0} << -1 << 0;
}

void ProcNetTest::readsALine() {
  QFETCH(int, family);
  QFETCH(QByteArray, line);
  const auto row = procNetRow(SocketKind::raw, family, line.toStdString());
  QVERIFY(row);
  QTEST(QString::fromStdString(row->local.text()), "local");
  QTEST(QString::fromStdString(row->peer.text()), "peer");
  QTEST(quint64{row->inode}, "inode");
  QTEST(row->uid ? static_cast<int>(*row->uid) : -1, "uid");
  QTEST(static_cast<int>(row->recvQueue), "received");
}

void ProcNetTest::refusesALine_data() {
  QTest::addColumn<QByteArray>("line");
  QTest::newRow("the title") << QByteArray(
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode");
  QTest::newRow("nothing") << QByteArray();
  QTest::newRow("too few columns") << QByteArray("1: 0100007F:0001 00000000:0000 07");
  QTest::newRow("an address of the other family")
      << QByteArray("1: 00000000000000000000000001000000:003A 00000000:0000 07 0:0 0:0 0 0 0 7 2 0 0");
  QTest::newRow("letters for a number")
      << QByteArray("1: 0100007F:0001 00000000:0000 xy 00000000:00000000 00:0 0 0 0 7 2 0 0");
  QTest::newRow("an inode too large")
      << QByteArray("1: 0100007F:0001 00000000:0000 07 0:0 00:0 0 0 0 99999999999999999999999 2 0 0");
}

void ProcNetTest::refusesALine() {
  QFETCH(QByteArray, line);
  QVERIFY(!procNetRow(SocketKind::raw, AF_INET, line.toStdString()));
}

void ProcNetTest::readsTheFile() {
  fixture::SocketCrowd crowd;
  const Socket& socket = crowd.bound(AF_INET, SOCK_DGRAM, fixture::SocketCrowd::at("127.0.0.1"));
  const SocketAddress local = fixture::SocketCrowd::must(socket.localAddress());
  std::vector<SocketRow> rows;
  QVERIFY(readProcNet(SocketKind::udp, AF_INET, ~0U, rows));
  QVERIFY(std::ranges::any_of(rows, [&](const SocketRow& row) { return row.local == local; }));
}

QTEST_GUILESS_MAIN(ProcNetTest)
#include "tst_proc_net.moc"
