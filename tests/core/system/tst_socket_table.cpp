// readSocketTable() beside ss (iproute2), in a network of the test's own: the same sockets, the same fields.
#include "core/system/socket_table.h"

#include <sys/stat.h>
#include <unistd.h>

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "../net/own_network.h"
#include "socket_crowd.h"

using namespace sockbench;
using fixture::SocketCrowd;

namespace {

QByteArray ssState(const SocketRow& row) {
  static const QHash<QByteArray, QByteArray> names{
      {"ESTABLISHED", "ESTAB"},     {"SYN_SENT", "SYN-SENT"},    {"SYN_RECV", "SYN-RECV"},
      {"FIN_WAIT1", "FIN-WAIT-1"},  {"FIN_WAIT2", "FIN-WAIT-2"}, {"TIME_WAIT", "TIME-WAIT"},
      {"CLOSE_WAIT", "CLOSE-WAIT"}, {"LAST_ACK", "LAST-ACK"},    {"LISTEN", "LISTEN"},
      {"CLOSING", "CLOSING"},       {"UNCONNECTED", "UNCONN"},   {"CLOSE", "UNCONN"}};
  const std::string_view state = socketStateName(row);
  return names.value(QByteArray(state.data(), static_cast<qsizetype>(state.size())), "?");
}

QByteArray ssKind(SocketKind kind) {
  switch (kind) {
    case SocketKind::unixStream:
      return "u_str";
    case SocketKind::unixDatagram:
      return "u_dgr";
    case SocketKind::unixSeqpacket:
      return "u_seq";
    default:
      return QByteArray::fromStdString(std::string(socketProtocolName(kind)));
  }
}

// ss writes * for the wildcard that takes both families, and for no port.
QByteArray ssAddress(const SocketRow& row, const SocketAddress& address) {
  QByteArray text = QByteArray::fromStdString(address.text());
  if (address.family() == AF_INET6 && address.isWildcard() && !row.v6Only.value_or(false))
    text = "*:" + QByteArray::number(address.port());
  if (address.port() == 0) text = text.first(text.size() - 1) + '*';
  return text;
}

QByteArray ssUnix(const SocketAddress& address, std::uint64_t inode) {
  QByteArray name = QByteArray::fromStdString(address.unixPath());
  if (name.startsWith('\0')) name[0] = '@';
  return (name.isEmpty() ? QByteArray("*") : name) + ' ' + QByteArray::number(quint64{inode});
}

// As ss lines, less its spaces; of sockets that have one with the inode, and the owners.
QByteArrayList ourLines(const SocketTable& table) {
  QByteArrayList lines;
  for (const SocketRow& row : table.sockets) {
    if (row.kind == SocketKind::udpLite) continue;  // ss -u does not know them
    QByteArrayList cells{ssKind(row.kind), ssState(row), QByteArray::number(row.recvQueue),
                         QByteArray::number(row.sendQueue)};
    if (isUnixKind(row.kind))
      cells << ssUnix(row.local, row.inode) << QByteArray::number(quint64{row.peerInode});
    else
      cells << ssAddress(row, row.local) << ssAddress(row, row.peer);
    // ss tells no inode of what it reads in /proc/net.
    if (!isUnixKind(row.kind) && row.kind != SocketKind::raw)
      cells << "ino:" + QByteArray::number(quint64{row.inode});
    for (const SocketOwner& owner : table.ownersOf(row))
      cells << "pid=" + QByteArray::number(owner.pid) + ",fd=" + QByteArray::number(owner.descriptor);
    lines += cells.join(' ');
  }
  std::ranges::sort(lines);
  return lines;
}

QByteArrayList ssLines(const QStringList& arguments, bool listening) {
  QProcess ss;
  ss.start(QStringLiteral("ss"), arguments);
  if (!ss.waitForFinished(30000) || ss.exitCode() != 0) return {};
  QByteArrayList lines;
  for (const QByteArray& line : ss.readAllStandardOutput().split('\n')) {
    if (line.isEmpty()) continue;
    const QByteArrayList words = line.simplified().split(' ');
    const bool isUnix = words.first().startsWith("u_");
    // ss -l lists stream sockets that were never bound, too.
    if (listening && isUnix && words.first() != "u_dgr" && words[1] != "LISTEN") continue;
    QByteArrayList cells = words.first(isUnix ? 8 : 6);
    if (isUnix) cells.removeAt(6);  // the peer's name: ss does not always know it
    static const QRegularExpression inode(QStringLiteral("^ino:\\d+$"));
    static const QRegularExpression owner(QStringLiteral("pid=\\d+,fd=\\d+"));
    if (!isUnix && words.first() != "raw") {
      for (const QByteArray& word : words)
        if (inode.match(QString::fromLatin1(word)).hasMatch()) cells << word;
    }
    for (auto found = owner.globalMatch(QString::fromLatin1(line)); found.hasNext();)
      cells << found.next().captured().toLatin1();
    lines += cells.join(' ');
  }
  std::ranges::sort(lines);
  return lines;
}

const SocketRow* rowOf(const SocketTable& table, const Socket& socket) {
  struct stat facts {};
  if (::fstat(socket.fileno(), &facts) != 0) return nullptr;
  const auto row = std::ranges::find(table.sockets, facts.st_ino, &SocketRow::inode);
  return row == table.sockets.end() ? nullptr : &*row;
}

}  // namespace

class SocketTableTest : public QObject {
  Q_OBJECT
 private slots:
  void agreesWithSs_data();
  void agreesWithSs();
  void namesTheOwners();
  void namesPathsAndPeers_data();
  void namesPathsAndPeers();
  void listsOnlyWhatIsAskedFor_data();
  void listsOnlyWhatIsAskedFor();
  void countsWhatItMayNotRead();
};

void SocketTableTest::agreesWithSs_data() {
  QTest::addColumn<QString>("letters");
  QTest::addColumn<SocketQuery>("query");
  QTest::newRow("everything") << QStringLiteral("-anpHe -tuwx") << SocketQuery{};
  QTest::newRow("listeners") << QStringLiteral("-lnpHe -tuwx") << SocketQuery{.listeningOnly = true};
}

void SocketTableTest::agreesWithSs() {
  QFETCH(QString, letters);
  QFETCH(SocketQuery, query);
  if (QStandardPaths::findExecutable(QStringLiteral("ss")).isEmpty()) QSKIP("ss is not there");
  const fixture::OwnNetwork network;
  if (!network.isThere()) QSKIP("no network of our own: that needs root");
  SocketCrowd crowd;
  crowd.open();
  if (!crowd.openRaw()) QSKIP("no raw sockets: that needs CAP_NET_RAW");
  // The last segments of a handshake may still be on their way.
  QByteArrayList ours;
  QByteArrayList theirs;
  const auto agree = [&] {
    const Result<SocketTable> table = readSocketTable(query);
    if (!table || !table->faults.empty()) return false;
    ours = ourLines(*table);
    theirs = ssLines(letters.split(QLatin1Char(' ')), query.listeningOnly);
    return ours == theirs && ours.size() > 10;
  };
  const bool same = QTest::qWaitFor(agree, 20000);
  for (qsizetype i = 0; !same && i < std::max(ours.size(), theirs.size()); ++i)
    if (ours.value(i) != theirs.value(i)) qInfo() << "ours" << ours.value(i) << "\n  ss  " << theirs.value(i);
  QVERIFY(same);
  if (query.listeningOnly) return;
  const QByteArray all = ours.join('\n');
  for (const char* state :
       {"SYN-SENT", "SYN-RECV", "ESTAB", "FIN-WAIT-2", "CLOSE-WAIT", "TIME-WAIT", "LISTEN"})
    QVERIFY2(all.contains(QByteArray("tcp ") + state + ' '), state);
}

void SocketTableTest::namesTheOwners() {
  SocketCrowd crowd;
  Socket& socket = crowd.bound(AF_INET, SOCK_STREAM, SocketCrowd::at("127.0.0.1"), 5);
  const Socket twin = SocketCrowd::must(Socket::duplicate(socket.fileno()));
  const Result<SocketTable> table = readSocketTable();
  QVERIFY(table);
  const SocketRow* row = rowOf(*table, socket);
  QVERIFY(row);
  QCOMPARE(row->local, SocketCrowd::must(socket.localAddress()));
  QCOMPARE(row->sendQueue, 5U);
  QCOMPARE(row->uid, ::getuid());
  QVERIFY(row->cookie != 0);
  const auto owners = table->ownersOf(*row);
  QCOMPARE(owners.size(), std::size_t{2});
  QCOMPARE(owners[0].pid, ::getpid());
  QCOMPARE(owners[0].descriptor, std::min(socket.fileno(), twin.fileno()));
  QCOMPARE(owners[1].descriptor, std::max(socket.fileno(), twin.fileno()));
  QCOMPARE(QByteArray(table->processOf(owners[0]).data()), QByteArray("tst_socket_tabl"));
}

void SocketTableTest::namesPathsAndPeers_data() {
  QTest::addColumn<int>("type");
  QTest::newRow("stream") << int{SOCK_STREAM};
  QTest::newRow("seqpacket") << int{SOCK_SEQPACKET};
  QTest::newRow("datagram") << int{SOCK_DGRAM};
}

void SocketTableTest::namesPathsAndPeers() {
  QFETCH(int, type);
  const QTemporaryDir folder;
  const std::string path = folder.filePath(QStringLiteral("接口 \x1b[31m\n")).toStdString();
  const SocketAddress name = SocketCrowd::must(SocketAddress::fromUnixPath(path));
  SocketCrowd crowd;
  Socket& server = crowd.bound(AF_UNIX, type, name, type == SOCK_DGRAM ? -1 : 5);
  const Socket& client = crowd.connected(AF_UNIX, type, name);
  if (type != SOCK_DGRAM) crowd.accepted(server);
  const Result<SocketTable> table = readSocketTable({.owners = false});
  QVERIFY(table);
  const SocketRow* row = rowOf(*table, client);
  QVERIFY(row);
  QCOMPARE(row->peer, name);
  QVERIFY(row->peerInode != 0);
  QVERIFY(row->local.isUnnamed());
  QCOMPARE(QByteArray::fromStdString(row->peer.text()).right(8), QByteArray("[31m\\x0a"));
  const SocketRow* listener = rowOf(*table, server);
  QVERIFY(listener);
  QCOMPARE(listener->local, name);
}

void SocketTableTest::listsOnlyWhatIsAskedFor_data() {
  QTest::addColumn<SocketQuery>("query");
  QTest::addColumn<bool>("tcp");
  QTest::addColumn<bool>("connection");
  QTest::addColumn<bool>("udp");
  QTest::addColumn<bool>("unixSocket");
  using Query = SocketQuery;
  QTest::newRow("all") << Query{} << true << true << true << true;
  QTest::newRow("TCP") << Query{.udp = false, .raw = false, .unixSockets = false} << true << true << false
                       << false;
  QTest::newRow("UDP") << Query{.tcp = false, .raw = false, .unixSockets = false} << false << false << true
                       << false;
  QTest::newRow("UNIX") << Query{.tcp = false, .udp = false, .raw = false} << false << false << false << true;
  QTest::newRow("listening") << Query{.listeningOnly = true} << true << false << true << true;
}

void SocketTableTest::listsOnlyWhatIsAskedFor() {
  QFETCH(SocketQuery, query);
  SocketCrowd crowd;
  Socket& tcp = crowd.bound(AF_INET, SOCK_STREAM, SocketCrowd::at("127.0.0.1"), 5);
  const Socket& connection = crowd.connected(AF_INET, SOCK_STREAM, SocketCrowd::must(tcp.localAddress()));
  const Socket& udp = crowd.bound(AF_INET6, SOCK_DGRAM, SocketCrowd::at("::1"));
  const Socket& unixSocket =
      crowd.bound(AF_UNIX, SOCK_STREAM,
                  SocketCrowd::must(SocketAddress::fromText("unix:@only-" + std::to_string(::getpid()))), 1);
  const Result<SocketTable> table = readSocketTable(query);
  QVERIFY(table);
  QTEST(rowOf(*table, tcp) != nullptr, "tcp");
  QTEST(rowOf(*table, connection) != nullptr, "connection");
  QTEST(rowOf(*table, udp) != nullptr, "udp");
  QTEST(rowOf(*table, unixSocket) != nullptr, "unixSocket");
}

// Another user sees the sockets, but not whose they are. Only the child has this one.
void SocketTableTest::countsWhatItMayNotRead() {
  if (::geteuid() != 0) QSKIP("to become another user needs root");
  const SocketAddress name =
      SocketCrowd::must(SocketAddress::fromText("unix:@a-child-has-it-" + std::to_string(::getpid())));
  QProcess child;
  {
    SocketCrowd crowd;
    const int inherited = ::dup(crowd.bound(AF_UNIX, SOCK_STREAM, name, 5).fileno());
    child.start(QStringLiteral("sleep"), {QStringLiteral("60")});
    QVERIFY(child.waitForStarted(20000));
    ::close(inherited);
  }
  QVERIFY(::seteuid(65534) == 0);
  const Result<SocketTable> table = readSocketTable();
  QVERIFY(::seteuid(0) == 0);
  QVERIFY(table);
  const auto row = std::ranges::find(table->sockets, name, &SocketRow::local);
  QVERIFY(row != table->sockets.end());
  QCOMPARE(row->ownerCount, 0U);
  QCOMPARE(row->uid, 0U);
  QVERIFY(table->unreadableProcesses > 0);
  child.kill();
  child.waitForFinished(20000);
}

QTEST_GUILESS_MAIN(SocketTableTest)
#include "tst_socket_table.moc"
