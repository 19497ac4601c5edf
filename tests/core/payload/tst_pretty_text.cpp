// JSON and XML laid out: by hand, as python3 lays out the same values, and what is refused where.
#include <QProcess>
#include <QTest>

#include "core/payload/pretty_text.h"

using namespace sockbench;

namespace {

// Lines of two hexadecimal texts each, which must mean the same document.
constexpr const char* kXmlOracle = R"(
import sys, xml.etree.ElementTree as tree
for line in sys.stdin:
    a, b = (bytes.fromhex(h).decode() for h in line.split())
    assert tree.canonicalize(a, strip_text=True) == tree.canonicalize(b, strip_text=True), b
print('same')
)";

std::string pretty(std::string_view text, TextSyntax syntax) {
  const PrettyResult result = prettyText(asBytes(text), syntax);
  if (result) return *result;
  const PrettyFault& fault = result.error();
  return std::to_string(fault.offset) + " " + std::to_string(fault.line) + ":" +
         std::to_string(fault.column) + " " + std::string(fault.sentence);
}

void addRow(const char* name, TextSyntax syntax, const std::string& text, const std::string& laid) {
  QTest::newRow(name) << static_cast<int>(syntax) << QByteArray::fromStdString(text)
                      << QByteArray::fromStdString(laid);
}

}  // namespace

class TstPrettyText : public QObject {
  Q_OBJECT
 private slots:
  void isDetected_data();
  void isDetected();
  void laysOut_data();
  void laysOut();
  void refuses_data();
  void refuses();
  void jsonIsAsPythonLaysItOut();
  void xmlMeansTheSameToPython();
  void boundsAreKept_data();
  void boundsAreKept();
  void indentationIsBounded();
};

void TstPrettyText::isDetected_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("syntax");
  QTest::newRow("an object") << QByteArray(" \r\n{") << static_cast<int>(TextSyntax::json);
  QTest::newRow("a number behind a mark")
      << QByteArray("\xEF\xBB\xBF-1") << static_cast<int>(TextSyntax::json);
  QTest::newRow("an element") << QByteArray("\t<a/>") << static_cast<int>(TextSyntax::xml);
  QTest::newRow("words") << QByteArray("hello") << -1;
  QTest::newRow("nothing") << QByteArray("") << -1;
  QTest::newRow("space") << QByteArray(" \n") << -1;
}

void TstPrettyText::isDetected() {
  QFETCH(QByteArray, text);
  QFETCH(int, syntax);
  const auto found = textSyntaxOf(asBytes(text.toStdString()));
  QCOMPARE(found ? static_cast<int>(*found) : -1, syntax);
}

void TstPrettyText::laysOut_data() {
  QTest::addColumn<int>("syntax");
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("laid");
  const auto json = [](const char* name, const char* text, const char* laid) {
    addRow(name, TextSyntax::json, text, laid);
  };
  const auto xml = [](const char* name, const char* text, const char* laid) {
    addRow(name, TextSyntax::xml, text, laid);
  };
  json("names and items", "{\"a\":[1,2],\"b\":{}}", "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
  json("empty ones with space", "[ [ ] , { } ]", "[\n  [],\n  {}\n]");
  json("numbers stay", "[1.0,1E5,-0,10000000000000000000000]",
       "[\n  1.0,\n  1E5,\n  -0,\n  10000000000000000000000\n]");
  json("escapes and space in strings stay", "\" \\u0041\\/ \"", "\" \\u0041\\/ \"");
  json("names that are repeated stay", "{\"a\":1,\"a\":2}", "{\n  \"a\": 1,\n  \"a\": 2\n}");
  json("values behind one another", "{}[]1 2\"a\"null", "{}\n[]\n1\n2\n\"a\"\nnull");
  json("a byte order mark", "\xEF\xBB\xBF[]", "[]");
  xml("elements", "<a><b/><c><d/></c></a>", "<a>\n  <b/>\n  <c>\n    <d/>\n  </c>\n</a>");
  xml("text stays", "<a> <b> x\n</b></a>", "<a>\n  <b> x\n</b>\n</a>");
  xml("elements between text stay", "<a><b/> x <c> <d/></c></a>", "<a><b/> x <c> <d/></c></a>");
  xml("an element of white space stays", "<a><b> </b><c></c></a>", "<a>\n  <b> </b>\n  <c></c>\n</a>");
  xml("space that is asked for stays", "<a><b xml:space=\"preserve\"> <c/> </b></a>",
      "<a>\n  <b xml:space=\"preserve\"> <c/> </b>\n</a>");
  xml("CDATA is text", "<a><b><![CDATA[ ]]></b></a>", "<a>\n  <b><![CDATA[ ]]></b>\n</a>");
  xml("tags stay", "<a  b = '1'\n c=\"&gt;'\" ><d/></a >", "<a  b = '1'\n c=\"&gt;'\" >\n  <d/>\n</a >");
  xml("what stands before the element",
      "<?xml version='1.0'?><!-- a --><!DOCTYPE a [<!ENTITY b '>'><!-- ' -->]><a/>",
      "<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE a [<!ENTITY b '>'><!-- ' -->]>\n<a/>");
  xml("elements behind one another", "<a/> <b>1</b>\n", "<a/>\n<b>1</b>");
}

void TstPrettyText::laysOut() {
  QFETCH(int, syntax);
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, laid);
  const auto kind = static_cast<TextSyntax>(syntax);
  QCOMPARE(QByteArray::fromStdString(pretty(text.toStdString(), kind)), laid);
  QCOMPARE(QByteArray::fromStdString(pretty(laid.toStdString(), kind)), laid);
}

void TstPrettyText::refuses_data() {
  QTest::addColumn<int>("syntax");
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("laid");
  const auto json = [](const char* name, const std::string& text, const char* fault) {
    addRow(name, TextSyntax::json, text, fault);
  };
  const auto xml = [](const char* name, const std::string& text, const char* fault) {
    addRow(name, TextSyntax::xml, text, fault);
  };
  json("nothing", " ", "1 1:2 the text ends too early");
  json("a comma at the end", "[1,\n ]", "5 2:2 a value is expected");
  json("a name without quotes", "{a:1}", "1 1:2 a name in quotes is expected");
  json("no colon", "{\"a\" 1}", "5 1:6 a colon is expected behind a name");
  json("no comma", "[1 2]", "3 1:4 a comma or a closing bracket is expected");
  json("the other bracket", "[}", "1 1:2 a value is expected");
  json("a leading zero", "01", "1 1:2 something stands right behind a number or a word");
  json("a number that ends early", "-", "1 1:2 the text ends too early");
  json("a fraction without digits", "1.e", "2 1:3 a digit is expected");
  json("a wrong word", "nul1", "3 1:4 a word that JSON does not have");
  json("two words", "truefalse", "4 1:5 something stands right behind a number or a word");
  json("a wrong escape", "\"\\x\"", "2 1:3 an escape that JSON does not have");
  json("an escape that is too short", "\"\\u12g\"", "5 1:6 \\u needs four hexadecimal digits");
  json("a new line in a string", "\"a\n\"", "2 1:3 a control character in a string");
  json("an overlong character", "\"\xE0\x80\x80\"", "2 1:3 a string is not UTF-8");
  json("a surrogate", "\"\xED\xA0\x80\"", "2 1:3 a string is not UTF-8");
  json("behind a mark", "\xEF\xBB\xBFx", "3 1:4 a value is expected");
  xml("no element", "<!-- a -->", "10 1:11 there is no element");
  xml("text in front", "a<b/>", "0 1:1 text outside of an element");
  xml("another end", "<a>\n<b></a>", "9 2:6 another element is open");
  xml("an end alone", "</a>", "2 1:3 no element is open");
  xml("no end", "<a>", "3 1:4 the text ends within an element");
  xml("no name", "<a>< b></a>", "4 1:5 a name is expected behind <");
  xml("an attribute without a value", "<a b>", "4 1:5 = is expected behind the name of an attribute");
  xml("a value without quotes", "<a b=1>", "5 1:6 an attribute's value in quotes is expected");
  xml("two attributes in one", "<a b='1'c='2'/>", "8 1:9 white space, > or /> is expected");
  xml("< in a value", "<a b='<'/>", "6 1:7 < in the value of an attribute");
  xml("a bare &", "<a>a & b</a>", "5 1:6 & that begins no reference");
  xml("a comment without an end", "<a><!-- </a>",
      "12 1:13 the text ends within a comment, an instruction or CDATA");
  xml("a control character", "<a>\x01</a>", "3 1:4 a control character");
  xml("not UTF-8", "<a>\xFF</a>", "3 1:4 not UTF-8");
}

void TstPrettyText::refuses() {
  QFETCH(int, syntax);
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, laid);
  QCOMPARE(QByteArray::fromStdString(pretty(text.toStdString(), static_cast<TextSyntax>(syntax))), laid);
}

void TstPrettyText::jsonIsAsPythonLaysItOut() {
  QProcess python;
  python.start(QStringLiteral("python3"), {QStringLiteral(SOCKBENCH_JSON_ORACLE)});
  if (!python.waitForStarted()) QSKIP("needs python3");
  QVERIFY(python.waitForFinished(60'000));
  QVERIFY2(python.exitCode() == 0, python.readAllStandardError());
  const QByteArrayList lines = python.readAllStandardOutput().trimmed().split('\n');
  QCOMPARE(lines.size(), 1000);
  for (qsizetype i = 0; i + 1 < lines.size(); i += 2) {
    const std::string text = QByteArray::fromHex(lines[i]).toStdString();
    QCOMPARE(QByteArray::fromStdString(pretty(text, TextSyntax::json)), QByteArray::fromHex(lines[i + 1]));
  }
}

void TstPrettyText::xmlMeansTheSameToPython() {
  QProcess python;
  python.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromUtf8(kXmlOracle)});
  if (!python.waitForStarted()) QSKIP("needs python3");
  for (const char* text :
       {"<a/>", "<a><b c='1' d=\"&lt;\">x<e/>y</b><f/>\n\n<g> z </g><h>&#65;&amp;</h></a>",
        "<?xml version='1.0'?><!-- x --><r:a xmlns:r='u'><r:b><![CDATA[<&]]></r:b><?p q?></r:a>"}) {
    const std::string laid = pretty(text, TextSyntax::xml);
    python.write(QByteArray(text).toHex() + ' ' + QByteArray::fromStdString(laid).toHex() + '\n');
  }
  python.closeWriteChannel();
  QVERIFY(python.waitForFinished(60'000));
  QVERIFY2(python.exitCode() == 0, python.readAllStandardError());
  QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("same"));
}

void TstPrettyText::boundsAreKept_data() {
  QTest::addColumn<int>("syntax");
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("laid");
  const std::string deep(512, '[');
  std::string elements;
  for (int i = 0; i < 513; ++i) elements += "<a>";
  addRow("JSON that is too deep", TextSyntax::json, deep + "[", "512 1:513 nested deeper than 512");
  addRow("XML that is too deep", TextSyntax::xml, elements, "1536 1:1537 nested deeper than 512");
  addRow("JSON that is too long", TextSyntax::json, std::string(kMostPrettyInput + 1, ' '),
         "0 1:1 longer than 16 MiB");
}

void TstPrettyText::boundsAreKept() {
  refuses();
}

void TstPrettyText::indentationIsBounded() {
  std::string text(511, '[');
  for (std::size_t i = 0; i < kMostPrettyOutput / 1000; ++i) text += "1,";
  const PrettyResult result = prettyText(asBytes(text), TextSyntax::json);
  QVERIFY(!result && result.error().sentence == "laid out, the text is longer than 64 MiB");
}

QTEST_GUILESS_MAIN(TstPrettyText)
#include "tst_pretty_text.moc"
