// CallsModel: lines, what became of them, and the words for it.
#include "ui/models/calls_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <cerrno>

#include "core/base/bytes.h"
#include "ui/models/calls_text.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

using What = CallNews::What;
const auto kNow = std::chrono::steady_clock::now();

CallOutcome answer(CallValue value) {
  CallOutcome outcome;
  outcome.result = std::move(value);
  return outcome;
}

CallOutcome failure(CallFaultKind kind, int number, const std::string& message) {
  CallOutcome outcome;
  CallFault fault;
  fault.kind = kind;
  fault.number = number;
  fault.message = message;
  outcome.result = std::unexpected(fault);
  return outcome;
}

CallNews began(quint64 key) {
  return {key, What::began, kNow, {}, {}};
}
CallNews ended(quint64 key, const CallOutcome& outcome) {
  return {key, What::ended, kNow, std::make_shared<const CallOutcome>(outcome), {}};
}

struct Bench {
  CallsModel model;
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
  QSignalSpy waiting{&model, &CallsModel::waitingChanged};

  QString cell(int row, int column) const { return model.index(row, column).data().toString(); }
  CallsModel::Tone tone(int row, int column) const {
    return static_cast<CallsModel::Tone>(model.index(row, column).data(CallsModel::ToneRole).toInt());
  }
};

}  // namespace

class CallsModelTest : public QObject {
  Q_OBJECT
 private slots:
  void aStepOfTheKernelBreaksBetweenItsParts();
  void linesHaveNumbersAndNoAnswerYet();
  void aCallThatWaitsSaysSo();
  void answersInWords_data();
  void answersInWords();
  void anErrnoBesideASuccess();
  void aRefusedLineSaysWhy();
  void keysStayWhenRowsGo();
  void whatWaitsIsNotRunAgain();
  void theScriptIsTheLines();
  void hugeValuesAreShownByTheirBeginning();
  void hostileBytesAreSymbols();
  void aHundredThousandRows();
};

void CallsModelTest::linesHaveNumbersAndNoAnswerYet() {
  Bench bench;
  const quint64 key = bench.model.append({"s = socket()", "# a remark"});
  QCOMPARE(bench.model.rowCount(), 2);
  QCOMPARE(bench.model.rowOf(key + 1), 1);
  QCOMPARE(bench.cell(1, CallsModel::Number), QStringLiteral("2"));
  QCOMPARE(bench.cell(0, CallsModel::Call), QStringLiteral("s = socket()"));
  QVERIFY(bench.cell(0, CallsModel::Result).isEmpty());
  QCOMPARE(bench.tone(1, CallsModel::Call), CallsModel::Tone::dim);
}

void CallsModelTest::aCallThatWaitsSaysSo() {
  Bench bench;
  const quint64 key = bench.model.append({"conn, addr = s.accept()"});
  bench.model.take({began(key)});
  QCOMPARE(bench.waiting.takeFirst().front().toBool(), true);
  QVERIFY(bench.cell(0, CallsModel::Result).startsWith(QStringLiteral("waiting in accept() ")));
  QCOMPARE(bench.tone(0, CallsModel::Result), CallsModel::Tone::waiting);
  QCOMPARE(bench.model.lastWaiting(), std::optional(key));
  QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
  bench.model.tick();
  QCOMPARE(changed.size(), 1);
  bench.model.take({ended(key, answer(CallValue(1)))});
  QCOMPARE(bench.waiting.takeFirst().front().toBool(), false);
  QVERIFY(!bench.model.isWaiting());
}

void CallsModelTest::answersInWords_data() {
  QTest::addColumn<CallOutcome>("outcome");
  QTest::addColumn<QString>("result");
  QTest::addColumn<QString>("errnoText");
  const auto row = [](const char* name, const CallOutcome& outcome, const char* result, const char* number) {
    QTest::newRow(name) << outcome << QString::fromUtf8(result) << QString::fromUtf8(number);
  };
  row("nothing", answer({}), "None", "");
  row("an address", answer(CallTuple{{"127.0.0.1", 80}}), "('127.0.0.1', 80)", "");
  row("bytes", answer(toBytes("a\n")), "b'a\\n'", "");
  row("an errno", failure(CallFaultKind::os, ECONNREFUSED, "Connection refused"),
      "OSError: Connection refused", "ECONNREFUSED  Connection refused");
  row("a timeout has no errno", failure(CallFaultKind::timeout, 0, "timed out"), "TimeoutError: timed out",
      "");
  row("caught before the kernel", failure(CallFaultKind::type, 0, "an integer is required"),
      "TypeError: an integer is required", "never reached the kernel");
}

void CallsModelTest::answersInWords() {
  QFETCH(CallOutcome, outcome);
  Bench bench;
  bench.model.take({ended(bench.model.append({"s.call()"}), outcome)});
  QTEST(bench.cell(0, CallsModel::Result), "result");
  QTEST(bench.cell(0, CallsModel::Errno), "errnoText");
  QCOMPARE(bench.tone(0, CallsModel::Result) == CallsModel::Tone::error, !outcome.result.has_value());
  QVERIFY(!bench.cell(0, CallsModel::Time).isEmpty());
}

void CallsModelTest::anErrnoBesideASuccess() {
  Bench bench;
  CallOutcome outcome = answer(CallValue(EINPROGRESS));
  outcome.kernel.push_back({"connect", -1, EINPROGRESS, std::chrono::microseconds(3), {}});
  bench.model.take({ended(bench.model.append({"s.connect_ex(a)"}), outcome)});
  QCOMPARE(bench.cell(0, CallsModel::Errno), QStringLiteral("EINPROGRESS  Operation now in progress"));
}

void CallsModelTest::aRefusedLineSaysWhy() {
  Bench bench;
  const Error error = Error::fromInput(InputFault::unknownName, "x.close()", TextSpan{0, 1}, "there is no x");
  bench.model.take(
      {{bench.model.append({"x.close()"}), What::refused, kNow, {}, std::make_shared<const Error>(error)}});
  QCOMPARE(bench.cell(0, CallsModel::Result), QStringLiteral("there is no x"));
  QCOMPARE(bench.tone(0, CallsModel::Result), CallsModel::Tone::error);
}

void CallsModelTest::keysStayWhenRowsGo() {
  Bench bench;
  const quint64 key = bench.model.append({"a()", "b()", "c()"});
  bench.model.remove(1);
  QCOMPARE(bench.model.rowOf(key + 1), -1);
  QCOMPARE(bench.model.rowOf(key + 2), 1);
  QCOMPARE(bench.cell(1, CallsModel::Number), QStringLiteral("3"));
  bench.model.take({ended(key + 1, answer({})), ended(key + 2, answer(CallValue(7)))});
  QCOMPARE(bench.cell(1, CallsModel::Result), QStringLiteral("7"));
  bench.model.take({began(key)});
  bench.model.remove(0);
  QVERIFY(!bench.model.isWaiting());
  QCOMPARE(bench.waiting.size(), 2);
}

void CallsModelTest::whatWaitsIsNotRunAgain() {
  Bench bench;
  const quint64 key = bench.model.append({"s.accept()", "c.recv(1)"});
  bench.model.take({began(key), ended(key + 1, answer({}))});
  bench.model.forgetAnswers(0);
  const CallsBridge::Lines lines = bench.model.lines(0);
  QCOMPARE(lines.size(), std::size_t{1});
  QCOMPARE(lines.front().first, key + 1);
  QVERIFY(bench.cell(1, CallsModel::Result).isEmpty());
}

void CallsModelTest::theScriptIsTheLines() {
  Bench bench;
  bench.model.append({"# first", "", "s = socket()  # 中文"});
  QCOMPARE(bench.model.script(), std::string("# first\n\ns = socket()  # 中文\n"));
}

void CallsModelTest::hugeValuesAreShownByTheirBeginning() {
  const QString text = callValueText(CallValue(Bytes(1 << 20, std::byte{'x'})));
  QVERIFY(text.size() < 300);
  QVERIFY(text.contains(QStringLiteral("1,048,576 bytes")));
  CallList list;
  list.items.assign(100'000, CallValue(1));
  QVERIFY(callValueText(list).size() < 300);
  QVERIFY(callValueText(std::string(1 << 20, 'y')).size() < 1000);
}

void CallsModelTest::hostileBytesAreSymbols() {
  Bench bench;
  const quint64 key = bench.model.append({"s.recv(9)\x1b[2J\xE2\x80\xAE"});
  bench.model.take({ended(key, answer(CallValue("\xE2\x80\xAE\x1b[2J")))});
  for (const int column : {CallsModel::Call, CallsModel::Result})
    for (const QChar c : bench.cell(0, column)) QVERIFY(c.unicode() >= 0x20 && c.unicode() != 0x202E);
}

void CallsModelTest::aHundredThousandRows() {
  Bench bench;
  QSignalSpy inserted(&bench.model, &QAbstractItemModel::rowsInserted);
  const quint64 key = bench.model.append(std::vector<std::string>(100'000, "s.send(b\"x\")"));
  QCOMPARE(inserted.size(), 1);
  QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
  QList<CallNews> news;
  for (quint64 i = 0; i < 10'000; ++i) news += ended(key + i, answer(CallValue(1)));
  bench.model.take(news);
  QCOMPARE(changed.size(), 1);
}

// A line that is too narrow for it parts neither a value and its unit nor a call and what it returned.
void CallsModelTest::aStepOfTheKernelBreaksBetweenItsParts() {
  const QString text = kernelStepText({"ppoll", 1, 0, std::chrono::nanoseconds(732), "POLLIN"});
  QCOMPARE(text.split(QLatin1Char(' '), Qt::SkipEmptyParts),
           QStringList({QStringLiteral("ppoll()\u00a0=\u00a01"), QStringLiteral("POLLIN"),
                        QStringLiteral("·\u00a0732\u00a0ns")}));
}

QTEST_GUILESS_MAIN(CallsModelTest)
#include "tst_calls_model.moc"
