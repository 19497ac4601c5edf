// TCP_INFO of exactly one socket.
#include "core/system/socket_details.h"

#include <sys/stat.h>

#include <QTest>
#include <algorithm>

#include "core/system/socket_table.h"
#include "socket_crowd.h"

using namespace sockbench;
using fixture::SocketCrowd;

namespace {

std::optional<SocketRow> rowOf(const Socket& socket) {
  struct stat facts {};
  const Result<SocketTable> table = readSocketTable({.owners = false});
  if (!table || ::fstat(socket.fileno(), &facts) != 0) return std::nullopt;
  const auto row = std::ranges::find(table->sockets, facts.st_ino, &SocketRow::inode);
  return row == table->sockets.end() ? std::nullopt : std::optional(*row);
}

}  // namespace

class SocketDetailsTest : public QObject {
  Q_OBJECT
 private slots:
  void tellsOfAConnection_data();
  void tellsOfAConnection();
  void tellsOfOtherSockets_data();
  void tellsOfOtherSockets();
  void aClosedOneHasGone();
  void anotherInItsPlaceIsNotIt();
};

void SocketDetailsTest::tellsOfAConnection_data() {
  QTest::addColumn<QByteArray>("listen");
  QTest::addColumn<QByteArray>("connect");
  QTest::newRow("IPv4") << QByteArray("127.0.0.1") << QByteArray("127.0.0.1");
  QTest::newRow("IPv6") << QByteArray("::1") << QByteArray("::1");
  QTest::newRow("IPv4 at a listener of both") << QByteArray("::") << QByteArray("127.0.0.1");
}

void SocketDetailsTest::tellsOfAConnection() {
  QFETCH(QByteArray, listen);
  QFETCH(QByteArray, connect);
  SocketCrowd crowd;
  const int family = listen.contains(':') ? AF_INET6 : AF_INET;
  Socket& listener = crowd.bound(family, SOCK_STREAM, SocketCrowd::at(listen.toStdString()), 5);
  const std::uint16_t port = SocketCrowd::must(listener.localAddress()).port();
  Socket& client = crowd.connected(connect.contains(':') ? AF_INET6 : AF_INET, SOCK_STREAM,
                                   SocketCrowd::at(connect.toStdString(), port));
  Socket& server = crowd.accepted(listener);
  SocketCrowd::must(client.sendAll(asBytes("hello")));
  std::array<std::byte, 5> heard{};
  QCOMPARE(SocketCrowd::must(server.recv(heard)), std::size_t{5});
  const auto row = rowOf(server);
  QVERIFY(row);
  const Result<SocketDetails> details = readSocketDetails(*row);
  QVERIFY2(details, details ? "" : details.error().line().c_str());
  QVERIFY(details->tcp);
  QCOMPARE(details->tcp->bytesReceived, std::uint64_t{5});
  QVERIFY(details->tcp->sendMss > 0);
  QVERIFY(details->tcp->congestionWindow > 0);
  QVERIFY(details->memory);
  QVERIFY(details->memory->receiveBuffer > 0);
  QVERIFY(!details->congestionControl.empty());
}

void SocketDetailsTest::tellsOfOtherSockets_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("type");
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<bool>("memory");
  QTest::newRow("a listener") << AF_INET << int{SOCK_STREAM} << QByteArray("127.0.0.1:0") << true;
  QTest::newRow("UDP") << AF_INET << int{SOCK_DGRAM} << QByteArray("127.0.0.1:0") << true;
  QTest::newRow("UDP over IPv6") << AF_INET6 << int{SOCK_DGRAM} << QByteArray("[::]:0") << true;
  QTest::newRow("UNIX") << AF_UNIX << int{SOCK_DGRAM} << QByteArray("unix:@tst-socket-details") << false;
}

void SocketDetailsTest::tellsOfOtherSockets() {
  QFETCH(int, family);
  QFETCH(int, type);
  QFETCH(QByteArray, address);
  SocketCrowd crowd;
  const Socket& socket =
      crowd.bound(family, type, SocketCrowd::must(SocketAddress::fromText(address.toStdString())),
                  type == SOCK_STREAM ? 5 : -1);
  const auto row = rowOf(socket);
  QVERIFY(row);
  const Result<SocketDetails> details = readSocketDetails(*row);
  QVERIFY2(details, details ? "" : details.error().line().c_str());
  QVERIFY(!details->tcp);
  QTEST(details->memory.has_value(), "memory");
}

void SocketDetailsTest::aClosedOneHasGone() {
  std::optional<SocketRow> row;
  {
    SocketCrowd crowd;
    row = rowOf(crowd.bound(AF_INET, SOCK_STREAM, SocketCrowd::at("127.0.0.1"), 5));
    QVERIFY(row);
  }
  const Result<SocketDetails> details = readSocketDetails(*row);
  QVERIFY(!details);
  QVERIFY2(details.error().isErrno(ENOENT), details.error().line().c_str());
}

void SocketDetailsTest::anotherInItsPlaceIsNotIt() {
  SocketCrowd crowd;
  auto row = rowOf(crowd.bound(AF_INET, SOCK_STREAM, SocketCrowd::at("127.0.0.1"), 5));
  QVERIFY(row);
  row->cookie ^= 1;
  const Result<SocketDetails> details = readSocketDetails(*row);
  QVERIFY(!details);
  QVERIFY2(details.error().isErrno(ESTALE) || details.error().isErrno(ENOENT),
           details.error().line().c_str());
}

QTEST_GUILESS_MAIN(SocketDetailsTest)
#include "tst_socket_details.moc"
