// Many thousand sessions come and go, and nothing of them stays: no descriptor, no memory beyond what the
// engine keeps of the last ones.
#include <malloc.h>
#include <netinet/in.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <vector>

#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::waitFor;

namespace {

// A round makes more sessions than the engine remembers closed ones (1,000), so that from the first round on
// it forgets as many as come.
constexpr int kBatches = 34;
constexpr int kTcp = 50;
constexpr int kUdp = 25;
constexpr int kUnix = 25;
constexpr int kRounds = 5;
// The log lets go of its rows by the slab, which is 100 KiB here. 50 bytes kept of each session would be
// more.
constexpr std::size_t kHeapSlack = std::size_t{400} << 10;
constexpr std::size_t kResidentSlack = std::size_t{8} << 20;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kHeapIsOurs = false;  // a sanitizer keeps what was freed, and books of its own
#else
constexpr bool kHeapIsOurs = true;
#endif

std::size_t descriptorsOpen() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

std::size_t heapInUse() {
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

std::size_t residentBytes() {
  std::ifstream pages("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  pages >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

struct Reading {
  std::size_t descriptors = 0;
  std::size_t heap = 0;
  std::size_t resident = 0;
  std::size_t known = 0;  // sessions
};

struct Server {
  SocketAddress address;
  int type = SOCK_STREAM;
};

// Sessions from the peers' side: each says its number, hears it, and goes.
bool comesAndGoes(const Server& server, int peers) {
  std::vector<Socket> sockets;
  for (int i = 0; i < peers; ++i) {
    auto socket = Socket::open(server.address.family(), server.type);
    if (!socket || !socket->setTimeout(std::chrono::seconds(20)) || !socket->connect(server.address))
      return false;
    if (!socket->sendAll(std::as_bytes(std::span(&i, 1)))) return false;
    sockets.push_back(std::move(*socket));
  }
  for (int i = 0; i < peers; ++i) {
    int heard = -1;
    const auto got = sockets[static_cast<std::size_t>(i)].recv(std::as_writable_bytes(std::span(&heard, 1)));
    if (!got || heard != i) return false;
  }
  return true;
}

}  // namespace

class TestEngineBaseline : public QObject {
  Q_OBJECT

 private slots:
  void nothingStaysOfSessionsThatHaveGone();

 private:
  static std::vector<Server> listenEverywhere(Engine& engine, const QString& folder);
  static bool round(Engine& engine, const std::vector<Server>& servers);
  static void closeDatagramPeers(Engine& engine);
  static Reading read(Engine& engine);
};

std::vector<Server> TestEngineBaseline::listenEverywhere(Engine& engine, const QString& folder) {
  std::vector<Server> servers;
  for (const std::string& text : {std::string("tcp://127.0.0.1:0"), std::string("udp://127.0.0.1:0"),
                                  "unix:" + folder.toStdString() + "/s"}) {
    ListenSpec spec;
    spec.endpoint = Endpoint::parse(text).value();
    spec.rules.responder = Responder::echo;
    const int type = transportSocketType(spec.endpoint.transport);
    const SessionId id = engine.listen(std::move(spec));
    if (!waitFor([&] { return engine.snapshot(id)->state == SessionState::listening; })) return {};
    servers.push_back({engine.snapshot(id)->local, type});
  }
  return servers;
}

// A datagram peer's session ends when we say so.
void TestEngineBaseline::closeDatagramPeers(Engine& engine) {
  for (const SessionSnapshot& session : engine.snapshots())
    if (session.transport == Transport::udp && session.role == SessionRole::accepted && session.isOpen())
      engine.close(session.id);
}

bool TestEngineBaseline::round(Engine& engine, const std::vector<Server>& servers) {
  for (int batch = 0; batch < kBatches; ++batch) {
    if (!comesAndGoes(servers[0], kTcp) || !comesAndGoes(servers[1], kUdp) ||
        !comesAndGoes(servers[2], kUnix))
      return false;
    closeDatagramPeers(engine);
    engine.events().drain();
  }
  return waitFor([&] {
    closeDatagramPeers(engine);
    engine.events().drain();
    return engine.openSessions() == 0;
  });
}

Reading TestEngineBaseline::read(Engine& engine) {
  return {descriptorsOpen(), heapInUse(), residentBytes(), engine.snapshots().size()};
}

void TestEngineBaseline::nothingStaysOfSessionsThatHaveGone() {
  const QTemporaryDir folder;
  const std::size_t before = descriptorsOpen();
  {
    Engine engine({.workers = 2, .log = {.budgetBytes = std::size_t{4} << 20}, .wake = {}});
    const std::vector<Server> servers = listenEverywhere(engine, folder.path());
    QCOMPARE(servers.size(), std::size_t{3});
    std::vector<Reading> readings;
    for (int i = 0; i < kRounds; ++i) {
      QVERIFY(round(engine, servers));
      readings.push_back(read(engine));
      qInfo("round %d: %zu descriptors, %zu KiB of heap, %zu KiB resident", i, readings.back().descriptors,
            readings.back().heap >> 10, readings.back().resident >> 10);
    }
    const Reading& warm = readings[1];
    const Reading& last = readings.back();
    QCOMPARE(last.descriptors, warm.descriptors);
    QCOMPARE(last.known, warm.known);
    if (kHeapIsOurs) {
      QVERIFY2(last.heap <= warm.heap + kHeapSlack, std::to_string(last.heap - warm.heap).c_str());
      QVERIFY2(last.resident <= warm.resident + kResidentSlack,
               std::to_string(last.resident - warm.resident).c_str());
    }
  }
  QCOMPARE(descriptorsOpen(), before);
}

QTEST_GUILESS_MAIN(TestEngineBaseline)
#include "tst_engine_baseline.moc"
