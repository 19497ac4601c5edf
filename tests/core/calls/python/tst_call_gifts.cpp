// What a call gives beside its result: flags by name, control messages in words, addresses; and the calls
// that Python's sockets do not have.
#include <fcntl.h>
#include <unistd.h>

#include <QTest>

#include "desk_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace Qt::StringLiterals;

namespace {

constexpr int kDeadline = 30'000;  // ms

QString gift(const CallOutcome& outcome, std::string_view key) {
  for (const auto& [name, value] : outcome.out)
    if (name == key) return QString::fromStdString(value.repr());
  return {};
}

QString valueOf(const CallOutcome& outcome) {
  return QString::fromStdString(outcome.result ? outcome.result->repr() : outcome.result.error().message);
}

}  // namespace

class TstCallGifts : public QObject {
  Q_OBJECT
 private slots:
  void decodesControlMessages_data();
  void decodesControlMessages();
  void descriptorsStayOpenUntilTheBenchCloses();
  void tellsFlagsByName();
  void tellsTheWholeLengthOfACutDatagram();
  void pollTellsWhatIsReady();
  void ioctlCounts();
  void accept4TakesFlags();
  void aDefaultTimeoutIsOfItsBenchAlone();
  void countsInterfacesAndProtocols();
};

void TstCallGifts::decodesControlMessages_data() {
  QTest::addColumn<QString>("statements");
  QTest::addColumn<QString>("decoded");  // a regular expression
  const QString udp =
      u"d = socket(AF_INET, SOCK_DGRAM) ;; d.bind(('127.0.0.1', 0)) ;; n = d.getsockname() ;; "_s;
  const QString udp6 = u"d = socket(AF_INET6, SOCK_DGRAM) ;; d.bind(('::1', 0)) ;; n = d.getsockname() ;; "_s;
  const QString local = u"a, b = socketpair() ;; "_s;
  const QString take = u" ;; d.sendto(b'x', n) ;; d.recvmsg(9, 500)"_s;
  const auto row = [](const char* name, const QString& statements, const QString& decoded) {
    QTest::newRow(name) << statements << decoded;
  };
  row("nothing", udp + u"d.sendto(b'x', n) ;; d.recvmsg(9, 500)"_s, u"\\[\\]"_s);
  row("TTL", udp + u"d.setsockopt(IPPROTO_IP, IP_TTL, 7) ;; d.setsockopt(IPPROTO_IP, IP_RECVTTL, 1)"_s + take,
      u"'IPPROTO_IP'.*'IP_TTL'.*\\('ttl', 7\\)"_s);
  row("TOS",
      udp + u"d.setsockopt(IPPROTO_IP, IP_TOS, 16) ;; d.setsockopt(IPPROTO_IP, IP_RECVTOS, 1)"_s + take,
      u"'IP_TOS'.*\\('tos', 16\\)"_s);
  row("PKTINFO", udp + u"d.setsockopt(IPPROTO_IP, IP_PKTINFO, 1)"_s + take,
      u"'IP_PKTINFO'.*\\('interface', 'lo'\\).*\\('interface_index', 1\\).*\\('destination', '127.0.0.1'\\)"_s);
  row("hop limit", udp6 + u"d.setsockopt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1)"_s + take,
      u"'IPV6_HOPLIMIT'.*\\('hop_limit', 64\\)"_s);
  row("traffic class",
      udp6 +
          u"d.setsockopt(IPPROTO_IPV6, IPV6_TCLASS, 32) ;; d.setsockopt(IPPROTO_IPV6, IPV6_RECVTCLASS, 1)"_s +
          take,
      u"'IPV6_TCLASS'.*\\('traffic_class', 32\\)"_s);
  row("PKTINFO of IPv6", udp6 + u"d.setsockopt(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)"_s + take,
      u"'IPV6_PKTINFO'.*\\('interface', 'lo'\\).*\\('destination', '::1'\\)"_s);
  row("microseconds", udp + u"d.setsockopt(SOL_SOCKET, SO_TIMESTAMP, 1)"_s + take,
      u"'SCM_TIMESTAMP'.*\\('time', '\\d{10}\\.\\d{6}'\\)"_s);
  row("nanoseconds", udp + u"d.setsockopt(SOL_SOCKET, SO_TIMESTAMPNS, 1)"_s + take,
      u"'SCM_TIMESTAMPNS'.*\\('time', '\\d{10}\\.\\d{9}'\\)"_s);
  row("software and hardware",
      udp +
          u"d.setsockopt(SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE)"_s +
          take,
      u"'SCM_TIMESTAMPING'.*\\('software', '\\d{10}\\.\\d{9}'\\).*\\('hardware', '0\\.000000000'\\)"_s);
  row("queue of errors",
      udp +
          u"d.close() ;; c = socket(AF_INET, SOCK_DGRAM) ;; c.setsockopt(IPPROTO_IP, IP_RECVERR, 1) ;; "
          u"c.connect(n) ;; c.send(b'lost') ;; poll([(c, POLLIN)], 10) ;; c.recvmsg(9, 500, MSG_ERRQUEUE)"_s,
      u"'IP_RECVERR'.*\\('symbol', 'ECONNREFUSED'\\).*\\('origin', 'icmp'\\).*\\('icmp_type', 3\\), "
      u"\\('icmp_code', 3\\).*\\('offender', '127.0.0.1'\\).*port unreachable"_s);
  row("queue of errors of IPv6",
      udp6 +
          u"d.close() ;; c = socket(AF_INET6, SOCK_DGRAM) ;; c.setsockopt(IPPROTO_IPV6, IPV6_RECVERR, 1) ;; "
          u"c.connect(n) ;; c.send(b'lost') ;; poll([(c, POLLIN)], 10) ;; c.recvmsg(9, 500, MSG_ERRQUEUE)"_s,
      u"'IPV6_RECVERR'.*'ECONNREFUSED'.*\\('origin', 'icmp6'\\).*\\('offender', '::1'\\)"_s);
  row("credentials",
      local + u"b.setsockopt(SOL_SOCKET, SO_PASSCRED, 1) ;; a.send(b'x') ;; b.recvmsg(9, 500)"_s,
      u"'SCM_CREDENTIALS'.*\\('pid', %1\\), \\('uid', %2\\), \\('gid', %3\\)"_s.arg(getpid())
          .arg(getuid())
          .arg(getgid()));
  row("descriptors", local + u"f = a.fileno() ;; send_fds(a, [b'x'], [f, f]) ;; b.recvmsg(9, 500)"_s,
      u"'SOL_SOCKET'.*'SCM_RIGHTS'.*\\('descriptors', \\[\\d+, \\d+\\]\\)"_s);
  row("joined datagrams",
      udp +
          u"d.setsockopt(IPPROTO_UDP, UDP_GRO, 1) ;; c = socket(AF_INET, SOCK_DGRAM) ;; "
          u"c.setsockopt(IPPROTO_UDP, UDP_SEGMENT, 2) ;; c.sendto(b'aabbcc', n) ;; d.recvmsg(99, 500)"_s,
      u"'UDP_GRO'.*\\('segment_size', 2\\)"_s);
  row("dropped datagrams",
      udp + u"d.setsockopt(SOL_SOCKET, SO_RXQ_OVFL, 1) ;; d.setsockopt(SOL_SOCKET, SO_RCVBUF, 1) ;; "_s +
          u"d.sendto(bytes(1000), n) ;; "_s.repeated(20) +
          u"d.recv(1) ;; d.sendto(b'x', n) ;; d.recv(1) ;; "
          u"d.sendto(b'x', n) ;; d.recvmsg(9, 500)"_s,
      u"'SO_RXQ_OVFL'.*\\('dropped', \\d+\\)"_s);
  row("cut short",
      udp + u"d.setsockopt(IPPROTO_IP, IP_RECVTTL, 1) ;; d.sendto(b'x', n) ;; d.recvmsg(9, 18)"_s,
      u"'IP_TTL'.*\\('truncated', 2\\)"_s);
}

void TstCallGifts::decodesControlMessages() {
  QFETCH(QString, statements);
  QFETCH(QString, decoded);
  CallDesk desk;
  QString told;
  const auto isTold = [&](const QString& again) {
    const CallOutcome outcome = run(desk, again);
    told = outcome.result ? gift(outcome, "ancillary") : valueOf(outcome);
    return told.contains(QRegularExpression(decoded));
  };
  if (isTold(statements)) return;
  // The kernel begins to stamp all packets a while after it was asked to.
  QVERIFY2(statements.contains(u"SO_TIMESTAMP"_s), qPrintable(told));
  QTRY_VERIFY2_WITH_TIMEOUT(isTold(u"d.sendto(b'x', n) ;; d.recvmsg(9, 500)"_s), qPrintable(told), kDeadline);
}

void TstCallGifts::descriptorsStayOpenUntilTheBenchCloses() {
  int descriptor = -1;
  {
    CallDesk desk;
    const CallOutcome outcome = run(desk,
                                    u"a, b = socketpair() ;; f = a.fileno() ;; send_fds(a, [b'x'], [f]) ;; "
                                    u"data, fds, flags, address = recv_fds(b, 9, 1)"_s);
    descriptor = static_cast<int>(
        *outcome.result->as<CallTuple>()->items[1].as<CallList>()->items[0].as<std::int64_t>());
    QVERIFY(fcntl(descriptor, F_GETFD) >= 0);
    run(desk, u"fd = fds[0] ;; c = socket(fileno=fd) ;; c.send(b'through') ;; b.recv(99)"_s);
    QCOMPARE(valueOf(run(desk, u"c.getsockname()"_s)), u"''"_s);
  }
  QVERIFY(fcntl(descriptor, F_GETFD) < 0);
}

void TstCallGifts::tellsFlagsByName() {
  CallDesk desk;
  const CallOutcome outcome =
      run(desk, u"p, q = socketpair(AF_UNIX, SOCK_DGRAM) ;; p.send(b'hello') ;; q.recvmsg(2)"_s);
  QCOMPARE(gift(outcome, "flags"), u"['MSG_TRUNC']"_s);
  QCOMPARE(gift(run(desk, u"p.send(b'hello') ;; q.recvmsg(9)"_s), "flags"), u"[]"_s);
  const CallOutcome cut = run(desk, u"f = p.fileno() ;; send_fds(p, [b'x'], [f]) ;; q.recvmsg(9)"_s);
  QCOMPARE(gift(cut, "flags"), u"['MSG_CTRUNC']"_s);
  QCOMPARE(gift(cut, "control_truncated"), u"True"_s);
}

void TstCallGifts::tellsTheWholeLengthOfACutDatagram() {
  CallDesk desk;
  const CallOutcome outcome =
      run(desk, u"p, q = socketpair(AF_UNIX, SOCK_DGRAM) ;; p.send(b'hello') ;; q.recv(2, MSG_TRUNC)"_s);
  QCOMPARE(valueOf(outcome), u"b'he'"_s);
  QCOMPARE(gift(outcome, "length"), u"5"_s);
  QCOMPARE(valueOf(run(desk, u"p.send(b'hello') ;; x = bytearray(2) ;; q.recv_into(x, 2, MSG_TRUNC)"_s)),
           u"5"_s);
}

void TstCallGifts::pollTellsWhatIsReady() {
  CallDesk desk;
  run(desk, u"a, b = socketpair()"_s);
  QCOMPARE(valueOf(run(desk, u"poll([(a, POLLIN), (b, POLLIN)], 0)"_s)), u"[]"_s);
  const CallOutcome ready = run(desk, u"a.send(b'x') ;; poll([(a, POLLIN), (b, POLLIN | POLLOUT)])"_s);
  QVERIFY(valueOf(ready).contains(QRegularExpression(u"^\\[\\(<socket \\d+>, 5\\)\\]$"_s)));
  QCOMPARE(gift(ready, "events"), u"['POLLIN|POLLOUT']"_s);
  const CallOutcome hungUp = run(desk, u"a.close() ;; poll([b], 5)"_s);
  QVERIFY(gift(hungUp, "events").contains(u"POLLHUP"_s));
  QCOMPARE(text(callFaultKindName(run(desk, u"poll([(a, POLLIN)])"_s).result.error().kind)), u"value"_s);
  const CallOutcome byNumber = run(desk, u"f = b.fileno() ;; poll([(f, POLLIN)], 0)"_s);
  QVERIFY(valueOf(byNumber).contains(QRegularExpression(u"^\\[\\(\\d+, 17\\)\\]$"_s)));
}

void TstCallGifts::ioctlCounts() {
  CallDesk desk;
  run(desk, u"a, b = socketpair() ;; a.send(b'hello')"_s);
  QCOMPARE(valueOf(run(desk, u"b.ioctl(FIONREAD)"_s)), u"5"_s);
  QVERIFY(*run(desk, u"a.ioctl(SIOCOUTQ)"_s).result->as<std::int64_t>() >= 5);
  run(desk,
      u"x = socket() ;; x.bind(('127.0.0.1', 0)) ;; x.listen() ;; n = x.getsockname() ;; s = socket() ;; "
      u"s.connect(n) ;; z, w = x.accept() ;; s.send(b'ab', MSG_OOB) ;; z.recv(9)"_s);
  QCOMPARE(valueOf(run(desk, u"z.ioctl(SIOCATMARK)"_s)), u"1"_s);
}

void TstCallGifts::accept4TakesFlags() {
  CallDesk desk;
  const QString connected = u"s = socket() ;; s.connect(n) ;; z, w = x.accept4(%1) ;; z.gettimeout()"_s;
  run(desk, u"x = socket() ;; x.bind(('127.0.0.1', 0)) ;; x.listen() ;; n = x.getsockname()"_s);
  QCOMPARE(valueOf(run(desk, connected.arg(u"SOCK_NONBLOCK"_s))), u"0.0"_s);
  QCOMPARE(valueOf(run(desk, connected.arg(u""_s))), u"None"_s);
  QCOMPARE(valueOf(run(desk, u"s = socket() ;; s.connect(n) ;; x.accept4(1)"_s)), u"Invalid argument"_s);
}

void TstCallGifts::aDefaultTimeoutIsOfItsBenchAlone() {
  CallDesk desk;
  CallDesk other;
  QCOMPARE(valueOf(run(desk, u"setdefaulttimeout(2) ;; s = socket() ;; s.gettimeout()"_s)), u"2.0"_s);
  QCOMPARE(valueOf(run(other, u"s = socket() ;; s.gettimeout()"_s)), u"None"_s);
  QVERIFY(!Socket::defaultTimeout());
}

void TstCallGifts::countsInterfacesAndProtocols() {
  CallDesk desk;
  QVERIFY(valueOf(run(desk, u"if_nameindex()"_s)).contains(u"(1, 'lo')"_s));
  QCOMPARE(valueOf(run(desk, u"getprotobynumber(17)"_s)), u"'udp'"_s);
  QCOMPARE(valueOf(run(desk, u"getprotobynumber(-1)"_s)), u"protocol not found"_s);
}

QTEST_GUILESS_MAIN(TstCallGifts)
#include "tst_call_gifts.moc"
