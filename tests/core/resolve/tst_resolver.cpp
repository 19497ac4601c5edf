// Resolver: threads, limits, cancellation and look-ups that hang.
#include <netdb.h>

#include <QtTest>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <new>
#include <set>
#include <thread>

#include "core/resolve/resolver.h"

using namespace sockbench;
using namespace std::chrono_literals;

class TestResolver : public QObject {
  Q_OBJECT

 private slots:
  void answersOnItsOwnThread_data();
  void answersOnItsOwnThread();
  void namesAndHosts();
  void manyAtOnceAnswerOnceEach();
  void runsNoMoreThanItsThreads();
  void waitingLookupsBeginInOrder();
  void limitEndsALookupThatHangs();
  void limitEndsALookupThatWaits();
  void answerBeforeTheLimitCounts();
  void hangingLookupsHoldUpNobody();
  void numericHostPassesHangingLookups();
  void cancelEndsALookup_data();
  void cancelEndsALookup();
  void cancelAfterTheAnswerIsIgnored();
  void callbackMayStartAndCancel();
  void outOfMemoryIsAnAnswer();
  void destructionCancelsAndIsSilentAfterwards();
  void destructionInsideACallback();
  void startsAndCancelsFromManyThreads();
  void programEndsWithALookupThatNeverDoes();
};

namespace {

constexpr auto kPatience = 20s;  // what a test waits for; never reached when all is well

// A door that blocking functions stand before. Shared, since they may outlive the test.
class Gate {
 public:
  void open() {
    const std::scoped_lock lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  int pass() {
    std::unique_lock lock(mutex_);
    ++here_;
    most_ = std::max(most_, here_);
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    --here_;
    changed_.notify_all();
    return ++passed_;
  }
  // Whether `count` functions stand before the door in good time.
  bool await(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return here_ == count; });
  }
  int most() {
    const std::scoped_lock lock(mutex_);
    return most_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int here_ = 0;
  int most_ = 0;
  int passed_ = 0;
};

using Outcome = LookupOutcome<int>;

std::function<Result<int>()> standBefore(const std::shared_ptr<Gate>& gate) {
  return [gate]() -> Result<int> { return gate->pass(); };
}

// A callback and the future of what it is given. A second call of it would throw, which ends the program.
template <class T>
std::pair<std::function<void(LookupOutcome<T>)>, std::future<LookupOutcome<T>>> mailbox() {
  auto promise = std::make_shared<std::promise<LookupOutcome<T>>>();
  std::future<LookupOutcome<T>> future = promise->get_future();
  return {[promise](LookupOutcome<T> outcome) { promise->set_value(std::move(outcome)); }, std::move(future)};
}

template <class T>
LookupOutcome<T> wait(std::future<LookupOutcome<T>>& future) {
  if (future.wait_for(kPatience) != std::future_status::ready) qFatal("a look-up did not answer");
  return future.get();
}

}  // namespace

void TestResolver::answersOnItsOwnThread_data() {
  QTest::addColumn<QByteArray>("host");
  QTest::addColumn<QByteArray>("service");
  QTest::addColumn<QByteArray>("symbol");
  QTest::newRow("an address") << QByteArray("127.0.0.1") << QByteArray("80") << QByteArray();
  QTest::newRow("an address and a name") << QByteArray("::1") << QByteArray("http") << QByteArray();
  QTest::newRow("a name") << QByteArray("localhost") << QByteArray("80") << QByteArray();
  QTest::newRow("the null host") << QByteArray("*") << QByteArray("80") << QByteArray();
  QTest::newRow("nothing at all") << QByteArray("") << QByteArray("") << QByteArray("EAI_NONAME");
  QTest::newRow("a service that nobody knows")
      << QByteArray("127.0.0.1") << QByteArray("nosuch") << QByteArray("EAI_SERVICE");
}

void TestResolver::answersOnItsOwnThread() {
  QFETCH(QByteArray, host);
  QFETCH(QByteArray, service);
  QFETCH(QByteArray, symbol);
  Resolver resolver;
  const std::thread::id here = std::this_thread::get_id();
  std::promise<std::thread::id> thread;
  auto [done, future] = mailbox<AddressAnswer>();
  const LookupId id = resolver.addresses({.host = host.toStdString(), .service = service.toStdString()}, 0ns,
                                         [&, done = done](auto outcome) {
                                           thread.set_value(std::this_thread::get_id());
                                           done(std::move(outcome));
                                         });
  QVERIFY(id);
  const LookupOutcome<AddressAnswer> outcome = wait(future);
  QVERIFY(thread.get_future().get() != here);
  QVERIFY(outcome.elapsed > 0ns);
  QCOMPARE(outcome.answer.has_value(), symbol.isEmpty());
  if (outcome.answer) {
    QVERIFY(!outcome.answer->results.empty());
    QCOMPARE(outcome.answer->results[0].address.port(), 80);
  } else {
    QCOMPARE(QByteArray::fromStdString(outcome.answer.error().symbol()), symbol);
  }
}

void TestResolver::namesAndHosts() {
  Resolver resolver;
  auto [nameDone, name] = mailbox<NameInfo>();
  resolver.name(*SocketAddress::fromIp("127.0.0.1", 80), NI_NUMERICHOST, 0ns, nameDone);
  QCOMPARE(wait(name).answer->service, std::string("http"));
  auto [forwardDone, forward] = mailbox<HostInfo>();
  resolver.host("localhost", 0ns, forwardDone);
  QCOMPARE(wait(forward).answer->name, std::string("localhost"));
  auto [reverseDone, reverse] = mailbox<HostInfo>();
  resolver.host("127.0.0.1", 0ns, reverseDone);
  QCOMPARE(wait(reverse).answer->addresses, std::vector<std::string>{"127.0.0.1"});
  auto [unknownDone, unknown] = mailbox<HostInfo>();
  resolver.host("nosuch.invalid", 0ns, unknownDone);
  QCOMPARE(wait(unknown).answer.error().op, Operation::gethostbyname);
}

void TestResolver::manyAtOnceAnswerOnceEach() {
  const std::vector<AddressQuery> queries = {{.host = "127.0.0.1", .service = "80"},
                                             {.host = "localhost", .service = "80"},
                                             {.host = "localhost", .service = "http"},
                                             {.host = "127.0.0.1", .service = "nosuch"}};
  constexpr std::size_t kCount = 400;
  Resolver resolver;
  std::vector<std::atomic<int>> answers(kCount);
  std::vector<std::atomic<bool>> right(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    resolver.addresses(queries[i % 4], 0ns, [&answers, &right, i](const auto& outcome) {
      right[i] = outcome.answer.has_value() == (i % 4 != 3);
      ++answers[i];
    });
  }
  QTRY_COMPARE_WITH_TIMEOUT(resolver.pending(), 0U, 20'000);
  auto [done, last] = mailbox<AddressAnswer>();
  resolver.addresses(queries[0], 0ns, done);
  wait(last);  // callbacks come one after the other: all before this one have returned
  for (std::size_t i = 0; i < kCount; ++i) {
    QCOMPARE(answers[i].load(), 1);
    QVERIFY(right[i]);
  }
}

void TestResolver::runsNoMoreThanItsThreads() {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver(3);
  std::vector<std::future<Outcome>> futures;
  for (int i = 0; i < 10; ++i) {
    auto [done, future] = mailbox<int>();
    resolver.run<int>(standBefore(gate), 0ns, done);
    futures.push_back(std::move(future));
  }
  QVERIFY(gate->await(3));
  QCOMPARE(resolver.pending(), 10U);
  gate->open();
  for (auto& future : futures) QVERIFY(wait(future).answer);
  QCOMPARE(gate->most(), 3);
}

void TestResolver::waitingLookupsBeginInOrder() {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver(1);
  std::vector<std::future<Outcome>> futures;
  for (int i = 0; i < 20; ++i) {
    auto [done, future] = mailbox<int>();
    resolver.run<int>(standBefore(gate), 0ns, done);
    futures.push_back(std::move(future));
  }
  gate->open();
  for (int i = 0; i < 20; ++i) QCOMPARE(*wait(futures[static_cast<std::size_t>(i)]).answer, i + 1);
}

void TestResolver::limitEndsALookupThatHangs() {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver;
  auto [done, future] = mailbox<int>();
  resolver.run<int>(standBefore(gate), 30ms, done);
  const Outcome outcome = wait(future);
  QVERIFY(!outcome.answer);
  QVERIFY(outcome.answer.error().isErrno(ETIMEDOUT));
  QVERIFY(outcome.elapsed >= 30ms);
  QCOMPARE(resolver.pending(), 0U);
  gate->open();  // the late answer is dropped: a second call of the callback would end the program
}

void TestResolver::limitEndsALookupThatWaits() {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver(1);
  auto [hangsDone, hangs] = mailbox<int>();
  resolver.run<int>(standBefore(gate), 0ns, hangsDone);
  QVERIFY(gate->await(1));
  auto [waitsDone, waits] = mailbox<AddressAnswer>();
  resolver.addresses({.host = "localhost"}, 30ms, waitsDone);
  const auto outcome = wait(waits);
  QVERIFY(!outcome.answer);
  QVERIFY(outcome.answer.error().isErrno(ETIMEDOUT));
  QCOMPARE(outcome.answer.error().op, Operation::getaddrinfo);
  QCOMPARE(outcome.answer.error().subject, std::string("localhost"));
  gate->open();
  QCOMPARE(*wait(hangs).answer, 1);
}

void TestResolver::answerBeforeTheLimitCounts() {
  Resolver resolver;
  for (const Resolver::Limit limit :
       {Resolver::Limit(kPatience), Resolver::Limit::max(), Resolver::Limit(0)}) {
    auto [done, future] = mailbox<int>();
    resolver.run<int>([]() -> Result<int> { return 7; }, limit, done);
    QCOMPARE(*wait(future).answer, 7);
  }
}

void TestResolver::hangingLookupsHoldUpNobody() {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver(2);
  for (int i = 0; i < 6; ++i) {
    auto [done, future] = mailbox<int>();
    resolver.run<int>(standBefore(gate), 10ms, done);
    QVERIFY(wait(future).answer.error().isErrno(ETIMEDOUT));
  }
  auto [done, future] = mailbox<AddressAnswer>();
  resolver.addresses({.host = "localhost"}, 0ns, done);
  QVERIFY(wait(future).answer);
  gate->open();
}

void TestResolver::numericHostPassesHangingLookups() {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver(1);
  auto [hangsDone, hangs] = mailbox<int>();
  resolver.run<int>(standBefore(gate), 0ns, hangsDone);
  QVERIFY(gate->await(1));
  auto [done, future] = mailbox<AddressAnswer>();
  resolver.addresses({.host = "127.0.0.1", .service = "80"}, 0ns, done);
  QVERIFY(wait(future).answer);
  QCOMPARE(resolver.pending(), 1U);
  gate->open();
  wait(hangs);
}

void TestResolver::cancelEndsALookup_data() {
  QTest::addColumn<bool>("running");
  QTest::newRow("that is under way") << true;
  QTest::newRow("that waits for a thread") << false;
}

void TestResolver::cancelEndsALookup() {
  QFETCH(bool, running);
  const auto gate = std::make_shared<Gate>();
  Resolver resolver(1);
  auto [firstDone, first] = mailbox<int>();
  const LookupId firstId = resolver.run<int>(standBefore(gate), 0ns, firstDone);
  QVERIFY(gate->await(1));
  auto [secondDone, second] = mailbox<int>();
  const LookupId secondId = resolver.run<int>(standBefore(gate), 0ns, secondDone);
  QVERIFY(firstId != secondId);
  resolver.cancel(running ? firstId : secondId);
  resolver.cancel(running ? firstId : secondId);
  auto& cancelled = running ? first : second;
  QVERIFY(wait(cancelled).answer.error().isErrno(ECANCELED));
  if (running) QVERIFY(gate->await(2));  // the second has the new thread, the first still hangs in its own
  gate->open();
  QVERIFY(wait(running ? second : first).answer);
}

void TestResolver::cancelAfterTheAnswerIsIgnored() {
  Resolver resolver;
  auto [done, future] = mailbox<int>();
  const LookupId id = resolver.run<int>([]() -> Result<int> { return 1; }, 0ns, done);
  QVERIFY(wait(future).answer);
  resolver.cancel(id);
  resolver.cancel({});
  resolver.cancel({12345});
  auto [againDone, again] = mailbox<int>();
  resolver.run<int>([]() -> Result<int> { return 2; }, 0ns, againDone);
  QCOMPARE(*wait(again).answer, 2);
}

void TestResolver::callbackMayStartAndCancel() {
  const auto gate = std::make_shared<Gate>();
  Resolver resolver;
  auto [hangsDone, hangs] = mailbox<int>();
  const LookupId hanging = resolver.run<int>(standBefore(gate), 0ns, hangsDone);
  auto [nextDone, next] = mailbox<int>();
  resolver.run<int>([]() -> Result<int> { return 1; }, 0ns,
                    [&, done = nextDone](const Outcome&) {
                      resolver.cancel(hanging);
                      resolver.run<int>([]() -> Result<int> { return 2; }, 0ns, done);
                    });
  QCOMPARE(*wait(next).answer, 2);
  QVERIFY(wait(hangs).answer.error().isErrno(ECANCELED));
  gate->open();
}

void TestResolver::outOfMemoryIsAnAnswer() {
  Resolver resolver;
  auto [done, future] = mailbox<int>();
  resolver.run<int>([]() -> Result<int> { throw std::bad_alloc(); }, 0ns, done);
  QVERIFY(wait(future).answer.error().isErrno(ENOMEM));
}

void TestResolver::destructionCancelsAndIsSilentAfterwards() {
  const auto gate = std::make_shared<Gate>();
  std::atomic<int> cancelled = 0;
  std::atomic<int> others = 0;
  const auto count = [&](const Outcome& outcome) {
    const bool isCancel = !outcome.answer && outcome.answer.error().isErrno(ECANCELED);
    ++(isCancel ? cancelled : others);
  };
  {
    Resolver resolver(2);
    for (int i = 0; i < 5; ++i) resolver.run<int>(standBefore(gate), 1h, count);
    QVERIFY(gate->await(2));
  }
  QCOMPARE(cancelled.load(), 5);
  gate->open();
  QVERIFY(gate->await(0));
  QCOMPARE(cancelled.load(), 5);
  QCOMPARE(others.load(), 0);
}

void TestResolver::destructionInsideACallback() {
  const auto gate = std::make_shared<Gate>();
  auto resolver = std::make_unique<Resolver>();
  auto [hangsDone, hangs] = mailbox<int>();
  resolver->run<int>(standBefore(gate), 0ns, hangsDone);
  std::promise<LookupId> tooLate;
  std::promise<void> go;
  resolver->run<int>(
      [&]() -> Result<int> {
        go.get_future().wait();
        return 1;
      },
      0ns,
      [&](const Outcome&) {
        resolver.reset();
        tooLate.set_value({});
      });
  go.set_value();
  tooLate.get_future().wait();
  QVERIFY(wait(hangs).answer.error().isErrno(ECANCELED));
  gate->open();
}

void TestResolver::startsAndCancelsFromManyThreads() {
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  std::atomic<int> called = 0;
  {
    Resolver resolver(4);
    std::vector<std::jthread> starters;
    for (int t = 0; t < kThreads; ++t) {
      starters.emplace_back([&resolver, &called, t] {
        for (int i = 0; i < kEach; ++i) {
          const Resolver::Limit limit = i % 3 == 0 ? 50us : 0ns;
          const LookupId id = resolver.run<int>([]() -> Result<int> { return 1; }, limit,
                                                [&called](const Outcome&) { ++called; });
          if (i % 2 == t % 2) resolver.cancel(id);
        }
      });
    }
  }
  QCOMPARE(called.load(), kThreads * kEach);
}

// The last test: it leaves a look-up behind, with which the program must end as if there were none.
void TestResolver::programEndsWithALookupThatNeverDoes() {
  const auto gate = std::make_shared<Gate>();
  auto [done, future] = mailbox<int>();
  {
    Resolver resolver;
    resolver.run<int>(standBefore(gate), 0ns, done);
    QVERIFY(gate->await(1));
  }
  QVERIFY(wait(future).answer.error().isErrno(ECANCELED));
}

QTEST_GUILESS_MAIN(TestResolver)
#include "tst_resolver.moc"
