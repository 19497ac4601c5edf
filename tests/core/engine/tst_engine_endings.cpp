// How TCP sessions and listeners end, or go on, where it is easy to lose something.
#include <netinet/in.h>

#include <QTest>
#include <set>
#include <vector>

#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"

using namespace sockbench;
using sockbench::test::EngineFixture;
using sockbench::test::waitFor;

namespace {

Socket connectedTo(std::uint16_t port) {
  auto socket = Socket::open(AF_INET, SOCK_STREAM);
  if (!socket || !socket->connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port))) return {};
  if (!socket->setTimeout(std::chrono::seconds(20))) return {};
  return std::move(*socket);
}

// Until the end of the stream; what an error leaves is shorter.
std::string readToTheEnd(Socket& socket) {
  std::string all;
  Bytes into(64 << 10);
  for (auto got = socket.recv(into); got && *got > 0; got = socket.recv(into))
    all += asChars(ByteView(into).first(*got));
  return all;
}

}  // namespace

class TestEngineEndings : public QObject {
  Q_OBJECT

 private slots:
  void closingAllSendsWhatIsQueued();
  void closeAfterHalfCloseHearsThePeerOut();
  void anEchoedEndWordEndsInGoodOrder();
  void aSessionThatHasNotBegunIsNotForgotten();
  void drainedIsToldBehindAnEcho();
  void aResetIsNoticedWhile_data();
  void aResetIsNoticedWhile();
  void newRulesStandInTheSnapshot();
  void forgottenIsToldLast();
};

void TestEngineEndings::closingAllSendsWhatIsQueued() {
  EngineFixture f(1);
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  QVERIFY(f.waitForState(child, SessionState::connected));
  constexpr std::size_t kMany = 5000;
  for (std::size_t i = 0; i < kMany; ++i) QVERIFY(f.engine().send(child, toBytes("x")).has_value());
  f.engine().closeAll();
  QCOMPARE(readToTheEnd(peer).size(), kMany);
}

void TestEngineEndings::closeAfterHalfCloseHearsThePeerOut() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  f.engine().halfClose(child);
  QVERIFY(f.waitForState(child, SessionState::halfClosed));
  f.engine().close(child);
  f.engine().readOptions(child);  // answered once close() has been
  QVERIFY(waitFor([&] {
    const auto news = f.engine().events().drain();
    return !f.now(child).isOpen() || std::ranges::any_of(news, [](const SessionEvent& event) {
      return event.what == SessionEvent::What::optionsRead;
    });
  }));
  QVERIFY(peer.send(asBytes("last words")) && peer.close());
  QTRY_COMPARE(f.story(child), "accepted half-closed(us) in closed(us)");
  QCOMPARE(f.bytes(child, RecordKind::in), "last words");
}

// It is met twice, coming and going.
void TestEngineEndings::anEchoedEndWordEndsInGoodOrder() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo, .endWord = "exit"});
  Socket peer = connectedTo(f.portOf(listener));
  QVERIFY(peer.send(asBytes("exit\n")));
  QCOMPARE(readToTheEnd(peer), "exit\n");
  const SessionId child = f.childOf(listener);
  QVERIFY(peer.close());
  QTRY_COMPARE(f.story(child), "accepted in out half-closed(us) closed(us)");
}

void TestEngineEndings::aSessionThatHasNotBegunIsNotForgotten() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  for (int i = 0; i < 20; ++i) {
    const SessionId client = f.connect("tcp://127.0.0.1:" + std::to_string(port));
    f.engine().forget(client);
    QVERIFY(f.engine().snapshot(client).has_value());
  }
}

// What a caller sent goes in one turn, what is echoed behind it in another.
void TestEngineEndings::drainedIsToldBehindAnEcho() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0", {.responder = Responder::echo});
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  const auto queued = [&] { return f.now(child).queuedBytes; };
  const Bytes piece(64 << 10, std::byte{7});
  const auto fill = [&](std::size_t most) {
    return waitFor([&] { return peer.send(piece).has_value() && queued() >= most; });
  };
  QVERIFY(fill(512 << 10));
  QVERIFY(f.engine().send(child, toBytes("asked")).has_value());
  f.engine().events().drain();
  const std::size_t before = queued();
  QVERIFY(fill(before + (6 << 20)));
  QVERIFY(peer.shutdown(ShutdownHow::write));
  readToTheEnd(peer);
  QVERIFY(waitFor([&] {
    return std::ranges::any_of(f.engine().events().drain(), [&](const SessionEvent& event) {
      return event.what == SessionEvent::What::sendDrained && event.session.id == child;
    });
  }));
}

void TestEngineEndings::aResetIsNoticedWhile_data() {
  QTest::addColumn<bool>("paused");
  QTest::newRow("the session is half-open") << false;
  QTest::newRow("reading is paused for the echo") << true;
}

void TestEngineEndings::aResetIsNoticedWhile() {
  QFETCH(bool, paused);
  EngineFixture f;
  const SessionId listener = f.listen(
      "tcp://127.0.0.1:0", {.responder = Responder::echo, .stayHalfOpen = true, .sendQueueBytes = 64 << 10});
  Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  if (paused) {
    QVERIFY(peer.setBlocking(false));
    const Bytes piece(64 << 10, std::byte{7});
    QVERIFY(waitFor([&] {
      while (peer.send(piece)) {
      }
      return f.now(child).queuedBytes > 32 << 10;
    }));
  } else {
    QVERIFY(peer.shutdown(ShutdownHow::write));
    QVERIFY(f.waitForState(child, SessionState::halfClosed));
  }
  const linger now{.l_onoff = 1, .l_linger = 0};
  QVERIFY(peer.setRawOption(SOL_SOCKET, SO_LINGER, std::as_bytes(std::span(&now, 1))) && peer.close());
  QVERIFY(f.waitForState(child, SessionState::reset));
  QCOMPARE(f.now(child).by, Party::peer);
  QTRY_COMPARE(f.engine().openSessions(), 0U);
}

void TestEngineEndings::newRulesStandInTheSnapshot() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const Socket peer = connectedTo(f.portOf(listener));
  const SessionId child = f.childOf(listener);
  f.engine().setRules(listener, {.responder = Responder::echo});
  f.engine().setRules(child, {.responder = Responder::discard});
  QTRY_COMPARE(f.now(listener).responder, Responder::echo);
  QTRY_COMPARE(f.now(child).responder, Responder::discard);
}

// Sessions of many workers, closed and forgotten at once.
void TestEngineEndings::forgottenIsToldLast() {
  EngineFixture f;
  const SessionId listener = f.listen("tcp://127.0.0.1:0");
  const std::uint16_t port = f.portOf(listener);
  std::vector<SessionId> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(f.connect("tcp://127.0.0.1:" + std::to_string(port)));
  for (const SessionId id : clients) QVERIFY(f.waitForState(id, SessionState::connected));
  f.engine().closeAll();
  std::set<SessionId> left(clients.begin(), clients.end());
  while (!left.empty()) {
    for (const SessionId id : std::set(left)) {
      f.engine().forget(id);
      if (!f.engine().snapshot(id)) left.erase(id);
    }
  }
  std::set<SessionId> gone;
  int late = 0;
  QVERIFY(waitFor([&] {
    for (const SessionEvent& event : f.engine().events().drain()) {
      late += gone.contains(event.session.id) ? 1 : 0;
      if (event.what == SessionEvent::What::forgotten) gone.insert(event.session.id);
    }
    return gone.size() == clients.size();
  }));
  QCOMPARE(late, 0);
}

QTEST_GUILESS_MAIN(TestEngineEndings)
#include "tst_engine_endings.moc"
