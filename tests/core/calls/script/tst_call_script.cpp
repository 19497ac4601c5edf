#include <QTest>
#include <random>

#include "core/calls/script/call_script.h"

using namespace sockbench;

namespace {

QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}

std::string nested(std::size_t depth) {
  return "x = " + std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

class TstCallScript : public QObject {
  Q_OBJECT
 private slots:
  void readsValues_data();
  void readsValues();
  void readsLines_data();
  void readsLines();
  void refuses_data();
  void refuses();
  void knowsWhereThingsStand();
  void scriptHasNumbers();
  void scriptTellsTheLine();
  void scriptIsBounded();
  void whatIsWrittenReadsTheSame();
};

void TstCallScript::readsValues_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("repr");  // as Python's repr writes what Python reads
  const auto row = [](const char* name, const char* text, const char* repr) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(repr);
  };
  row("zero", "0", "0");
  row("zeros", "00_0", "0");
  row("underscores", "1_000_000", "1000000");
  row("hexadecimal", "0xFf", "255");
  row("an underscore behind the prefix", "0x_ff", "255");
  row("octal", "0o17", "15");
  row("binary", "0B101", "5");
  row("minus", "-5", "-5");
  row("many signs", "- -+-5", "-5");
  row("the largest of 64 bits", "9223372036854775807", "9223372036854775807");
  row("one more", "9223372036854775808", "9223372036854775808");
  row("the least of 64 bits", "-9223372036854775808", "-9223372036854775808");
  row("one less", "-9223372036854775809", "-9223372036854775809");
  row("a long hexadecimal", "0x123456789abcdef0123456789", "90144042682896311822508713865");
  row("zeros within", "0x3b9aca000000000000000000000000", "309485009821345068724781056000000000");
  row("a float", "2.5", "2.5");
  row("without a fraction", "1.", "1.0");
  row("without a whole part", ".5", "0.5");
  row("an exponent", "1e-05", "1e-05");
  row("a capital exponent", "1_0.2_5E+2", "1025.0");
  row("beyond a double", "1e999", "inf");
  row("below a double", "1e-999", "0.0");
  row("a negative float", "-0.0", "-0.0");
  row("None", "None", "None");
  row("True", "True", "True");
  row("False", "False", "False");
  row("text", "'a\"b'", "'a\"b'");
  row("text in the other quotes", "\"it's\"", "\"it's\"");
  row("escapes", R"('\\\'\"\a\b\f\n\r\t\v')", R"('\\\'"\x07\x08\x0c\n\r\t\x0b')");
  row("octal escapes", R"('\0\18\101\777')", R"('\x00\x018Aǿ')");
  row("code points", R"('\xe9\u4e2d\U0001F600')", "'é中😀'");
  row("a lone surrogate", R"('\udc80')", R"('\udc80')");
  row("two surrogates stay two", R"('\ud83d\ude00')", R"('\ud83d\ude00')");
  row("raw text", R"(r'\d\'')", R"("\\d\\'")");
  row("u text", "u'a'", "'a'");
  row("pieces of text join", "'a' \"b\"'c'", "'abc'");
  row("UTF-8", "'中文'", "'中文'");
  row("a hash in text", "'#'", "'#'");
  row("bytes", R"(b"hello\x00\377")", R"(b'hello\x00\xff')");
  row("raw bytes", R"(Rb'\x00')", R"(b'\\x00')");
  row("pieces of bytes join", "b'a' B'b'", "b'ab'");
}

void TstCallScript::readsValues() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, repr);
  const Result<CallExpression> read = parseCallExpression(text.toStdString());
  QVERIFY2(read, read ? "" : read.error().line().c_str());
  QVERIFY(read->kind == CallExpression::Kind::value);
  QCOMPARE(bytes(read->value.repr()), repr);
}

void TstCallScript::readsLines_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("written");  // from the parts
  const auto row = [](const char* name, const char* text, const char* written) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(written);
  };
  row("nothing", "", "");
  row("space", " \t ", "");
  row("a comment", "# s = socket()", "");
  row("Python's import", "import socket", "");
  row("all of Python's names", "from socket import *   # so that it may be pasted", "");
  row("a function", "gethostname( )", "gethostname()");
  row("a method", "s.listen(5)", "s.listen(5)");
  row("a result", "s = socket(AF_INET, SOCK_STREAM)  # a socket", "s = socket(AF_INET, SOCK_STREAM)");
  row("the module in front", "s = socket.socket(socket.AF_INET)", "s = socket(AF_INET)");
  row("two results", "conn, addr = s.accept()", "conn, addr = s.accept()");
  row("a result taken apart", "conn, = f()", "conn, = f()");
  row("a result passed over", "_, addr = s.accept()", "_, addr = s.accept()");
  row("a comma behind the last target", "a, b, = f()", "a, b = f()");
  row("an address", R"(s.bind(("127.0.0.1",0,),))", "s.bind(('127.0.0.1', 0))");
  row("a tuple of one", "f((1,))", "f((1,))");
  row("parentheses alone", "f((1))", "f(1)");
  row("an empty tuple", "f(())", "f(())");
  row("lists", "s.sendmsg([b'a', b'b'], [(1, 1, b'x')], )", "s.sendmsg([b'a', b'b'], [(1, 1, b'x')])");
  row("flags", "s.recv(10, MSG_PEEK|MSG_DONTWAIT | 0x40)", "s.recv(10, MSG_PEEK | MSG_DONTWAIT | 64)");
  row("flags in flags", "s.recv(10, (A | B) | C)", "s.recv(10, A | B | C)");
  row("arguments by name", "getaddrinfo('h', port=80, type = SOCK_STREAM)",
      "getaddrinfo('h', port=80, type=SOCK_STREAM)");
  row("an item", "s.connect(info[0][-1])", "s.connect(info[0][-1])");
  row("a buffer", "buf = bytearray(16)", "buf = bytearray(16)");
  row("bytes in place", "s.send(bytes(4), 0)", "s.send(bytes(4), 0)");
  row("bytes of numbers", "s.send(bytes([1, 2]))", "s.send(bytes([1, 2]))");
  row("a value", "n = -5", "n = -5");
  row("a value of the module", "n = socket.AF_INET", "n = AF_INET");
  row("values change places", "a, b = b, a", "a, b = (b, a)");
  row("one value as a tuple", "a = 1,", "a = (1,)");
  row("indented", "    s.close()", "s.close()");
  row("infinity", "s.settimeout(-1e999)", "s.settimeout(-1e999)");
}

void TstCallScript::readsLines() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, written);
  const Result<CallLine> line = parseCallLine(text.toStdString());
  QVERIFY2(line, line ? "" : line.error().line().c_str());
  QCOMPARE(bytes(line->text), text);
  QCOMPARE(bytes(callLineText(*line)), written);
  QCOMPARE(line->isBlank(), written.isEmpty());
  const Result<CallLine> again = parseCallLine(written.toStdString());
  QVERIFY(again);
  QCOMPARE(bytes(callLineText(*again)), written);
}

void TstCallScript::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::addColumn<QByteArray>("says");
  const auto row = [](const char* name, std::string_view text, int offset, int length, const char* says) {
    QTest::newRow(name) << bytes(text) << offset << length << QByteArray(says);
  };
  row("no closing parenthesis", "s.listen(5", 10, 0, "a call's arguments end with )");
  row("a comment before the parenthesis", "s.listen(5 # )", 11, 0, "a call's arguments end with )");
  row("no parentheses", "s.close", 7, 0, "arguments stand in ( )");
  row("no parentheses of a result", "n = s.fileno", 12, 0, "arguments stand in ( )");
  row("a name alone", "gethostname", 11, 0, "arguments stand in ( )");
  row("a value alone", "5", 0, 1, "NAME = ");
  row("nothing assigned", "x = ", 4, 0, "missing");
  row("nothing to assign to", "= 5", 0, 1, "a name is missing");
  row("assigning to a number", "5 = f()", 0, 1, "names");
  row("assigning to an item", "a[0] = f()", 1, 1, "commas between");
  row("assigning to None", "None = f()", 0, 4, "names");
  row("assigning to the module", "socket = socket()", 0, 6, "module");
  row("two assignments", "a = b = f()", 6, 1, "second");
  row("adding to a name", "a += 1", 2, 2, "+=");
  row("arithmetic", "a = 1 + 2", 6, 1, "nothing but |");
  row("comparing", "a = 1 == 2", 6, 2, "==");
  row("a loop", "for x in y:", 0, 3, "only assignments and calls");
  row("a condition", "if True: s.close()", 0, 2, "only assignments and calls");
  row("another module", "import os", 0, 9, "import socket");
  row("two on a line", "s.close(); t.close()", 9, 1, "one call");
  row("a call in a call", "s.connect(c.getsockname())", 11, 1, "its own line");
  row("a function in a call", "s.bind(('', htons(80)))", 12, 5, "bytes() and bytearray()");
  row("an item of a call", "a = f()[0]", 7, 1, "a name first");
  row("a call of a result", "f().close()", 3, 1, "a name first");
  row("deep names", "a.b.c()", 2, 1, "a dot and a name");
  row("a place behind names", "f(a=1, 2)", 7, 1, "comes behind");
  row("a name twice", "f(a=1, a=2)", 7, 1, "twice");
  row("a keyword as a name", "f(None=1)", 2, 4, "no argument's name");
  row("stars", "f(*a)", 2, 1, "*");
  row("no comma", "f(1 2)", 4, 1, "comma");
  row("no value", "f(1,,2)", 4, 0, "missing");
  row("a wrong end", "f(1])", 3, 1, "closes nothing");
  row("an end too many", "f(1))", 4, 1, "closes nothing");
  row("no end of a list", "f([1, 2", 7, 0, "ends with ]");
  row("no end of a tuple", "f((1, 2", 7, 0, "ends with )");
  row("an item that is a name", "f(a[b])", 4, 1, "whole number");
  row("a slice", "f(a[1:2])", 4, 1, "whole number");
  row("minus a name", "f(-a)", 2, 1, "in front of a number");
  row("text that is not closed", "f('abc)", 2, 5, "not closed");
  row("text that ends with a backslash", "f('abc\\", 6, 1, "not closed");
  row("an unknown escape", "f('a\\q')", 4, 2, "unknown escape");
  row("an unknown escape of bytes", "f(b'\\u1234')", 4, 2, "unknown escape");
  row("a character by its name", "f('\\N{DASH}')", 3, 2, "uXXXX");
  row("half a byte", "f('\\x4')", 3, 3, "2 hexadecimal digits");
  row("half a code point", "f('\\u12g4')", 3, 4, "4 hexadecimal digits");
  row("beyond Unicode", "f('\\U00110000')", 3, 10, "at most");
  row("beyond a byte", "f(b'\\400')", 4, 4, "at most");
  row("letters beyond ASCII in bytes", "f(b'\xC3\xA9')", 4, 2, "ASCII");
  row("text and bytes", "f('a' b'b')", 6, 4, "do not join");
  row("three quotes", "f('''a''')", 2, 3, "three quotes");
  row("an f-string", "f(f'{a}')", 2, 2, "f-strings");
  row("a leading zero", "f(017)", 2, 3, "0o17");
  row("two underscores", "f(1__0)", 2, 4, "between two digits");
  row("an underscore at the end", "f(1_)", 2, 2, "between two digits");
  row("an underscore before the exponent", "f(1_e5)", 2, 4, "between two digits");
  row("no digits", "f(0x)", 2, 2, "base 16");
  row("a digit of another base", "f(0b12)", 2, 4, "base 2");
  row("letters behind a number", "f(12ab)", 2, 4, "not a number");
  row("no exponent", "f(1e)", 2, 2, "not a number");
  row("an imaginary number", "f(1j)", 2, 2, "imaginary");
  row("letters beyond ASCII", "\xC3\xA9 = f()", 0, 2, "in text");
  row("a wrong byte", "f('\xFF')", 3, 1, "UTF-8");
  row("a NUL", std::string_view("f('\0')", 6), 3, 1, "UTF-8");
  row("a line that goes on", "f(1, \\", 5, 1, "one line");
  row("an end of line", "f(1)\ng()", 4, 1, "one line");
  row("too deep", nested(kMostScriptDepth + 1), 68, 1, "deep");
}

void TstCallScript::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(int, offset);
  QFETCH(int, length);
  QFETCH(QByteArray, says);
  const Result<CallLine> line = parseCallLine(text.toStdString());
  QVERIFY(!line);
  const Error& error = line.error();
  QVERIFY(error.isInput(InputFault::badSyntax) || error.isInput(InputFault::tooLarge));
  QCOMPARE(bytes(error.subject), text);
  QVERIFY2(bytes(error.message()).contains(says), error.message().c_str());
  QVERIFY(error.where.has_value());
  QCOMPARE(static_cast<int>(error.where->offset), offset);
  QCOMPARE(static_cast<int>(error.where->length), length);
}

void TstCallScript::knowsWhereThingsStand() {
  const std::string text = "x = s.recv(10,  A | b[2], how=(1, 2))";
  const Result<CallLine> line = parseCallLine(text);
  QVERIFY(line);
  const auto at = [&](TextSpan where) {
    return bytes(text).mid(qsizetype(where.offset), qsizetype(where.length));
  };
  QCOMPARE(at(line->nameAt), QByteArray("recv"));
  QCOMPARE(at(line->args.at(0).where), QByteArray("10"));
  QCOMPARE(at(line->args.at(1).where), QByteArray("A | b[2]"));
  QCOMPARE(at(line->args.at(1).items.at(1).where), QByteArray("b[2]"));
  QCOMPARE(at(line->args.at(1).items.at(1).items.at(0).where), QByteArray("b"));
  QCOMPARE(at(line->keywords.at(0).second.where), QByteArray("(1, 2)"));
}

void TstCallScript::scriptHasNumbers() {
  const Result<CallScript> script = parseCallScript("\xEF\xBB\xBFs = socket()\r\n\n# end\ns.close()");
  QVERIFY(script);
  QCOMPARE(script->size(), 4U);
  QCOMPARE(script->at(0).text, std::string("s = socket()"));
  QVERIFY(script->at(1).isBlank());
  QVERIFY(script->at(2).isBlank());
  QCOMPARE(script->at(3).number, 4U);
  QCOMPARE(script->at(3).on, std::string("s"));
  QVERIFY(parseCallScript("")->empty());
}

void TstCallScript::scriptTellsTheLine() {
  std::size_t failed = 0;
  const Result<CallScript> script = parseCallScript("s = socket()\n\ns.bind(\n", &failed);
  QVERIFY(!script);
  QCOMPARE(failed, 3U);
  QCOMPARE(script.error().subject, std::string("s.bind("));
}

void TstCallScript::scriptIsBounded() {
  QVERIFY(parseCallLine(nested(kMostScriptDepth)));
  QVERIFY(parseCallScript(std::string(kMostScriptLines, '\n')));
  const auto isTooLarge = [](const auto& read) {
    return !read && read.error().isInput(InputFault::tooLarge);
  };
  QVERIFY(isTooLarge(parseCallScript(std::string(kMostScriptLines + 1, '\n'))));
  QVERIFY(isTooLarge(parseCallScript(std::string(kMostScriptBytes + 1, ' '))));
  QVERIFY(isTooLarge(parseCallLine(std::string(kMostScriptLineBytes + 1, ' '))));
  std::string many = "x = [";
  for (std::size_t i = 0; i <= kMostScriptLineItems; ++i) many += "0,";
  QVERIFY(isTooLarge(parseCallLine(many + "]")));
  QVERIFY(isTooLarge(parseCallLine("x = " + std::string(5000, '9'))));
}

void TstCallScript::whatIsWrittenReadsTheSame() {
  static constexpr std::array kParts{
      "s", "x",   "socket",    ".",     "(",        ")",   "[",     "]",    "'a\\n'", "b'\\x00'",
      ",", "=",   "|",         "-",     "1",        "2.5", "1e999", "None", "bytes",  "0x1ffffffffffffffffff",
      " ", "u''", "'\\udc80'", "\"'\"", "bytearray"};
  std::mt19937 source(20261121);
  std::uniform_int_distribution<std::size_t> part(0, kParts.size() - 1);
  std::uniform_int_distribution<int> length(1, 9);
  int good = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = i % 2 == 0 ? "x = " : "f(";
    for (int left = length(source); left > 0; --left) text += kParts.at(part(source));
    if (i % 2 != 0) text += ')';
    const Result<CallLine> line = parseCallLine(text);
    if (!line) {
      QVERIFY(line.error().where->offset + line.error().where->length <= text.size());
      continue;
    }
    ++good;
    const Result<CallLine> again = parseCallLine(callLineText(*line));
    QVERIFY2(again, text.c_str());
    QVERIFY2(again->args == line->args && again->keywords == line->keywords && again->value == line->value &&
                 again->targets == line->targets && again->on == line->on && again->name == line->name,
             text.c_str());
  }
  QVERIFY(good > 1000);
}

QTEST_APPLESS_MAIN(TstCallScript)
#include "tst_call_script.moc"
