// Calls by hand follow Python's socket module: a conversation from socket() to close(), and what it tells.
#include <sys/socket.h>

#include <QTest>

#include "test_context.h"

using namespace sockbench;
using fixture::TestContext;

class TstPythonCalls : public QObject {
  Q_OBJECT
 private slots:
  void aConversation();
  void onlyAWaitThatLastsIsTold();
  void anUnknownCallIsATypeFault();
};

void TstPythonCalls::aConversation() {
  TestContext bench;
  const auto run = [&](std::optional<CallHandle> on, const char* name, std::vector<CallValue> args = {}) {
    auto answer = bench.perform({.name = name, .on = on, .args = std::move(args), .keywords = {}});
    if (!answer) qWarning("%s: %s", name, answer.error().message.c_str());
    return std::move(answer).value();
  };
  const auto handle = [](const CallValue& value) { return *value.as<CallHandle>(); };
  const CallHandle server = handle(run({}, "socket", {"AF_INET", "SOCK_STREAM"}));
  run(server, "bind", {CallTuple{{"127.0.0.1", 0}}});
  run(server, "listen");
  const CallHandle client = handle(run({}, "socket"));
  run(client, "connect", {run(server, "getsockname")});
  const CallValue accepted = run(server, "accept");
  const CallHandle peer = handle(accepted.as<CallTuple>()->items[0]);
  QVERIFY(accepted.as<CallTuple>()->items[1] == run(client, "getsockname"));
  run(client, "sendall", {toBytes("hello")});
  QVERIFY(run(peer, "recv", {100}) == toBytes("hello"));
  run(client, "shutdown", {"SHUT_WR"});
  QVERIFY(run(peer, "recv", {100}) == Bytes());
  run(peer, "close");
  const std::vector<std::string> told{"listening", "connecting", "connected",           "accepted",
                                      "out hello", "in hello",   "half-closed SHUT_WR", "half-closed"};
  QVERIFY(bench.told == told);
}

// The calls behind it on the same socket begin when it is known to wait, and would go by it.
void TstPythonCalls::onlyAWaitThatLastsIsTold() {
  TestContext bench;
  const auto run = [&](std::optional<CallHandle> on, const char* name, std::vector<CallValue> args = {}) {
    return bench.perform({.name = name, .on = on, .args = std::move(args), .keywords = {}});
  };
  const CallValue ends = run({}, "socketpair").value();
  const CallHandle a = *ends.as<CallTuple>()->items[0].as<CallHandle>();
  const CallHandle b = *ends.as<CallTuple>()->items[1].as<CallHandle>();
  run(b, "settimeout", {0.01});
  run(a, "send", {toBytes("x")});
  QVERIFY(run(b, "recv", {1}) == toBytes("x"));
  QCOMPARE(bench.waits, 0);
  QCOMPARE(run(b, "recv", {1}).error().kind, CallFaultKind::timeout);
  QCOMPARE(bench.waits, 1);
}

void TstPythonCalls::anUnknownCallIsATypeFault() {
  TestContext bench;
  const auto answer = bench.perform({.name = "nope", .on = {}, .args = {}, .keywords = {}});
  QVERIFY(!answer);
  QCOMPARE(answer.error().kind, CallFaultKind::type);
}

QTEST_GUILESS_MAIN(TstPythonCalls)
#include "tst_python_calls.moc"
