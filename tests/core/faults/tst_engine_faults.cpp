// The engine under each error of each system call that a short life of a session makes.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cerrno>
#include <memory>

#include "tests/core/faults/descriptors.h"
#include "tests/core/faults/fault_plan.h"
#include "tests/core/faults/fault_scenario.h"

using namespace sockbench;
using namespace sockbench::faults;

namespace {

constexpr std::array kErrors = {EINTR,        EAGAIN, ENOBUFS,   ENOMEM,       EMFILE,     ENFILE,
                                ECONNABORTED, EPIPE,  ETIMEDOUT, EHOSTUNREACH, ECONNRESET, ECONNREFUSED};
constexpr std::array kTransports = {Transport::tcp, Transport::udp, Transport::unixStream,
                                    Transport::unixDatagram, Transport::unixSeqpacket};
// A call that is made more often is made in the same way again.
constexpr unsigned kMostNth = 3;

const char* roleName(Role role) {
  return role == Role::listener ? "listener" : "client";
}

bool isTransfer(Call call) {
  return call == Call::send || call == Call::sendto || call == Call::sendmsg || call == Call::sendmmsg ||
         call == Call::recv || call == Call::recvfrom || call == Call::recvmsg || call == Call::recvmmsg;
}

// What is simply done again, at once or when there is memory again.
bool isRetried(Call call, int error) {
  if (call == Call::connect) return error == EINTR || error == EAGAIN;
  if (call == Call::close) return error == EINTR;
  if (call == Call::send && error == ENOBUFS) return true;
  return (error == EINTR || error == EAGAIN) &&
         (isTransfer(call) || call == Call::accept4 || call == Call::poll);
}

// Calls whose failure leaves another way, which is taken without a word: without SO_RCVBUFFORCE there is
// SO_RCVBUF; drops that could not be asked for are told the next time.
bool hasAnotherWay(Transport transport, Call call, unsigned nth) {
  if (transport != Transport::udp) return false;
  return call == Call::getsockopt || (call == Call::setsockopt && nth == 1);
}

}  // namespace

class TestEngineFaults : public QObject {
  Q_OBJECT

 private slots:
  void oneCallFails_data();
  void oneCallFails();
  void anEngineIsMadeWhileDescriptorsAreShort_data();
  void anEngineIsMadeWhileDescriptorsAreShort();

 private:
  std::string folder() {
    folder_ = std::make_unique<QTemporaryDir>();
    return folder_->path().toStdString();
  }
  std::array<unsigned, kCalls> callsOf(Transport transport, Role role);
  std::unique_ptr<QTemporaryDir> folder_;
};

std::array<unsigned, kCalls> TestEngineFaults::callsOf(Transport transport, Role role) {
  const CallCount count;
  Scenario scenario(transport, role, folder());
  if (!scenario.firstSession() || !scenario.end() || scenario.wasAnythingTold())
    qFatal("without a fault: %s", scenario.story().c_str());
  return count.sofar();
}

// The rows are the calls that the scenario makes when nothing fails.
void TestEngineFaults::oneCallFails_data() {
  QTest::addColumn<Transport>("transport");
  QTest::addColumn<Role>("role");
  QTest::addColumn<Call>("call");
  QTest::addColumn<int>("error");
  QTest::addColumn<unsigned>("nth");
  for (const Transport transport : kTransports)
    for (const Role role : {Role::listener, Role::client}) {
      const auto counts = callsOf(transport, role);
      for (std::size_t i = 0; i < kCalls; ++i)
        for (unsigned nth = 1; nth <= std::min(counts.at(i), kMostNth); ++nth)
          for (const int error : kErrors) {
            const auto call = static_cast<Call>(i);
            QTest::addRow("%s %s: %s %u says %s", std::string(transportName(transport)).c_str(),
                          roleName(role), std::string(callName(call)).c_str(), nth,
                          errnoSymbol(error).c_str())
                << transport << role << call << error << nth;
          }
    }
}

void TestEngineFaults::oneCallFails() {
  QFETCH(Transport, transport);
  QFETCH(Role, role);
  QFETCH(Call, call);
  QFETCH(int, error);
  QFETCH(unsigned, nth);
  const std::size_t before = openDescriptors();
  {
    const FaultPlan plan({.call = call, .error = error, .nth = nth, .where = Where::otherThreads});
    Scenario scenario(transport, role, folder());
    const bool well = scenario.firstSession();
    const bool again = scenario.secondSession();
    const bool ended = scenario.end();
    const std::string story = scenario.story();
    const bool mustBeTold =
        plan.injected() > 0 && !isRetried(call, error) && !hasAnotherWay(transport, call, nth);
    QVERIFY2(!mustBeTold || scenario.wasTold(error), ("never told:" + story).c_str());
    QVERIFY2(mustBeTold || well, ("failed:" + story).c_str());
    QVERIFY2(again, ("the second session:" + story).c_str());
    QVERIFY2(ended, ("something stayed open:" + story).c_str());
    QCOMPARE(scenario.miscount(), std::string());
  }
  QCOMPARE(openDescriptors(), before);
}

void TestEngineFaults::anEngineIsMadeWhileDescriptorsAreShort_data() {
  QTest::addColumn<Call>("call");
  QTest::addColumn<unsigned>("times");
  QTest::addColumn<bool>("works");
  QTest::newRow("no loop at all, then one") << Call::epollCreate << 3u << false;
  QTest::newRow("no loop for one worker") << Call::epollCreate << 1u << true;
  QTest::newRow("no eventfd: a pipe does") << Call::eventfd << 2u << true;
  QTest::newRow("no timerfd: the loop's own time does") << Call::timerfdCreate << 2u << true;
}

// The engine of a scenario has two workers; the third call is the first session's.
void TestEngineFaults::anEngineIsMadeWhileDescriptorsAreShort() {
  QFETCH(Call, call);
  QFETCH(unsigned, times);
  QFETCH(bool, works);
  const std::size_t before = openDescriptors();
  {
    const FaultPlan plan({.call = call, .error = EMFILE, .times = times});
    Scenario scenario(Transport::tcp, Role::listener, folder());
    QCOMPARE(scenario.firstSession(), works);
    QCOMPARE(plan.injected(), times);
    QVERIFY2(scenario.secondSession(), scenario.story().c_str());
    QVERIFY(scenario.end());
    QCOMPARE(scenario.wasTold(EMFILE), !works);
  }
  QCOMPARE(openDescriptors(), before);
}

QTEST_APPLESS_MAIN(TestEngineFaults)
#include "tst_engine_faults.moc"
