// What was sent by hand: the oldest give way, and how many did is known.
#include <QTest>

#include "core/workspace/send_history.h"

using namespace sockbench;

class TstSendHistory : public QObject {
  Q_OBJECT
 private slots:
  void theOldestGiveWay();
  void textsAreBoundedToo();
  void clearsItself();
};

namespace {

SentMessage sent(std::string body) {
  SentMessage message;
  message.target = "tcp://127.0.0.1:9";
  message.message.body = std::move(body);
  return message;
}

}  // namespace

void TstSendHistory::theOldestGiveWay() {
  SendHistory history;
  for (std::size_t i = 0; i < SendHistory::kMost + 5; ++i) history.add(sent(std::to_string(i)));
  QCOMPARE(history.entries().size(), SendHistory::kMost);
  QCOMPARE(history.entries().front().message.body, "5");
  QCOMPARE(history.evicted(), 5U);
}

void TstSendHistory::textsAreBoundedToo() {
  SendHistory history;
  for (int i = 0; i < 100; ++i) history.add(sent(std::string(SendHistory::kMostBodyBytes, 'x')));
  QVERIFY(history.entries().size() < SendHistory::kMostBytes / SendHistory::kMostBodyBytes);
  QCOMPARE(history.entries().size() + history.evicted(), 100U);
  const std::uint64_t before = history.evicted();
  history.add(sent(std::string(SendHistory::kMostBodyBytes + 1, 'x')));
  QCOMPARE(history.evicted(), before + 1);
}

void TstSendHistory::clearsItself() {
  SendHistory history;
  history.add(sent("a"));
  history.clear();
  QVERIFY(history.entries().empty());
  QCOMPARE(history.evicted(), 0U);
}

QTEST_GUILESS_MAIN(TstSendHistory)
#include "tst_send_history.moc"
