// Which parameter is wrong, which system calls were made, and that nothing is made where an argument is
// wrong.
#include <sys/resource.h>
#include <unistd.h>

#include <QTest>

#include "desk_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace Qt::StringLiterals;

namespace {

QStringList stepsOf(const CallOutcome& outcome) {
  QStringList steps;
  for (const KernelStep& step : outcome.kernel)
    steps += text(step.call) + (step.error == 0 ? QString() : u' ' + text(errnoSymbol(step.error)));
  return steps;
}

// No descriptor above those that are open, while it lives.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit none = before_;
    const int next = dup(STDIN_FILENO);
    ::close(next);
    none.rlim_cur = static_cast<rlim_t>(next);
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoMoreDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreDescriptors(const NoMoreDescriptors&) = delete;
  NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

class TstCallFaults : public QObject {
  Q_OBJECT
 private slots:
  void namesTheParameter_data();
  void namesTheParameter();
  void tellsEachSystemCall_data();
  void tellsEachSystemCall();
  void runsOutOfDescriptors_data();
  void runsOutOfDescriptors();
  void tellsWhatHadGone();
  void aNumberIsNoName();
  void aRefusedKindOfSocketSaysWhatItTakes();
};

void TstCallFaults::namesTheParameter_data() {
  QTest::addColumn<QString>("statements");
  QTest::addColumn<QString>("kind");
  QTest::addColumn<QString>("parameter");
  const auto row = [](const char* statements, const char* kind, const char* parameter) {
    QTest::newRow(statements) << QString::fromUtf8(statements) << kind << parameter;
  };
  row("socket('nope')", "type", "family");
  row("socket(AF_INET, 1.5)", "type", "type");
  row("socket(proto=2147483648)", "overflow", "proto");
  row("socket(fileno=-1)", "value", "fileno");
  row("s.bind('x')", "type", "address");
  row("s.bind(('127.0.0.1', 65536))", "overflow", "address");
  row("s.bind()", "type", "address");
  row("s.listen(None)", "type", "backlog");
  row("s.connect(('127.0.0.1', -1))", "overflow", "address");
  row("s.connect_ex(5)", "type", "address");
  row("s.shutdown('x')", "type", "how");
  row("s.send('text')", "type", "bytes");
  row("s.send(b'x', 'nope')", "type", "flags");
  row("s.sendto(b'x', ('127.0.0.1', 65536))", "overflow", "address");
  row("s.sendto(b'x', 'nope', ('127.0.0.1', 9))", "type", "flags");
  row("s.sendto(b'x', 0, 5)", "type", "address");
  row("s.sendmsg([1])", "type", "buffers");
  row("s.sendmsg([b'x'], [1])", "type", "ancdata");
  row("s.sendmsg([b'x'], [], 0, 5)", "type", "address");
  row("s.sendfile('/nowhere', 0, 0)", "value", "count");
  row("s.recv(-1)", "value", "bufsize");
  row("s.recv(1, 1099511627776)", "overflow", "flags");
  row("s.recv_into(b'x')", "type", "buffer");
  row("s.recv_into(bytearray(3), 4)", "value", "nbytes");
  row("s.recvmsg(1, -1)", "value", "ancbufsize");
  row("s.getsockopt('nope', 1)", "type", "level");
  row("s.getsockopt(1, 'nope')", "type", "optname");
  row("s.getsockopt(1, 1, 1025)", "os", "buflen");
  row("s.setsockopt(1, 2, 1.5)", "type", "value");
  row("s.setsockopt(1, 2, None, 'nope')", "type", "optlen");
  row("s.setblocking(None)", "type", "flag");
  row("s.settimeout(-1)", "value", "value");
  row("setdefaulttimeout('nope')", "type", "timeout");
  row("s.ioctl(1)", "value", "request");
  row("poll(5)", "type", "sockets");
  row("poll([(s, 'nope')])", "type", "sockets");
  row("poll([], -1)", "value", "timeout");
  row("gethostbyname('a..b')", "value", "hostname");
  row("getaddrinfo(5, 80)", "type", "host");
  row("getaddrinfo('x', 1.5)", "os", "port");
  row("getaddrinfo('x', 80, flags='nope')", "type", "flags");
  row("getnameinfo(5, 0)", "type", "sockaddr");
  row("getservbyport(65536)", "overflow", "port");
  row("if_indextoname(-1)", "overflow", "if_index");
  row("inet_pton(AF_INET, 5)", "type", "ip_string");
  row("inet_ntop(AF_INET, b'1')", "value", "packed_ip");
  row("htons(65536)", "overflow", "x");
  row("CMSG_LEN(-1)", "overflow", "length");
}

void TstCallFaults::namesTheParameter() {
  QFETCH(QString, statements);
  QFETCH(QString, kind);
  QFETCH(QString, parameter);
  CallDesk desk;
  run(desk, u"s = socket()"_s);
  const CallOutcome outcome = run(desk, statements);
  QVERIFY(!outcome.result);
  QCOMPARE(text(callFaultKindName(outcome.result.error().kind)), kind);
  QCOMPARE(QString::fromStdString(outcome.result.error().parameter), parameter);
  QCOMPARE(stepsOf(outcome), QStringList());
}

void TstCallFaults::tellsEachSystemCall_data() {
  QTest::addColumn<QString>("statements");
  QTest::addColumn<QStringList>("steps");
  const auto row = [](const char* statements, const QStringList& steps) {
    QTest::newRow(statements) << QString::fromUtf8(statements) << steps;
  };
  row("socket()", {u"socket"_s, u"ioctl(FIONBIO)"_s});
  row("socket(99)", {u"socket EAFNOSUPPORT"_s});
  row("socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK)", {u"socket"_s});
  row("s.bind(('127.0.0.1', 0))", {u"bind"_s});
  row("s.bind(('192.0.2.1', 0))", {u"bind EADDRNOTAVAIL"_s});
  row("s.listen()", {u"listen"_s});
  row("d.listen()", {u"listen EOPNOTSUPP"_s});
  row("s.accept()", {u"accept4 EINVAL"_s});
  row("s.getsockname()", {u"getsockname"_s});
  row("s.getpeername()", {u"getpeername ENOTCONN"_s});
  row("s.connect_ex(('127.0.0.1', 1))", {u"connect ECONNREFUSED"_s});
  row("s.settimeout(9) ;; s.connect_ex(('127.0.0.1', 1))",
      {u"connect EINPROGRESS"_s, u"ppoll"_s, u"getsockopt(SO_ERROR)"_s});
  row("a.send(b'x')", {u"send"_s});
  row("a.settimeout(9) ;; a.send(b'x')", {u"ppoll"_s, u"send"_s});
  row("a.settimeout(0.01) ;; a.recv(1)", {u"ppoll"_s});
  row("a.setblocking(False) ;; a.recv(1)", {u"recv EAGAIN"_s});
  row("b.send(b'x') ;; a.recvfrom(1)", {u"recvfrom"_s});
  row("b.send(b'x') ;; a.recvmsg(1)", {u"recvmsg"_s});
  row("a.shutdown(SHUT_WR)", {u"shutdown"_s});
  row("a.settimeout(1)", {u"ioctl(FIONBIO)"_s});
  row("a.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)", {u"setsockopt"_s});
  row("a.setsockopt(SOL_SOCKET, SO_KEEPALIVE, None, 4)", {u"setsockopt EFAULT"_s});
  row("a.getsockopt(SOL_SOCKET, SO_TYPE)", {u"getsockopt"_s});
  row("a.ioctl(FIONREAD)", {u"ioctl(FIONREAD)"_s});
  row("d.ioctl(SIOCATMARK)", {u"ioctl(SIOCATMARK) ENOTTY"_s});
  row("poll([(a, POLLIN)], 0)", {u"ppoll"_s});
  row("a.close()", {u"close"_s});
  row("a.recv(0)", {});
  row("htons(1)", {});
}

void TstCallFaults::tellsEachSystemCall() {
  QFETCH(QString, statements);
  QFETCH(QStringList, steps);
  CallDesk desk;
  run(desk, u"s = socket() ;; d = socket(AF_INET, SOCK_DGRAM) ;; a, b = socketpair()"_s);
  QCOMPARE(stepsOf(run(desk, statements)), steps);
}

void TstCallFaults::runsOutOfDescriptors_data() {
  QTest::addColumn<QString>("statement");
  for (const char* statement :
       {"socket()", "socketpair()", "a.dup()", "x.accept()", "fromfd(f, AF_INET, SOCK_STREAM)"})
    QTest::newRow(statement) << QString::fromUtf8(statement);
}

void TstCallFaults::runsOutOfDescriptors() {
  QFETCH(QString, statement);
  CallDesk desk;
  run(desk,
      u"a, b = socketpair() ;; x = socket() ;; x.bind(('127.0.0.1', 0)) ;; x.listen() ;; n = x.getsockname()"_s);
  run(desk, u"y = socket() ;; y.connect(n) ;; f = y.fileno() ;; htons(1)"_s);
  const NoMoreDescriptors none;
  const CallOutcome outcome = run(desk, statement);
  QVERIFY(!outcome.result);
  QCOMPARE(QString::fromStdString(outcome.result.error().symbol()), u"EMFILE"_s);
}

void TstCallFaults::tellsWhatHadGone() {
  CallDesk desk;
  const CallOutcome outcome =
      run(desk, u"a, b = socketpair() ;; a.settimeout(0.05) ;; a.sendall(bytes(20000000))"_s);
  QVERIFY(!outcome.result);
  QCOMPARE(outcome.result.error().kind, CallFaultKind::timeout);
  QVERIFY(outcome.result.error().bytesDone > 0 && outcome.result.error().bytesDone < 20'000'000);
  const CallOutcome waiting = run(desk, u"b.ioctl(FIONREAD)"_s);
  QCOMPARE(static_cast<std::size_t>(*waiting.result->as<std::int64_t>()), outcome.result.error().bytesDone);
}

void TstCallFaults::aNumberIsNoName() {
  CallDesk desk;
  const CallOutcome outcome = run(desk, u"socket('AF_INET', 'SOCK_DGRAM')"_s);
  QVERIFY(outcome.result && outcome.result->as<CallHandle>() != nullptr);
  const CallOutcome wrong = run(desk, u"socket('AF_INTE')"_s);
  QVERIFY(text(wrong.result.error().message).contains(u"AF_INET"_s));
}

// CAN_RAW where the kernel lacks it, and a pair that no Linux has.
void TstCallFaults::aRefusedKindOfSocketSaysWhatItTakes() {
  CallDesk desk;
  const CallOutcome nonsense = run(desk, u"socket(AF_UNIX, SOCK_RDM)"_s);
  QVERIFY(!nonsense.result);
  QVERIFY2(!nonsense.result.error().needs.empty(), nonsense.result.error().hint().c_str());
  QCOMPARE(nonsense.result.error().hint(), nonsense.result.error().needs);
  const CallOutcome can = run(desk, u"socket(AF_CAN, SOCK_RAW, CAN_RAW)"_s);
  if (can.result || can.result.error().number == EPERM) QSKIP("this kernel has CAN");
  QVERIFY2(text(can.result.error().hint()).contains(u"can_raw"_s), can.result.error().hint().c_str());
}

QTEST_GUILESS_MAIN(TstCallFaults)
#include "tst_call_faults.moc"
