// DnsClient's thread: questions that are cancelled, that wait, that are many; and what it costs when there
// are none.
#include <sys/resource.h>
#include <sys/syscall.h>

#include <QDir>
#include <QFile>
#include <QTest>
#include <atomic>
#include <memory>
#include <vector>

#include "dns_asking.h"
#include "hostile_name_server.h"

using namespace sockbench;
using fixture::Asked;
using fixture::HostileNameServer;

namespace {

constexpr std::chrono::milliseconds kForEver = std::chrono::hours(1);

DnsQuery query(const HostileNameServer& server, std::string name = "www.example") {
  return {.name = std::move(name), .server = fixture::loopbackServer(server.port()), .timeout = kForEver};
}

QList<QByteArray> noSuchName(const Asked& asked) {
  return {asked.reply(0x8183)};
}

bool isCancelled(const fixture::DnsOutcome& outcome) {
  return !outcome.answer && outcome.answer.error().isErrno(ECANCELED);
}

qsizetype descriptors() {
  return QDir(QStringLiteral("/proc/self/fd"))
      .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
      .size();
}

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The system call in which the thread of this name sleeps, as proc(5) has it; empty: it runs, or may not be
// looked at.
QByteArray sleepingIn(const QByteArray& thread) {
  const QString tasks = QStringLiteral("/proc/self/task/");
  for (const QString& task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
    if (contents(tasks + task + QStringLiteral("/comm")).trimmed() != thread) continue;
    const QByteArray call = contents(tasks + task + QStringLiteral("/syscall")).trimmed();
    return call == "running" ? QByteArray() : call;
  }
  return {};
}

}  // namespace

class TestDnsLifecycle : public QObject {
  Q_OBJECT
 private slots:
  void cancelEndsAQuestionUnderWay();
  void cancelEndsOneThatWaits();
  void cancelOfWhatIsOverDoesNothing();
  void destructionAnswersAll();
  void aCallbackMayAsk();
  void aThousandAtOnce();
  void descriptorsComeBack();
  void shortageIsToldAsErrno();
  void sleepsWithoutATimer();
};

void TestDnsLifecycle::cancelEndsAQuestionUnderWay() {
  HostileNameServer silent;
  DnsClient client;
  fixture::Outcome outcome;
  const LookupId id = client.ask(query(silent), outcome.taker());
  QVERIFY(id);
  QTRY_COMPARE_WITH_TIMEOUT(silent.asked, 1, 30'000);
  QCOMPARE(client.pending(), std::size_t(1));
  client.cancel(id);
  const auto ended = outcome.wait();
  QVERIFY(ended && isCancelled(*ended));
  QCOMPARE(ended->answer.error().subject, std::string("www.example"));
  QCOMPARE(client.pending(), std::size_t(0));
}

void TestDnsLifecycle::cancelEndsOneThatWaits() {
  HostileNameServer silent;
  DnsClient client;
  for (int i = 0; i < 100; ++i) client.ask(query(silent), [](const fixture::DnsOutcome&) {});
  fixture::Outcome last;
  const LookupId id = client.ask(query(silent), last.taker());
  client.cancel(id);
  const auto ended = last.wait();
  QVERIFY(ended && isCancelled(*ended));
  QCOMPARE(client.pending(), std::size_t(100));
}

void TestDnsLifecycle::cancelOfWhatIsOverDoesNothing() {
  HostileNameServer server;
  server.overUdp = noSuchName;
  DnsClient client;
  fixture::Outcome outcome;
  const LookupId id = client.ask(query(server), outcome.taker());
  QTRY_COMPARE_WITH_TIMEOUT(outcome.times(), 1, 30'000);
  client.cancel(id);
  client.cancel({});
  client.cancel({id.value + 1000});
  fixture::Outcome next;
  client.ask(query(server), next.taker());
  QTRY_COMPARE_WITH_TIMEOUT(next.times(), 1, 30'000);
  QCOMPARE(outcome.times(), 1);
}

void TestDnsLifecycle::destructionAnswersAll() {
  HostileNameServer silent;
  std::vector<fixture::Outcome> outcomes(200);
  auto client = std::make_unique<DnsClient>();
  for (fixture::Outcome& outcome : outcomes) client->ask(query(silent), outcome.taker());
  client.reset();
  for (fixture::Outcome& outcome : outcomes) {
    QCOMPARE(outcome.times(), 1);
    QVERIFY(isCancelled(*outcome.wait()));
  }
}

void TestDnsLifecycle::aCallbackMayAsk() {
  HostileNameServer server;
  server.overUdp = noSuchName;
  DnsClient client;
  fixture::Outcome second;
  client.ask(query(server), [&](const fixture::DnsOutcome&) { client.ask(query(server), second.taker()); });
  QTRY_COMPARE_WITH_TIMEOUT(second.times(), 1, 30'000);
}

void TestDnsLifecycle::aThousandAtOnce() {
  constexpr int kNames = 1000;
  HostileNameServer server;
  const qsizetype before = descriptors();
  qsizetype most = 0;
  server.overUdp = [&](const Asked& asked) {
    if (server.asked % 50 == 0) most = std::max(most, descriptors());
    return noSuchName(asked);
  };
  std::atomic<int> answered = 0;
  std::vector<std::atomic<int>> times(kNames);
  DnsClient client;
  for (int i = 0; i < kNames; ++i) {
    client.ask(query(server, "n" + std::to_string(i) + ".example"),
               [&, i](const fixture::DnsOutcome& outcome) {
                 const bool right = outcome.answer && outcome.answer->rcode == 3 &&
                                    outcome.answer->asciiName == "n" + std::to_string(i) + ".example.";
                 if (right) ++times[static_cast<std::size_t>(i)];
                 ++answered;
               });
  }
  QTRY_COMPARE_WITH_TIMEOUT(answered.load(), kNames, 60'000);
  for (const auto& one : times) QCOMPARE(one.load(), 1);
  constexpr qsizetype kMostUnderWay = 64;
  constexpr qsizetype kOthers = 8;
  QVERIFY2(most <= before + kMostUnderWay + kOthers, QByteArray::number(most - before));
}

void TestDnsLifecycle::descriptorsComeBack() {
  HostileNameServer server;
  server.overUdp = [](const Asked& asked) { return QList{asked.reply(0x8380)}; };
  server.overTcp = [](const Asked& asked) {
    const QByteArray reply = asked.reply(0x8180);
    return Asked::number(static_cast<quint16>(reply.size())) + reply;
  };
  HostileNameServer silent;
  const auto round = [&] {
    DnsClient client;
    std::vector<fixture::Outcome> outcomes(20);
    for (fixture::Outcome& outcome : outcomes) client.ask(query(server), outcome.taker());
    for (int i = 0; i < 20; ++i) client.ask(query(silent), [](const fixture::DnsOutcome&) {});
    for (fixture::Outcome& outcome : outcomes) QTRY_COMPARE_WITH_TIMEOUT(outcome.times(), 1, 30'000);
  };
  round();
  // The server's ends of the connections go a little later.
  QTRY_VERIFY_WITH_TIMEOUT(server.connections() == 0, 30'000);
  const qsizetype before = descriptors();
  round();
  QTRY_VERIFY_WITH_TIMEOUT(server.connections() == 0, 30'000);
  QCOMPARE(descriptors(), before);
}

void TestDnsLifecycle::shortageIsToldAsErrno() {
  HostileNameServer silent;
  DnsClient client;
  rlimit usual{};
  QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
  // What is open stays open; nothing more can be.
  const rlimit none{.rlim_cur = 3, .rlim_max = usual.rlim_max};
  QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
  fixture::Outcome outcome;
  client.ask(query(silent), outcome.taker());
  const auto ended = outcome.wait();
  QCOMPARE(::setrlimit(RLIMIT_NOFILE, &usual), 0);
  QVERIFY(ended && !ended->answer);
  QVERIFY(ended->answer.error().isErrno(EMFILE));
  QCOMPARE(ended->answer.error().op, Operation::socket);
}

void TestDnsLifecycle::sleepsWithoutATimer() {
  HostileNameServer server;
  server.overUdp = noSuchName;
  DnsClient client;
  fixture::Outcome outcome;
  client.ask(query(server), outcome.taker());
  QTRY_COMPARE_WITH_TIMEOUT(outcome.times(), 1, 30'000);
  if (contents(QStringLiteral("/proc/self/syscall")).isEmpty())
    QSKIP("the system calls of threads may not be looked at here");
  // A futex without a time limit, its fourth argument: nothing but a call wakes it.
  const QByteArray futex = QByteArray::number(SYS_futex) + ' ';
  QTRY_VERIFY_WITH_TIMEOUT(sleepingIn("dns").startsWith(futex), 30'000);
  QCOMPARE(sleepingIn("dns").split(' ').value(4), QByteArray("0x0"));
}

QTEST_GUILESS_MAIN(TestDnsLifecycle)
#include "tst_dns_lifecycle.moc"
