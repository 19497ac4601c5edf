// What each member of Socket makes of each error that the kernel may answer.
#include <QTest>
#include <cerrno>
#include <chrono>

#include "tests/core/faults/descriptors.h"
#include "tests/core/faults/socket_members.h"

using namespace sockbench;
using namespace sockbench::faults;

namespace {

constexpr std::array kErrors = {EINTR,        EAGAIN,       ENOBUFS,     ENOMEM,   EMFILE,     ENFILE,
                                ECONNABORTED, EPIPE,        ETIMEDOUT,   EACCES,   EPERM,      EHOSTUNREACH,
                                ENETUNREACH,  ECONNREFUSED, ECONNRESET,  ENETDOWN, EADDRINUSE, EADDRNOTAVAIL,
                                EINVAL,       EBADF,        EOPNOTSUPP,  EIO,      EMSGSIZE,   ENOTCONN,
                                EPROTO,       ENOPROTOOPT,  EAFNOSUPPORT};

enum class Mode { blocking, timed, nonBlocking };
constexpr std::array kModes = {Mode::blocking, Mode::timed, Mode::nonBlocking};

const char* modeName(Mode mode) {
  if (mode == Mode::blocking) return "blocking";
  return mode == Mode::timed ? "timed" : "non-blocking";
}

Timeout timeoutOf(Mode mode) {
  if (mode == Mode::blocking) return std::nullopt;
  return mode == Mode::timed ? Timeout(std::chrono::seconds(20)) : Timeout(std::chrono::seconds(0));
}

// The call is made once more, or what it began is waited for.
bool comesToSuccess(const Member& member, int error, Mode mode) {
  if (error == EINTR) return member.retriesEintr;
  return error == EAGAIN && member.waits && mode == Mode::timed;
}

// A socket that has nothing to read, nobody in its backlog and no room to send.
struct Quiet {
  Socket listener = Socket::open(AF_UNIX, SOCK_STREAM).value();
  std::pair<Socket, Socket> ends = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  explicit Quiet(Timeout timeout) {
    listener.bind(SocketAddress::fromUnixPath("").value()).value();
    listener.listen(1).value();
    ends.first.setBlocking(false).value();
    const Bytes block(64 << 10);
    while (ends.first.send(block)) continue;
    ends.first.setTimeout(timeout).value();
    listener.setTimeout(timeout).value();
  }
};

}  // namespace

class TestSocketFaults : public QObject {
  Q_OBJECT

 private slots:
  void aFaultComesBackOrIsRetried_data();
  void aFaultComesBackOrIsRetried();
  void anInterruptionLeavesTheRestOfTheTime_data();
  void anInterruptionLeavesTheRestOfTheTime();
  void anInterruptedConnectOfANonBlockingSocketGoesOn();
};

void TestSocketFaults::aFaultComesBackOrIsRetried_data() {
  QTest::addColumn<const Member*>("member");
  QTest::addColumn<int>("error");
  QTest::addColumn<Mode>("mode");
  for (const Member& member : socketMembers())
    for (const int error : kErrors)
      for (const Mode mode : kModes) {
        if (member.needsTime && mode != Mode::timed) continue;
        if (!member.waits && !member.needsTime && mode != Mode::blocking) continue;
        QTest::addRow("%s: %s, %s", member.name, errnoSymbol(error).c_str(), modeName(mode))
            << &member << error << mode;
      }
}

void TestSocketFaults::aFaultComesBackOrIsRetried() {
  QFETCH(const Member*, member);
  QFETCH(int, error);
  QFETCH(Mode, mode);
  const std::size_t before = openDescriptors();
  {
    Bench bench(timeoutOf(mode));
    const FaultPlan plan({.call = member->call, .error = error});
    const std::optional<Error> told = member->act(bench);
    QCOMPARE(plan.injected(), 1u);
    QCOMPARE(told.has_value(), !comesToSuccess(*member, error, mode));
    if (told) {
      QCOMPARE(operationName(told->op), operationName(member->op));
      QCOMPARE(told->symbol(), errnoSymbol(error));
      QVERIFY(told->isErrno(error));
    }
  }
  QCOMPARE(openDescriptors(), before);
}

void TestSocketFaults::anInterruptionLeavesTheRestOfTheTime_data() {
  QTest::addColumn<Call>("call");
  QTest::addColumn<QByteArray>("what");
  for (const char* what : {"accept", "recv", "send"})
    QTest::addRow("%s, while it waits", what) << Call::poll << QByteArray(what);
  QTest::newRow("accept itself") << Call::accept4 << QByteArray("accept");
  QTest::newRow("recv itself") << Call::recv << QByteArray("recv");
  QTest::newRow("send itself") << Call::send << QByteArray("send");
}

// However often it is interrupted, the time is over when it is over.
void TestSocketFaults::anInterruptionLeavesTheRestOfTheTime() {
  QFETCH(Call, call);
  QFETCH(QByteArray, what);
  Quiet quiet(std::chrono::milliseconds(30));
  std::array<std::byte, 4> buffer{};
  const bool endless = call == Call::poll;
  const FaultPlan plan({.call = call, .error = EINTR, .times = endless ? 1'000'000'000u : 5u});
  std::optional<Error> told;
  if (what == "accept") {
    told = quiet.listener.accept().error();
  } else if (what == "recv") {
    told = quiet.ends.first.recv(buffer).error();
  } else {
    told = quiet.ends.first.send(buffer).error();
  }
  QCOMPARE(told->symbol(), std::string("ETIMEDOUT"));
  QVERIFY(plan.injected() >= 2);
}

// connect(2): an interrupted connect is established in the background, as one that is in progress.
void TestSocketFaults::anInterruptedConnectOfANonBlockingSocketGoesOn() {
  Bench bench(std::chrono::seconds(0));
  const FaultPlan plan({.call = Call::connect, .error = EINTR});
  const auto told = bench.fresh.connect(bench.address);
  QCOMPARE(told.error().symbol(), std::string("EINPROGRESS"));
  QCOMPARE(plan.injected(), 1u);
}

QTEST_APPLESS_MAIN(TestSocketFaults)
#include "tst_socket_faults.moc"
