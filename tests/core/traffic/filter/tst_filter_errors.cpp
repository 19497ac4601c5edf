#include <QTest>

#include "core/traffic/filter/filter.h"

using namespace sockbench;

class TstFilterErrors : public QObject {
  Q_OBJECT
 private slots:
  void saysWhatIsWrong_data();
  void saysWhatIsWrong();
  void bounds_data();
  void bounds();
};

// The wrong part of each text stands in angle quotes.
void TstFilterErrors::saysWhatIsWrong_data() {
  QTest::addColumn<QByteArray>("marked");
  QTest::addColumn<QByteArray>("symbol");
  QTest::addColumn<QByteArray>("words");
  const auto row = [](const char* marked, const char* symbol, const char* words) {
    QTest::newRow(marked) << QByteArray(marked) << QByteArray(symbol) << QByteArray(words);
  };
  row("«prot» == 80", "UNKNOWN_NAME", "there is no field \"prot\"; did you mean port?");
  row("«Kind»", "UNKNOWN_NAME", "did you mean kind?");
  row("«tcp.flags.syn» == 1", "UNKNOWN_NAME", "there are kind, dir");
  row("len > 1 and «»", "BAD_SYNTAX", "a field is expected here, such as kind, port or data");
  row("«and» len", "BAD_SYNTAX", "a field is expected before and");
  row("len and «or» urgent", "BAD_SYNTAX", "a field is expected before or");
  row("\"«GET»\"", "BAD_SYNTAX", "a field is expected here");
  row("len > «»", "BAD_SYNTAX", "a value is expected here, as in: len > 100");
  row("len «100»", "BAD_SYNTAX", "an operator is expected here: ==, !=");
  row("len «=» 100", "BAD_SYNTAX", "a single = is no operator; write ==");
  row("len «&» urgent", "BAD_SYNTAX", "write &&");
  row("len «contains» 100", "BAD_SYNTAX", "len has no contains; it has ==, !=, <");
  row("kind «<» error", "BAD_SYNTAX", "kind has no <; it has ==, !=, in");
  row("urgent «==» 1", "BAD_SYNTAX", "urgent stands alone");
  row("urgent «1»", "BAD_SYNTAX", "behind urgent comes and, or, or nothing");
  row("len > 100 «200»", "BAD_SYNTAX", "and, or, or nothing is expected here");
  row("«(»len > 100", "BAD_SYNTAX", "this parenthesis is never closed");
  row("len > 100«)»", "BAD_SYNTAX", "this parenthesis was never opened");
  row("(len > 100 «port» == 1)", "BAD_SYNTAX", "or a closing parenthesis is expected");
  row("port in «80»", "BAD_SYNTAX", "a set is expected here");
  row("port in «{»80", "BAD_SYNTAX", "this set is never closed");
  row("port in {«}»", "BAD_SYNTAX", "the set is empty");
  row("port in {9..«8»}", "BAD_SYNTAX", "the range ends before it begins");
  row("port == «8..9»", "BAD_SYNTAX", "a range stands in a set");
  row("port == «70000»", "BAD_PORT", "port 70000 is above 65535");
  row("port == «nosuchservice»", "BAD_PORT", "\"nosuchservice\" is no service here");
  row("len > «ten»", "BAD_SYNTAX", "\"ten\" is no number");
  row("len > «10x»", "BAD_SYNTAX", "or 10k, 1M, 64KiB");
  row("len > «99999999999999999999»", "BAD_SYNTAX", "larger than any there is");
  row("len > «9223372036854775807k»", "BAD_SYNTAX", "larger than any there is");
  row("len > «-1»", "BAD_SYNTAX", "is no number");
  row("delta > «1min»", "BAD_SYNTAX", "\"1min\" is no time span; write seconds");
  row("delta > «0.0000000001»", "BAD_SYNTAX", "no finer than a nanosecond");
  row("time > \"«25:00»\"", "BAD_SYNTAX", "\"25:00\" is no time; write \"12:00:01.5\"");
  row("time > \"«2026-02-30»\"", "BAD_SYNTAX", "is no time");
  row("time > \"«2026-11-21 12:00:00+1»\"", "BAD_SYNTAX", "is no time");
  row("time in {12:00 «2026-11-21»}", "BAD_SYNTAX", "either all times have a date, or none");
  row("kind == «eror»", "UNKNOWN_NAME", "\"eror\" is not one of the words; did you mean error?");
  row("by == «nobody»", "UNKNOWN_NAME", "there are us, peer");
  row("transport == «tcpp»", "UNKNOWN_NAME", "did you mean tcp?");
  row("interface == «nosuch0»", "UNKNOWN_NAME", "this machine has no interface \"nosuch0\"");
  row("errno == «ECONREFUSED»", "UNKNOWN_NAME", "did you mean ECONNREFUSED?");
  row("peer == «example.org»", "BAD_ADDRESS", "names are not looked up");
  row("peer == 10.0.0.«300»", "BAD_ADDRESS", "300 is above 255");
  row("peer == «10.0.0»", "BAD_ADDRESS", "an IPv4 address has four numbers, this one has 3");
  row("peer == «10.0.0.0/33»", "BAD_PREFIX", "from 0 to 32");
  row("peer == «10.0.0.1:99999»", "BAD_PORT", "a colon and a port");
  row("peer == 2001:db8:«12345»::", "BAD_ADDRESS", "at most four digits");
  row("peer == [2001:db8:«12345»::]:80", "BAD_ADDRESS", "at most four digits");
  row("peer == «[::1]x»", "BAD_PORT", "a colon and a port");
  row("data contains «GET»", "BAD_HEX", "bytes are hexadecimal pairs, 0d:0a, or text in double quotes");
  row("data contains «0d:0»", "BAD_HEX", "hexadecimal pairs");
  row("data contains \"«»\"", "BAD_SYNTAX", "there is nothing to look for");
  row("data contains \"ab«\\q»\"", "BAD_ESCAPE", "unknown escape");
  row("data contains \"\\\"\\\\«\\q»c\"", "BAD_ESCAPE", "unknown escape");
  row("data matches \"a«**»\"", "BAD_SYNTAX", "bad repetition operator");
  row("data matches «abc»", "BAD_SYNTAX", "texts stand in double quotes: \"abc\"");
  row("text contains «refused»", "BAD_SYNTAX", "texts stand in double quotes: \"refused\"");
  row("text contains «\"refused»", "BAD_SYNTAX", "this quote is never closed");
  row("data«[»0:2 == 16", "BAD_SYNTAX", "this bracket is never closed");
  row("data«[]» == 16", "BAD_SYNTAX", "a slice is [i], one byte");
  row("data«[a]» == 16", "BAD_SYNTAX", "a slice is [i], one byte");
  row("data«[0:0]» == 16", "BAD_SYNTAX", "a slice has at least one byte");
  row("text«[0]» == \"a\"", "BAD_SYNTAX", "only data can be sliced; text is a whole");
  row("peer in {10.0.0.1 ..«10.0.0.9»}", "BAD_SYNTAX", "peer has no ranges; name each value");
}

void TstFilterErrors::saysWhatIsWrong() {
  QFETCH(QByteArray, marked);
  QFETCH(QByteArray, symbol);
  QFETCH(QByteArray, words);
  const QByteArray open = "\xC2\xAB";
  const QByteArray close = "\xC2\xBB";
  QByteArray text = marked;
  text.replace(open, "").replace(close, "");
  const auto filter = Filter::parse(text.toStdString());
  QVERIFY(!filter.has_value());
  const Error& error = filter.error();
  QVERIFY(error.where.has_value());
  QCOMPARE(error.subject, text.toStdString());
  QCOMPARE(QByteArray::fromStdString(error.symbol()), symbol);
  QVERIFY2(QByteArray::fromStdString(error.message()).contains(words), error.message().c_str());
  const auto begin = static_cast<qsizetype>(error.where->offset);
  QByteArray told = text;
  told.insert(begin + static_cast<qsizetype>(error.where->length), close).insert(begin, open);
  QCOMPARE(told, marked);
}

void TstFilterErrors::bounds_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<bool>("isTaken");
  const QByteArray term = "len or ";
  QTest::newRow("nested as deeply as may be")
      << QByteArray("(").repeated(100) + "len" + QByteArray(")").repeated(100) << true;
  QTest::newRow("nested too deeply") << QByteArray("(").repeated(101) + "len" + QByteArray(")").repeated(101)
                                     << false;
  QTest::newRow("parentheses without end") << QByteArray("(").repeated(60000) << false;
  QTest::newRow("negations without end") << QByteArray("!").repeated(60000) + "len" << false;
  QTest::newRow("as many terms as may be") << term.repeated(1999) + "len" << true;
  QTest::newRow("too many terms") << term.repeated(2000) + "len" << false;
  QTest::newRow("too many elements") << "len in {" + QByteArray("1 ").repeated(2001) + "}" << false;
  QTest::newRow("too long a text") << QByteArray(" ").repeated((64 << 10) + 1) << false;
  QTest::newRow("as long a text as may be") << QByteArray(" ").repeated(64 << 10) << true;
}

void TstFilterErrors::bounds() {
  QFETCH(QByteArray, text);
  QFETCH(bool, isTaken);
  QCOMPARE(Filter::parse(text.toStdString()).has_value(), isTaken);
}

QTEST_GUILESS_MAIN(TstFilterErrors)
#include "tst_filter_errors.moc"
