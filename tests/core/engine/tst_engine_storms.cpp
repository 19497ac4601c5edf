// Many at once, and peers that behave badly.
#include <netinet/tcp.h>
#include <sys/resource.h>

#include <QTest>
#include <filesystem>
#include <vector>

#include "tests/core/engine/engine_fixture.h"
#include "tests/core/engine/peer_sockets.h"

using namespace sockbench;
using sockbench::test::connectedTo;
using sockbench::test::EngineFixture;
using sockbench::test::readBytes;
using sockbench::test::resetNow;
using sockbench::test::waitFor;

namespace {

constexpr std::size_t kMany = 2000;

std::size_t openDescriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

SessionId listenWithRoom(EngineFixture& f) {
  ListenSpec spec;
  spec.endpoint = Endpoint::parse("tcp://127.0.0.1:0").value();
  spec.backlog = 4096;
  return f.engine().listen(spec);
}

// How many rows of a kind stand in the timeline, of whatever session.
std::size_t rowsOf(EngineFixture& f, RecordKind kind, Party by = Party::none) {
  std::vector<LogRow> rows;
  f.engine().log().read(f.engine().log().first(), static_cast<std::size_t>(f.engine().log().end()), rows);
  return static_cast<std::size_t>(std::ranges::count_if(
      rows, [&](const LogRow& row) { return row.record.kind == kind && row.record.by == by; }));
}

}  // namespace

class TestEngineStorms : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void manyConnectAtOnce();
  void manyResetAtOnce();
  void aPeerThatNeverReads();
  void aPeerThatReadsAByteAtATime();
  void aPeerThatNeverCloses();
};

void TestEngineStorms::initTestCase() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < 3 * kMany) QSKIP("fewer descriptors than the storms need");
}

void TestEngineStorms::manyConnectAtOnce() {
  EngineFixture f;
  const SessionId listener = listenWithRoom(f);
  const std::uint16_t port = f.portOf(listener);
  const std::size_t before = openDescriptors();
  {
    std::vector<Socket> peers;
    for (std::size_t i = 0; i < kMany; ++i) {
      peers.push_back(Socket::open(AF_INET, SOCK_STREAM).value());
      QVERIFY(peers.back().setBlocking(false));
      (void)peers.back().connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port));
    }
    QTRY_COMPARE_WITH_TIMEOUT(f.now(listener).acceptedChildren, kMany, 20000);
    QCOMPARE(f.now(listener).openChildren, kMany);
    QCOMPARE(f.engine().openSessions(), kMany);
    for (Socket& peer : peers) QVERIFY(peer.send(asBytes("x")));
  }
  QTRY_COMPARE_WITH_TIMEOUT(f.engine().openSessions(), 0U, 20000);
  QTRY_COMPARE(rowsOf(f, RecordKind::closed, Party::peer), kMany);
  QCOMPARE(rowsOf(f, RecordKind::accepted), kMany);
  QCOMPARE(rowsOf(f, RecordKind::in), kMany);
  QCOMPARE(rowsOf(f, RecordKind::error), 0U);
  QCOMPARE(f.now(listener).openChildren, 0U);
  QCOMPARE(f.now(listener).acceptedChildren, kMany);
  QCOMPARE(openDescriptors(), before);
}

// Linux hands out a connection that has been reset in the backlog, too; other kernels say ECONNABORTED.
void TestEngineStorms::manyResetAtOnce() {
  EngineFixture f;
  const SessionId listener = listenWithRoom(f);
  const std::uint16_t port = f.portOf(listener);
  const std::size_t before = openDescriptors();
  for (std::size_t i = 0; i < kMany; ++i) {
    Socket peer = connectedTo(port);
    QVERIFY(resetNow(peer));
  }
  const auto settled = [&] {
    return rowsOf(f, RecordKind::reset, Party::peer) + rowsOf(f, RecordKind::error) == kMany;
  };
  QTRY_VERIFY_WITH_TIMEOUT(settled(), 20000);
  QTRY_COMPARE(f.engine().openSessions(), 0U);
  QCOMPARE(rowsOf(f, RecordKind::accepted), rowsOf(f, RecordKind::reset, Party::peer));
  QCOMPARE(rowsOf(f, RecordKind::closed, Party::us), 0U);
  QCOMPARE(f.now(listener).openChildren, 0U);
  QCOMPARE(openDescriptors(), before);
}

void TestEngineStorms::aPeerThatNeverReads() {
  EngineFixture f;
  constexpr std::size_t kQueue = std::size_t{1} << 20;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.sendQueueBytes = kQueue});
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  const auto isStuck = [&] {
    f.engine().sample({child});
    const auto tcp = f.now(child).tcp;
    return tcp && tcp->isZeroWindow() && tcp->kernelState == TCP_ESTABLISHED;
  };
  std::size_t taken = 0;
  Result<void> last;
  QVERIFY(waitFor([&] {
    for (last = {}; last; taken += last ? std::size_t{64} << 10 : 0) {
      last = f.engine().send(child, Bytes(64 << 10));
    }
    return isStuck();
  }));
  QVERIFY(last.error().isInput(InputFault::queueFull));
  QVERIFY(f.now(child).queuedBytes <= kQueue);
  QCOMPARE(f.now(child).state, SessionState::connected);
  // It was only slow: nothing of what was taken is lost.
  f.engine().halfClose(child);
  QVERIFY(readBytes(peer, taken + 1).size() == taken);
}

void TestEngineStorms::aPeerThatReadsAByteAtATime() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  Socket peer = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(peer.setIntOption(SOL_SOCKET, SO_RCVBUF, 1));  // as small as the kernel lets it be
  QVERIFY(peer.setTimeout(std::chrono::seconds(20)));
  QVERIFY(peer.connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port)));
  const SessionId child = f.childOf(listener);
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += static_cast<char>('a' + i % 26);
  QVERIFY(f.engine().send(child, toBytes(text)).has_value());
  f.engine().close(child);
  std::string got;
  for (std::string one = readBytes(peer, 1); !one.empty(); one = readBytes(peer, 1)) got += one;
  QVERIFY(got == text);
  QVERIFY(peer.close());
  QVERIFY(f.waitForState(child, SessionState::closed));
}

void TestEngineStorms::aPeerThatNeverCloses() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  f.engine().close(child);
  QTRY_COMPARE(f.story(child), "accepted half-closed(us)");
  QTRY_COMPARE(f.story(child), "accepted half-closed(us) closed(us)");
  QTRY_COMPARE(f.engine().openSessions(), 0U);
}

QTEST_GUILESS_MAIN(TestEngineStorms)
#include "tst_engine_storms.moc"
