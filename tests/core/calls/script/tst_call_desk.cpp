#include <QRegularExpression>
#include <QTest>
#include <future>

#include "core/calls/script/call_desk.h"
#include "translated_scripts.h"

using namespace sockbench;

namespace {

CallLine lineOf(const char* text) {
  return parseCallLine(text).value_or(CallLine());
}

QString reprOf(const CallDesk& desk, std::string_view name) {
  for (const CallVariable& variable : desk.variables()) {
    if (variable.name == name) return QString::fromStdString(variable.value.repr());
  }
  return QStringLiteral("nothing");
}

QString messageOf(const Result<CallOutcome>& outcome) {
  if (!outcome) return QString::fromStdString(outcome.error().message());
  if (!outcome->result) return QString::fromStdString(outcome->result.error().message);
  return {};
}

// As the programs of a translation tell it.
std::string words(const CallOutcome& outcome) {
  if (outcome.result) {
    static const QRegularExpression socket(QStringLiteral("<socket \\d+>"));
    return QString::fromStdString(outcome.result->repr())
        .replace(socket, QStringLiteral("<socket>"))
        .toStdString();
  }
  const CallFault& fault = outcome.result.error();
  if (fault.kind == CallFaultKind::timeout) return "timed out";
  return fault.symbol().empty() ? std::string(pythonErrorName(fault.kind)) : fault.symbol();
}

}  // namespace

class TstCallDesk : public QObject {
  Q_OBJECT
 private slots:
  void reckons_data();
  void reckons();
  void refuses_data();
  void refuses();
  void runsAConversation();
  void variablesKeepTheirOrder();
  void resultsThatDoNotFit();
  void valuesStayBounded_data();
  void valuesStayBounded();
  void buffersAreFilled();
  void closingTwice();
  void aNameThatIsAwaited();
  void lostSocketsStayOpen();
  void clearForgetsEverything();
  void doneTellsTheLine();
  void saysTheSameAsTheTranslations_data() { addTranslatedScripts(); }
  void saysTheSameAsTheTranslations();
};

void TstCallDesk::valuesStayBounded_data() {
  QTest::addColumn<QByteArray>("line");
  QTest::newRow("wrapped again and again") << QByteArray("x = (x,)");
  QTest::newRow("doubled again and again") << QByteArray("x = [x, x]");
}

void TstCallDesk::valuesStayBounded() {
  QFETCH(QByteArray, line);
  CallDesk desk;
  QVERIFY(desk.run(lineOf("x = ()")));
  Result<CallOutcome> outcome;
  for (int i = 0; i < 100 && outcome; ++i) outcome = desk.run(lineOf(line));
  QVERIFY(!outcome);
  QVERIFY2(outcome.error().isInput(InputFault::tooLarge), outcome.error().line().c_str());
}

void TstCallDesk::reckons_data() {
  QTest::addColumn<QByteArray>("line");
  QTest::addColumn<QString>("x");
  const auto row = [](const char* name, const char* line, const char* x) {
    QTest::newRow(name) << QByteArray(line) << QString::fromUtf8(x);
  };
  row("a constant", "x = AF_INET", "2");
  row("flags", "x = MSG_PEEK | MSG_DONTWAIT | 0x1000", "4162");
  row("truth or a number", "x = True | 4", "5");
  row("truth or truth", "x = True | False", "True");
  row("a tuple", "x = 1, 'a', (b'b',)", "(1, 'a', (b'b',))");
  row("an item", "x = pair[1]", "'two'");
  row("an item from the end", "x = pair[-2]", "1");
  row("an item of an item", "x = deep[0][1]", "'two'");
  row("a byte", "x = raw[1]", "255");
  row("a character", "x = text[-1]", "'\xe6\x96\x87'");
  row("zeros", "x = bytes(3)", "b'\\x00\\x00\\x00'");
  row("no bytes", "x = bytes()", "b''");
  row("bytes of numbers", "x = bytes([1, 0x41])", "b'\\x01A'");
  row("a buffer", "x = bytearray(raw)", "bytearray(b'a\\xff')");
  row("names change places", "x, pair = pair, 3", "(1, 'two')");
}

void TstCallDesk::reckons() {
  QFETCH(QByteArray, line);
  QFETCH(QString, x);
  CallDesk desk;
  for (const char* before :
       {"pair = (1, 'two')", "deep = [pair]", "raw = b'a\\xff'", "text = '\xe4\xb8\xad\xe6\x96\x87'"}) {
    QVERIFY(desk.run(lineOf(before)));
  }
  const Result<CallOutcome> outcome = desk.run(lineOf(line.constData()));
  QVERIFY2(outcome && outcome->result, qPrintable(messageOf(outcome)));
  QCOMPARE(reprOf(desk, "x"), x);
}

void TstCallDesk::refuses_data() {
  QTest::addColumn<QByteArray>("line");
  QTest::addColumn<int>("offset");
  QTest::addColumn<QString>("says");
  const auto row = [](const char* name, const char* line, int offset, const char* says) {
    QTest::newRow(name) << QByteArray(line) << offset << QString::fromUtf8(says);
  };
  row("an unknown socket", "nothing.close()", 0, "nothing is named nothing");
  row("a method of no socket", "pair.close()", 0, "its type is tuple");
  row("an unknown name", "socket(AF_INET, SOCK)", 16, "nothing is named SOCK");
  row("a constant that is nearly right", "socket(AF_INTE)", 7, "did you mean AF_INET?");
  row("an unknown name within", "x = [1, (2, what)]", 12, "nothing is named what");
  row("no such item", "x = pair[2]", 4, "it has 2 items");
  row("an item of a number", "x = one[0]", 4, "an int has no items");
  row("flags of text", "x = 1 | 'a'", 8, "this is a str");
  row("flags beyond 64 bits", "x = 1 | 99999999999999999999", 8, "64 bits");
  row("a length below 0", "x = bytes(-1)", 10, "negative count");
  row("a length beyond reason", "x = bytes(99999999999)", 10, "more than");
  row("no byte", "x = bytes([256])", 10, "from 0 to 255");
  row("bytes of text", "x = bytes('a')", 10, "not of a str");
  row("bytes of two", "x = bytes(1, 2)", 13, "only one value");
}

void TstCallDesk::refuses() {
  QFETCH(QByteArray, line);
  QFETCH(int, offset);
  QFETCH(QString, says);
  CallDesk desk;
  QVERIFY(desk.run(lineOf("pair = (1, 'two')")));
  QVERIFY(desk.run(lineOf("one = 1")));
  const Result<CallOutcome> outcome = desk.run(lineOf(line.constData()));
  QVERIFY(!outcome);
  QVERIFY2(messageOf(outcome).contains(says), qPrintable(messageOf(outcome)));
  QCOMPARE(outcome.error().subject, line.toStdString());
  QVERIFY(outcome.error().where.has_value());
  QCOMPARE(static_cast<int>(outcome.error().where->offset), offset);
}

void TstCallDesk::runsAConversation() {
  CallDesk desk;
  const Result<CallScript> script = parseCallScript(
      "s = socket(AF_INET, SOCK_STREAM)\n"
      "s.bind(('127.0.0.1', 0))\n"
      "s.listen(1)\n"
      "name = s.getsockname()\n"
      "c = socket(AF_INET, SOCK_STREAM)\n"
      "c.connect(name)\n"
      "conn, _ = s.accept()\n"
      "n = conn.send(b'hello')\n"
      "data = c.recv(100)\n");
  QVERIFY(script);
  for (const CallLine& line : *script) {
    const Result<CallOutcome> outcome = desk.run(line);
    QVERIFY2(outcome && outcome->result, line.text.c_str());
  }
  QCOMPARE(reprOf(desk, "data"), QStringLiteral("b'hello'"));
  QCOMPARE(reprOf(desk, "n"), QStringLiteral("5"));
  QCOMPARE(reprOf(desk, "_"), QStringLiteral("nothing"));
  for (const CallVariable& variable : desk.variables()) {
    if (variable.name != "conn") continue;
    QVERIFY(variable.socket.has_value());
    QCOMPARE(variable.socket->local.port(),
             desk.bench().socket(*variable.value.as<CallHandle>())->local.port());
  }
}

void TstCallDesk::variablesKeepTheirOrder() {
  CallDesk desk;
  for (const char* line : {"b = 1", "a = 2", "b = 3", "c = a"}) QVERIFY(desk.run(lineOf(line)));
  QStringList names;
  for (const CallVariable& variable : desk.variables()) names << QString::fromStdString(variable.name);
  QCOMPARE(names, QStringList({QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c")}));
  desk.forget("a");
  QCOMPARE(desk.variables().size(), 2U);
  QVERIFY(!desk.run(lineOf("d = a")));
}

void TstCallDesk::resultsThatDoNotFit() {
  CallDesk desk;
  const Result<CallOutcome> many = desk.run(lineOf("a, = socketpair()"));
  QCOMPARE(messageOf(many), QStringLiteral("too many values to unpack (expected 1)"));
  QVERIFY(many->result.error().kind == CallFaultKind::value);
  QCOMPARE(many->out.back().first, std::string("result"));
  QCOMPARE(desk.bench().sockets().size(), 2U);
  QCOMPARE(messageOf(desk.run(lineOf("a, b, c = (1, 2)"))),
           QStringLiteral("not enough values to unpack (expected 3, got 2)"));
  QCOMPARE(messageOf(desk.run(lineOf("a, b = htons(1)"))),
           QStringLiteral("cannot unpack non-iterable int object"));
  QVERIFY(desk.variables().empty());
}

void TstCallDesk::buffersAreFilled() {
  CallDesk desk;
  for (const char* line :
       {"a, b = socketpair()", "buf = bytearray(4)", "a.send(b'hi')", "n = b.recv_into(buf)"}) {
    QVERIFY(desk.run(lineOf(line)));
  }
  QCOMPARE(reprOf(desk, "buf"), QStringLiteral("bytearray(b'hi\\x00\\x00')"));
  QVERIFY(desk.run(lineOf("a.send(b'xyz')")));
  QVERIFY(desk.run(lineOf("b.recv_into(nbytes=1, buffer=buf)")));
  QCOMPARE(reprOf(desk, "buf"), QStringLiteral("bytearray(b'xi\\x00\\x00')"));
}

void TstCallDesk::closingTwice() {
  CallDesk desk;
  QVERIFY(desk.run(lineOf("s = socket()")));
  QVERIFY(desk.run(lineOf("s.close()"))->result.has_value());
  QVERIFY(desk.run(lineOf("s.close()"))->result.has_value());
  QVERIFY(desk.run(lineOf("s.listen(1)"))->result.error().number == EBADF);
}

void TstCallDesk::aNameThatIsAwaited() {
  CallDesk desk;
  QVERIFY(desk.run(lineOf("a, b = socketpair()")));
  std::promise<void> ended;
  const Result<CallId> waits = desk.start(
      lineOf("data = a.recv(10)"), [&](CallId, const CallLine&, const CallOutcome&) { ended.set_value(); });
  QVERIFY(waits);
  QCOMPARE(messageOf(desk.run(lineOf("b.send(data)"))),
           QStringLiteral("data has no value before this call is done: data = a.recv(10)"));
  QVERIFY(desk.run(lineOf("b.send(b'x')"))->result.has_value());
  ended.get_future().wait();
  QCOMPARE(reprOf(desk, "data"), QStringLiteral("b'x'"));
}

void TstCallDesk::lostSocketsStayOpen() {
  CallDesk desk;
  QVERIFY(desk.run(lineOf("s = socket()")));
  QVERIFY(desk.run(lineOf("s = socket()")));
  desk.forget("s");
  QCOMPARE(desk.bench().sockets().size(), 2U);
}

void TstCallDesk::clearForgetsEverything() {
  CallDesk desk;
  QVERIFY(desk.run(lineOf("a, b = socketpair()")));
  std::promise<CallOutcome> ended;
  QVERIFY(desk.start(lineOf("late = a.recv(1)"),
                     [&](CallId, const CallLine&, const CallOutcome& outcome) { ended.set_value(outcome); }));
  desk.clear();
  QVERIFY(!ended.get_future().get().result);
  QVERIFY(desk.variables().empty());
  QVERIFY(desk.bench().sockets().empty());
}

void TstCallDesk::doneTellsTheLine() {
  CallDesk desk;
  std::string told;
  const Result<CallId> id =
      desk.start(lineOf("x = 5"), [&](CallId, const CallLine& line, const CallOutcome& outcome) {
        told = line.text + " -> " + outcome.result->repr();
      });
  QVERIFY(id && !*id);
  QCOMPARE(told, std::string("x = 5 -> 5"));
  QVERIFY(
      desk.start(lineOf("# nothing"), [&](CallId, const CallLine&, const CallOutcome&) { told.clear(); }));
  QVERIFY(!told.empty());
}

void TstCallDesk::saysTheSameAsTheTranslations() {
  QFETCH(QByteArray, script);
  QFETCH(QByteArray, told);
  CallDesk desk;
  std::string said;
  const Result<CallScript> lines = parseCallScript(script.toStdString());
  QVERIFY(lines);
  for (const CallLine& line : *lines) {
    const Result<CallOutcome> outcome = desk.run(line);
    QVERIFY2(outcome, line.text.c_str());
    if (line.isCall)
      said += std::to_string(line.number) + ' ' + callLineText(line) + " -> " + words(*outcome) + '\n';
  }
  QCOMPARE(withoutPorts(QByteArray::fromStdString(said)).split('\n'), told.split('\n'));
}

QTEST_GUILESS_MAIN(TstCallDesk)
#include "tst_call_desk.moc"
