// SendQueue: its bound, and what wakes those who wait for room.
#include <QTest>
#include <future>
#include <stop_token>

#include "core/engine/detail/send_queue.h"

using namespace sockbench;
using sockbench::detail::OutItem;
using sockbench::detail::SendQueue;

namespace {

constexpr std::size_t kLimit = 100;
constexpr std::chrono::seconds kDeadline{20};

bool isFault(const Result<void>& result, InputFault fault) {
  return !result && result.error().isInput(fault);
}

}  // namespace

class TestSendQueue : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void refusesBeforeItIsOpen();
  void offers_data();
  void offers();
  void tellsTheWorkerOnce();
  void partsOfAnItemMakeRoom();
  void waitersAreWokenBy_data();
  void waitersAreWokenBy();
  void waitsForNothingLargerThanItself();
  void discardDropsAndCloses();
  void echoesAreNotBounded();
  void anEmptyQueueIsNeverCrowded();
  void answersAreBounded_data();
  void answersAreBounded();
  void answersAreNotACallers();

 private:
  Result<void> offer(std::size_t bytes) { return queue_->offer(Bytes(bytes), &wasIdle_); }

  std::unique_ptr<SendQueue> queue_;
  bool wasIdle_ = false;
};

void TestSendQueue::init() {
  queue_ = std::make_unique<SendQueue>(kLimit);
  queue_->open();
  wasIdle_ = false;
}

void TestSendQueue::refusesBeforeItIsOpen() {
  SendQueue queue(kLimit);
  bool wasIdle = false;
  QVERIFY(isFault(queue.offer(Bytes(1), &wasIdle), InputFault::notOpen));
  QVERIFY(isFault(queue.offerWhenRoom(Bytes(1), {}, &wasIdle), InputFault::notOpen));
  queue.open();
  QVERIFY(queue.offer(Bytes(1), &wasIdle).has_value());
}

void TestSendQueue::offers_data() {
  QTest::addColumn<std::size_t>("queued");
  QTest::addColumn<std::size_t>("size");
  QTest::addColumn<bool>("taken");
  QTest::newRow("as much as the whole queue") << std::size_t{0} << kLimit << true;
  QTest::newRow("one byte more") << std::size_t{0} << kLimit + 1 << false;
  QTest::newRow("exactly the room that is left") << std::size_t{60} << std::size_t{40} << true;
  QTest::newRow("one byte more than is left") << std::size_t{60} << std::size_t{41} << false;
  QTest::newRow("nothing into a full queue") << kLimit << std::size_t{0} << true;
}

void TestSendQueue::offers() {
  QFETCH(std::size_t, queued);
  QFETCH(std::size_t, size);
  QFETCH(bool, taken);
  if (queued > 0) QVERIFY(offer(queued).has_value());
  const auto answer = offer(size);
  QCOMPARE(answer.has_value(), taken);
  if (!taken) QVERIFY(isFault(answer, InputFault::queueFull));
  QCOMPARE(queue_->bytes(), queued + (taken ? size : 0));
  QCOMPARE(queue_->isCrowded(), queue_->bytes() == kLimit);
}

void TestSendQueue::tellsTheWorkerOnce() {
  QVERIFY(offer(1).has_value() && wasIdle_);
  QVERIFY(offer(1).has_value() && !wasIdle_);
  queue_->pop();
  queue_->pop();
  QVERIFY(queue_->front() == nullptr);
  QVERIFY(offer(1).has_value() && wasIdle_);
}

void TestSendQueue::partsOfAnItemMakeRoom() {
  QVERIFY(offer(kLimit).has_value());
  queue_->sent(30);
  QCOMPARE(queue_->front()->rest().size(), kLimit - 30);
  QCOMPARE(queue_->bytes(), kLimit - 30);
  QVERIFY(!queue_->hasRoomAgain());
  QVERIFY(offer(30).has_value());
  queue_->pop();
  QCOMPARE(queue_->bytes(), 30U);
  QVERIFY(queue_->hasRoomAgain());
}

void TestSendQueue::waitersAreWokenBy_data() {
  QTest::addColumn<QString>("by");
  QTest::newRow("room") << QStringLiteral("room");
  QTest::newRow("close") << QStringLiteral("close");
  QTest::newRow("discard") << QStringLiteral("discard");
  QTest::newRow("the stop token") << QStringLiteral("stop");
}

void TestSendQueue::waitersAreWokenBy() {
  QFETCH(QString, by);
  QVERIFY(offer(kLimit).has_value());
  std::stop_source stop;
  auto waiter = std::async(std::launch::async, [&] {
    bool wasIdle = true;
    return queue_->offerWhenRoom(Bytes(80), stop.get_token(), &wasIdle);
  });
  queue_->sent(10);  // not enough: it waits on
  const bool early = waiter.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready;
  if (by == QStringLiteral("room")) queue_->sent(70);
  if (by == QStringLiteral("close")) queue_->stopAccepting();
  if (by == QStringLiteral("discard")) QCOMPARE(queue_->discard(), kLimit - 10);
  if (by == QStringLiteral("stop")) stop.request_stop();
  const bool woken = waiter.wait_for(kDeadline) == std::future_status::ready;
  if (!woken) queue_->discard();  // so that the test ends
  QVERIFY(woken && !early);
  const Result<void> answer = waiter.get();
  if (by == QStringLiteral("room")) {
    QVERIFY(answer.has_value());
    QCOMPARE(queue_->bytes(), kLimit);
  } else if (by == QStringLiteral("stop")) {
    QVERIFY(!answer && answer.error().isErrno(ECANCELED));
  } else {
    QVERIFY(isFault(answer, InputFault::notOpen));
  }
}

void TestSendQueue::waitsForNothingLargerThanItself() {
  QVERIFY(isFault(queue_->offerWhenRoom(Bytes(kLimit + 1), {}, &wasIdle_), InputFault::queueFull));
}

void TestSendQueue::discardDropsAndCloses() {
  QVERIFY(offer(60).has_value());
  queue_->sent(20);
  QCOMPARE(queue_->discard(), 40U);
  QCOMPARE(queue_->bytes(), 0U);
  QVERIFY(queue_->front() == nullptr);
  QVERIFY(isFault(offer(1), InputFault::notOpen));
  QCOMPARE(queue_->discard(), 0U);
}

void TestSendQueue::echoesAreNotBounded() {
  const auto block = std::make_shared<Bytes>(kLimit * 2, std::byte{7});
  queue_->pushEcho({.owner = block, .bytes = *block, .offset = 0});
  QCOMPARE(queue_->bytes(), kLimit * 2);
  QVERIFY(queue_->isCrowded());
  QVERIFY(isFault(offer(1), InputFault::queueFull));
  queue_->sent(50);
  const OutItem* item = queue_->front();
  QVERIFY(item != nullptr && item->isShared());
  QCOMPARE(item->rest().size(), kLimit * 2 - 50);
  QCOMPARE(item->sharedPart(item->sent, 10).offset, 50U);
}

// Not even one that may hold nothing: an echo that waits for room there would wait for ever.
void TestSendQueue::anEmptyQueueIsNeverCrowded() {
  SendQueue queue(0);
  queue.open();
  QVERIFY(!queue.isCrowded());
  const auto block = std::make_shared<Bytes>(1, std::byte{7});
  queue.pushEcho({.owner = block, .bytes = *block, .offset = 0});
  QVERIFY(queue.isCrowded() && !queue.hasRoomAgain());
}

void TestSendQueue::answersAreBounded_data() {
  QTest::addColumn<int>("queued");
  QTest::addColumn<int>("answer");
  QTest::addColumn<bool>("taken");
  QTest::newRow("fills it") << 40 << 60 << true;
  QTest::newRow("one byte too many") << 40 << 61 << false;
  QTest::newRow("larger than the queue, which is empty") << 0 << 101 << true;
  QTest::newRow("an empty one") << 100 << 0 << true;
}

void TestSendQueue::answersAreBounded() {
  QFETCH(int, queued);
  QFETCH(int, answer);
  QFETCH(bool, taken);
  if (queued > 0) QVERIFY(offer(static_cast<std::size_t>(queued)));
  QCOMPARE(queue_->pushAnswer(Bytes(static_cast<std::size_t>(answer))), taken);
  QCOMPARE(queue_->bytes(), static_cast<std::size_t>(taken ? queued + answer : queued));
  queue_->stopAccepting();
  QVERIFY(!queue_->pushAnswer({}));
}

void TestSendQueue::answersAreNotACallers() {
  QVERIFY(queue_->pushAnswer(Bytes(1)));
  queue_->pushEcho({});
  QVERIFY(offer(1));
  QVERIFY2(!wasIdle_, "the worker knows of the answers");
  for (const bool isAnswer : {true, true, false}) {
    QCOMPARE(queue_->front()->isAnswer, isAnswer);
    queue_->pop();
  }
  QVERIFY(!queue_->front());
}

QTEST_GUILESS_MAIN(TestSendQueue)
#include "tst_send_queue.moc"
