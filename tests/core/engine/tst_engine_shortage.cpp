// A listener that has no descriptor left for those who connect.
#include <sys/resource.h>

#include <QTest>
#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/core/engine/engine_fixture.h"
#include "tests/core/engine/peer_sockets.h"

using namespace sockbench;
using sockbench::test::connectedTo;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

// The process may have a few descriptors more than it has now, all of them taken.
class NoDescriptorsLeft {
 public:
  explicit NoDescriptorsLeft(std::size_t free) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    few.rlim_cur = 256;
    ::setrlimit(RLIMIT_NOFILE, &few);
    for (auto filler = Socket::duplicate(0); filler; filler = Socket::duplicate(0))
      fillers_.push_back(std::move(*filler));
    fillers_.resize(fillers_.size() - std::min(free, fillers_.size()));
  }
  ~NoDescriptorsLeft() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptorsLeft(const NoDescriptorsLeft&) = delete;
  NoDescriptorsLeft& operator=(const NoDescriptorsLeft&) = delete;

 private:
  rlimit before_{};
  std::vector<Socket> fillers_;
};

// How often the engine's only worker has gone to sleep: a thread that spins never does. Made before
// descriptors become short.
class WorkerSleeps {
 public:
  WorkerSleeps() {
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
      std::string name;
      std::ifstream(task.path() / "comm") >> name;
      if (name == "io-0") status_.open(task.path() / "status");
    }
  }
  long count() {
    status_.clear();
    status_.seekg(0);
    for (std::string word; status_ >> word;)
      if (word == "voluntary_ctxt_switches:") status_ >> last_;
    return last_;
  }

 private:
  std::ifstream status_;
  long last_ = 0;
};

// Sockets are made before descriptors become short; they connect while they are.
std::vector<Socket> unconnectedSockets(std::size_t count) {
  std::vector<Socket> sockets;
  for (std::size_t i = 0; i < count; ++i) sockets.push_back(Socket::open(AF_INET, SOCK_STREAM).value());
  return sockets;
}

std::string remarkOf(EngineFixture& f, SessionId id, RecordKind kind) {
  for (const LogRow& row : f.rows(id))
    if (row.record.kind == kind) return decodeEventDetail(row.payload.bytes).text;
  return {};
}

}  // namespace

class TestEngineShortage : public QObject {
  Q_OBJECT

 private slots:
  void aListenerOutlivesAShortageOfDescriptors();
  void itSleepsMeanwhile();
  void nobodyIsLost();
  void aSessionThatEndsMakesRoom();
};

// The last descriptor goes to the only connection that waits: nobody waits when there are some again.
void TestEngineShortage::aListenerOutlivesAShortageOfDescriptors() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  auto first = Socket::open(AF_INET, SOCK_STREAM);
  QVERIFY(first.has_value());
  {
    const NoDescriptorsLeft shortage(1);
    QVERIFY(first->connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port)));
    QTRY_COMPARE(f.story(listener), "listening error paused");
    QCOMPARE(f.lastErrorSymbol(listener), "EMFILE");
  }
  QTRY_COMPARE(f.story(listener), "listening error paused resumed");
  const Socket second = connectedTo(port);
  QVERIFY(second.isOpen());
  QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
}

void TestEngineShortage::itSleepsMeanwhile() {
  EngineFixture f(1);
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  WorkerSleeps sleeps;
  std::vector<Socket> waiting = unconnectedSockets(5);
  const NoDescriptorsLeft shortage(0);
  for (Socket& one : waiting) QVERIFY(one.connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port)));
  QTRY_COMPARE(f.story(listener), "listening error paused");
  QVERIFY(remarkOf(f, listener, RecordKind::paused).starts_with("EMFILE: "));
  const long before = sleeps.count();
  QVERIFY(before > 0);
  QTRY_VERIFY(sleeps.count() >= before + 3);
  QCOMPARE(f.story(listener), "listening error paused");
}

// Those who have connected wait in the backlog, and what they have said waits with them.
void TestEngineShortage::nobodyIsLost() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  constexpr std::size_t kMany = 50;
  std::vector<Socket> waiting = unconnectedSockets(kMany);
  {
    const NoDescriptorsLeft shortage(3);
    for (Socket& one : waiting) {
      QVERIFY(one.connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port)));
      QVERIFY(one.send(asBytes("hello")));
    }
    QTRY_VERIFY(f.story(listener).ends_with("error paused"));
    QCOMPARE(f.now(listener).acceptedChildren, 3U);
  }
  QTRY_COMPARE(f.now(listener).acceptedChildren, kMany);
  QTRY_COMPARE(f.story(listener), "listening error paused resumed");
  std::size_t heard = 0;
  QVERIFY(waitFor([&] {
    heard = 0;
    for (const SessionSnapshot& s : f.engine().snapshots()) heard += s.bytesIn;
    return heard == kMany * 5;
  }));
}

// One goes, one comes; that is no end of the shortage, and is not told as one.
void TestEngineShortage::aSessionThatEndsMakesRoom() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  std::vector<Socket> peers = unconnectedSockets(4);
  {
    const NoDescriptorsLeft shortage(1);
    for (Socket& one : peers) QVERIFY(one.connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port)));
    QTRY_COMPARE(f.story(listener), "listening error paused");
    const SessionId first = f.childOf(listener);
    f.engine().reset(first);
    QTRY_COMPARE(f.now(listener).acceptedChildren, 2U);
    QCOMPARE(f.now(listener).openChildren, 1U);
    QCOMPARE(f.story(listener), "listening error paused");
  }
  QTRY_COMPARE(f.story(listener), "listening error paused resumed");
  QTRY_COMPARE(f.now(listener).acceptedChildren, 4U);
}

QTEST_GUILESS_MAIN(TestEngineShortage)
#include "tst_engine_shortage.moc"
