// CallsBridge: runs of lines, and what is told of them.
#include "ui/bridge/calls_bridge.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockbench;
using namespace sockbench::ui;

namespace {

using What = CallNews::What;

struct Told {
  explicit Told(CallsBridge* bridge) {
    QObject::connect(bridge, &CallsBridge::callsTold, bridge, [this](const QList<CallNews>& pieces) {
      ++batches;
      news += pieces;
    });
    QObject::connect(bridge, &CallsBridge::runsEnded, bridge,
                     [this](const QList<CallRunEnd>& runs) { ends += runs; });
  }
  QList<What> of(quint64 key) const {
    QList<What> all;
    for (const CallNews& piece : news)
      if (piece.key == key) all += piece.what;
    return all;
  }

  QList<CallNews> news;
  QList<CallRunEnd> ends;
  int batches = 0;
};

const auto kGoOn = [](const CallLine&, const CallOutcome&) { return false; };

}  // namespace

class CallsBridgeTest : public QObject {
  Q_OBJECT
 private slots:
  void linesOneAfterAnother();
  void aFailureEndsARunUnlessItIsToGoOn_data();
  void aFailureEndsARunUnlessItIsToGoOn();
  void anInterruptionAlwaysEndsIt();
  void runsSideBySide();
  void newsComeInBatches();
  void nothingIsToldAfterTheEnd();
};

void CallsBridgeTest::linesOneAfterAnother() {
  CallsBridge bridge({});
  Told told(&bridge);
  const quint64 run =
      bridge.run({{1, "# a remark"}, {2, "a, b = socketpair()"}, {3, "x = 7"}, {4, "a.send(b\"x\")"}});
  QTRY_COMPARE(told.ends.size(), 1);
  QCOMPARE(told.ends.front().run, run);
  QVERIFY(told.ends.front().whole);
  QCOMPARE(told.of(1), QList<What>{What::passed});
  for (const quint64 key : {2, 3, 4}) QCOMPARE(told.of(key), (QList<What>{What::began, What::ended}));
  QCOMPARE(bridge.variables().size(), std::size_t{3});
}

void CallsBridgeTest::aFailureEndsARunUnlessItIsToGoOn_data() {
  QTest::addColumn<QString>("line");
  QTest::addColumn<bool>("goOn");
  for (const bool goOn : {false, true}) {
    const char* what = goOn ? "go on" : "stop";
    QTest::addRow("errno: %s", what) << "a.getpeername(1)" << goOn;
    QTest::addRow("no such variable: %s", what) << "nobody.close()" << goOn;
    QTest::addRow("no line at all: %s", what) << "a.close(" << goOn;
  }
}

void CallsBridgeTest::aFailureEndsARunUnlessItIsToGoOn() {
  QFETCH(QString, line);
  QFETCH(bool, goOn);
  CallsBridge bridge({});
  Told told(&bridge);
  bridge.run({{1, "a, b = socketpair()"}, {2, toUtf8(line)}, {3, "a.close()"}},
             goOn ? CallsBridge::EndsWith(kGoOn) : CallsBridge::EndsWith());
  QTRY_COMPARE(told.ends.size(), 1);
  QCOMPARE(told.ends.front().whole, goOn);
  QCOMPARE(told.of(3).isEmpty(), !goOn);
  QVERIFY(!told.of(2).isEmpty());
}

void CallsBridgeTest::anInterruptionAlwaysEndsIt() {
  CallsBridge bridge({});
  Told told(&bridge);
  bridge.run({{1, "a, b = socketpair()"}, {2, "a.recv(1)"}, {3, "a.close()"}}, kGoOn);
  QTRY_COMPARE(told.of(2), QList<What>{What::began});
  bridge.interrupt(2);
  QTRY_COMPARE(told.ends.size(), 1);
  QVERIFY(!told.ends.front().whole);
  QVERIFY(told.of(3).isEmpty());
  QVERIFY(told.news.back().outcome->result.error().interrupted);
}

void CallsBridgeTest::runsSideBySide() {
  CallsBridge bridge({});
  Told told(&bridge);
  bridge.run({{1, "a, b = socketpair()"}});
  QTRY_COMPARE(told.ends.size(), 1);
  bridge.run({{2, "data = a.recv(1)"}});
  bridge.run({{3, "b.send(b\"x\")"}});
  QTRY_COMPARE(told.ends.size(), 3);
  QCOMPARE(told.of(2), (QList<What>{What::began, What::ended}));
}

void CallsBridgeTest::newsComeInBatches() {
  CallsBridge bridge({});
  Told told(&bridge);
  CallsBridge::Lines lines;
  for (quint64 key = 1; key <= 5000; ++key) lines.emplace_back(key, "n = htons(80)");
  bridge.run(lines);
  QTRY_COMPARE_WITH_TIMEOUT(told.ends.size(), 1, 60000);
  QCOMPARE(told.news.size(), 10000);
  QVERIFY2(told.batches < 2500, qPrintable(QString::number(told.batches)));
}

void CallsBridgeTest::nothingIsToldAfterTheEnd() {
  auto bridge = std::make_unique<CallsBridge>(CallBenchSettings{});
  QSignalSpy told(bridge.get(), &CallsBridge::callsTold);
  bridge->run({{1, "a, b = socketpair()"}, {2, "a.recv(1)"}, {3, "a.close()"}}, kGoOn);
  bridge.reset();
  QCoreApplication::processEvents();
  QCOMPARE(told.size(), 0);
}

QTEST_GUILESS_MAIN(CallsBridgeTest)
#include "tst_calls_bridge.moc"
