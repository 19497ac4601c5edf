// A peer that never stops sending starves nobody, though both live on the same worker.
#include <QTest>
#include <atomic>
#include <thread>

#include "tests/core/engine/engine_fixture.h"
#include "tests/core/engine/peer_sockets.h"

using namespace sockbench;
using sockbench::test::connectedTo;
using sockbench::test::EngineFixture;
using sockbench::test::readBytes;
using sockbench::test::waitFor;

namespace {

// Sends for as long as it lives, as fast as the other side takes it.
class Flood {
 public:
  explicit Flood(std::uint16_t port) : socket_(connectedTo(port)) {
    thread_ = std::thread([this] {
      const Bytes piece(256 << 10, std::byte{'f'});
      while (!over_ && socket_.send(piece)) {
      }
    });
  }
  ~Flood() {
    over_ = true;
    (void)socket_.shutdown(ShutdownHow::both);
    thread_.join();
  }
  Flood(const Flood&) = delete;
  Flood& operator=(const Flood&) = delete;

 private:
  Socket socket_;
  std::atomic<bool> over_{false};
  std::thread thread_;
};

}  // namespace

class TestEngineFairness : public QObject {
  Q_OBJECT

 private slots:
  void theQuietOneIsAnsweredDuringAFlood_data();
  void theQuietOneIsAnsweredDuringAFlood();
  void aTurnReadsNoMoreThanItsShare();
  void acceptingGoesOnDuringAFlood();
};

void TestEngineFairness::theQuietOneIsAnsweredDuringAFlood_data() {
  QTest::addColumn<int>("floods");
  QTest::newRow("one flood") << 1;
  QTest::newRow("three floods") << 3;
}

// Every echo comes while the flood still flows: it does not end before the last of them.
void TestEngineFairness::theQuietOneIsAnsweredDuringAFlood() {
  QFETCH(int, floods);
  EngineFixture f(1);
  const std::uint16_t echo = f.portOf(f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo}));
  const SessionId sink = f.listen("tcp://127.0.0.1:0", {.responder = Responder::discard});
  const std::uint16_t port = f.portOf(sink);
  Socket quiet = connectedTo(echo);
  std::vector<std::unique_ptr<Flood>> all;
  for (int i = 0; i < floods; ++i) all.push_back(std::make_unique<Flood>(port));
  const auto flooded = [&] {
    std::uint64_t bytes = 0;
    for (const SessionSnapshot& s : f.engine().snapshots()) bytes += s.parent == sink ? s.bytesIn : 0;
    return bytes;
  };
  for (int round = 0; round < 20; ++round) {
    QVERIFY(quiet.send(asBytes("x")));
    QCOMPARE(readBytes(quiet, 1), "x");
    const std::uint64_t before = flooded();
    QVERIFY(waitFor([&] { return flooded() > before + (std::uint64_t{1} << 20); }));
  }
}

// Two hundred records wait in one session, one in another. The one is not read behind all of the others.
void TestEngineFairness::aTurnReadsNoMoreThanItsShare() {
  std::atomic<bool> open{true};
  EngineFixture f(1, [&] { return open.load(); });
  const std::string name = "@sockbench-fairness-" + std::to_string(QCoreApplication::applicationPid());
  const SessionId listener = f.listen("unix-seqpacket:" + name);
  QVERIFY(f.waitForState(listener, SessionState::listening));
  auto flood = Socket::open(AF_UNIX, SOCK_SEQPACKET);
  auto quiet = Socket::open(AF_UNIX, SOCK_SEQPACKET);
  QVERIFY(flood && flood->connect(f.now(listener).local));
  QVERIFY(quiet && quiet->connect(f.now(listener).local));
  QTRY_COMPARE(f.engine().openSessions(), 2U);
  open = false;
  // The waits that stand already are answered once more.
  QVERIFY(flood->send(asBytes("f")) && quiet->send(asBytes("q")));
  QVERIFY(waitFor([&] { return f.engine().log().bytesPublished() > 0 && f.engine().log().end() >= 5; }));
  constexpr int kMany = 200;
  for (int i = 0; i < kMany; ++i) QVERIFY(flood->send(asBytes("f")));
  QVERIFY(quiet->send(asBytes("q")));
  const std::uint64_t from = f.engine().log().end();
  open = true;
  f.engine().resumeReceiving();
  QVERIFY(waitFor([&] { return f.engine().log().end() >= from + kMany + 1; }));
  std::vector<LogRow> rows;
  f.engine().log().read(from, kMany + 1, rows);
  const auto at = std::ranges::find_if(rows, [](const LogRow& r) { return asChars(r.payload.bytes) == "q"; });
  QVERIFY(at != rows.end());
  QVERIFY2(at - rows.begin() <= 32, std::to_string(at - rows.begin()).c_str());
}

void TestEngineFairness::acceptingGoesOnDuringAFlood() {
  EngineFixture f(1);
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  const Flood flood(port);
  for (std::uint64_t i = 1; i <= 20; ++i) {
    const Socket another = connectedTo(port);
    QVERIFY(another.isOpen());
    QTRY_COMPARE(f.now(listener).acceptedChildren, i + 1);
  }
}

QTEST_GUILESS_MAIN(TestEngineFairness)
#include "tst_engine_fairness.moc"
