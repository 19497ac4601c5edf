// Connections that nobody closes: the kernel gives them up, and says why.
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <QTest>

#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

Socket connectedTo(std::uint16_t port) {
  auto socket = Socket::open(AF_INET, SOCK_STREAM);
  if (!socket || !socket->connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port))) return {};
  return std::move(*socket);
}

// Bytes that the kernel has taken of ours but cannot hand over, since the peer does not read: its window is
// shut.
bool shutThePeersWindow(EngineFixture& f, SessionId session) {
  return waitFor([&] {
    const bool queueFull = !f.engine().send(session, Bytes(64 << 10));
    f.engine().sample({session});
    const auto tcp = f.now(session).tcp;
    return queueFull && tcp && tcp->isZeroWindow();
  });
}

}  // namespace

class TestEngineDeaths : public QObject {
  Q_OBJECT

 private slots:
  void aPeerThatTakesNothingForTooLong_data();
  void aPeerThatTakesNothingForTooLong();
};

void TestEngineDeaths::aPeerThatTakesNothingForTooLong_data() {
  QTest::addColumn<bool>("reads");
  QTest::newRow("found by reading") << true;
  QTest::newRow("found by sending: the echo waits for room") << false;
}

// TCP_USER_TIMEOUT (tcp(7)): the kernel gives up by itself, with ETIMEDOUT.
void TestEngineDeaths::aPeerThatTakesNothingForTooLong() {
  QFETCH(bool, reads);
  EngineFixture f;
  const SessionId listener = f.listen(
      "tcp://127.0.0.1:0",
      {.responder = reads ? Responder::none : Responder::echo, .sendQueueBytes = std::size_t{256} << 10});
  Socket peer = connectedTo(f.portOf(listener));
  QVERIFY(peer.isOpen());
  const SessionId child = f.childOf(listener);
  const auto giveUpSoon = [&] {
    f.engine().setOption(child, OptionSetting::parse("TCP_USER_TIMEOUT=100").value());
  };
  if (reads) {
    QVERIFY(shutThePeersWindow(f, child));
    giveUpSoon();
  } else {
    giveUpSoon();
    QVERIFY(peer.setBlocking(false));
    (void)waitFor([&] {
      while (peer.send(Bytes(64 << 10))) {
      }
      return !f.now(child).isOpen();
    });
  }
  QVERIFY(f.waitForState(child, SessionState::failed));
  QCOMPARE(f.now(child).by, Party::none);
  QCOMPARE(f.now(child).stateText(), "failed (ETIMEDOUT)");
  QCOMPARE(f.now(child).descriptor, -1);
  QTRY_COMPARE(f.lastErrorSymbol(child), "ETIMEDOUT");
  const std::string story = f.story(child);
  QVERIFY2(story.ends_with(" error"), story.substr(story.size() - 100).c_str());
  QVERIFY2(story.find("closed") == std::string::npos, story.c_str());
  const auto error = decodeEventDetail(f.rows(child).back().payload.bytes).error;
  QVERIFY(error.has_value());
  QVERIFY2(error->detail.find(reads ? "sent bytes were not acknowledged" : "bytes were not sent") !=
               std::string::npos,
           error->line().c_str());
  QTRY_COMPARE(f.engine().openSessions(), 0U);
}

QTEST_GUILESS_MAIN(TestEngineDeaths)
#include "tst_engine_deaths.moc"
