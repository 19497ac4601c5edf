// Comma-separated values: what a reader makes of a text, against Python's, and back.
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "core/payload/csv.h"

using namespace sockbench;

class TstCsv : public QObject {
  Q_OBJECT
 private slots:
  void reads_data();
  void reads();
  void guessesTheDelimiter_data();
  void guessesTheDelimiter();
  void saysWhereAQuoteIsNotClosed();
  void pythonReadsWhatWeWrite();
  void aRowIsBounded();
};

namespace {

// Rows as "LINE:cell|cell", joined by a new line.
QByteArray shown(std::string_view text, char delimiter = ',') {
  CsvReader reader(text, delimiter);
  QByteArray out;
  while (const auto row = reader.next()) {
    if (!out.isEmpty()) out += '\n';
    out += QByteArray::number(row->line) + ':';
    for (std::size_t i = 0; i < row->cells.size(); ++i) {
      if (i > 0) out += '|';
      out += QByteArray::fromStdString(row->cells[i]);
    }
  }
  return out;
}

}  // namespace

void TstCsv::reads_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("rows");
  const auto row = [](const char* name, const char* text, const char* rows) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(rows);
  };
  row("nothing", "", "");
  row("no line end at the end", "a,b", "1:a|b");
  row("every line end", "a\nb\r\nc\rd", "1:a\n2:b\n3:c\n4:d");
  row("empty cells", ",a,,", "1:|a||");
  row("blank lines are passed over", "a\n\n\r\nb", "1:a\n4:b");
  row("quotes", "\"a\",\"b\"\"c\"\n", "1:a|b\"c");
  row("a delimiter in quotes", "\"a,b\",c", "1:a,b|c");
  row("a cell of two lines", "\"a\nb\",c\nd", "1:a\nb|c\n3:d");
  row("a cell with CRLF is two lines", "\"a\r\nb\"\nd", "1:a\r\nb\n3:d");
  row("a quote in mid-cell stands for itself", "a\"b,c", "1:a\"b|c");
  row("behind a closing quote", "\"a\"b,c", "1:ab|c");
  row("an empty quoted cell", "\"\"\nx", "1:\n2:x");
  row("a quote that is not closed takes the rest", "a,\"b\nc,d", "1:a|b\nc,d");
}

void TstCsv::reads() {
  QFETCH(const QByteArray, text);
  QTEST(shown(text.toStdString()), "rows");
}

void TstCsv::guessesTheDelimiter_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<char>("delimiter");
  QTest::newRow("comma") << QByteArray("a,b,c") << ',';
  QTest::newRow("semicolon, commas in quotes") << QByteArray("a;\"1,2,3,4\";c") << ';';
  QTest::newRow("tab") << QByteArray("a\tb,c\td\n,,,,,,") << '\t';
  QTest::newRow("blank lines first") << QByteArray("\r\n\na;b\n") << ';';
  QTest::newRow("none") << QByteArray("abc") << ',';
}

void TstCsv::guessesTheDelimiter() {
  QFETCH(const QByteArray, text);
  QTEST(CsvReader::guessDelimiter(text.toStdString()), "delimiter");
}

void TstCsv::saysWhereAQuoteIsNotClosed() {
  CsvReader reader("a,b\nc,\"d\ne,f\n", ',');
  while (reader.next()) {
  }
  QCOMPARE(reader.unclosedLine(), 2U);
  CsvReader whole("a,\"b\"\n", ',');
  while (whole.next()) {
  }
  QCOMPARE(whole.unclosedLine(), 0U);
}

void TstCsv::pythonReadsWhatWeWrite() {
  const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
  if (python.isEmpty()) QSKIP("python3 is not installed");
  const std::vector<std::string> cells{"plain", "a,b", "say \"x\"",    "two\nlines",
                                       "\"",    "",    "\xE4\xBD\xA0", " b "};
  std::string text;
  for (const std::string& cell : cells) {
    if (!text.empty()) text += ',';
    appendCsvCell(text, cell);
  }
  QProcess reader;
  reader.start(python, {QStringLiteral("-c"),
                        QStringLiteral("import csv,sys\nsys.stdin.reconfigure(encoding='utf-8',newline='')\n"
                                       "sys.stdout.reconfigure(encoding='utf-8',newline='')\n"
                                       "sys.stdout.write('|'.join(next(csv.reader(sys.stdin))))")});
  reader.write(QByteArray::fromStdString(text));
  reader.closeWriteChannel();
  QVERIFY(reader.waitForFinished());
  QByteArray expected;
  for (const std::string& cell : cells)
    expected += (expected.isEmpty() ? "" : "|") + QByteArray::fromStdString(cell);
  QCOMPARE(reader.readAllStandardOutput(), expected);
  QCOMPARE(shown(text), "1:" + expected);
}

void TstCsv::aRowIsBounded() {
  const std::string text(10'000, ',');
  CsvReader reader(text, ',');
  const auto row = reader.next();
  QVERIFY(row);
  QCOMPARE(row->cells.size(), CsvReader::kMostCells);
  QVERIFY(!reader.next());
}

QTEST_GUILESS_MAIN(TstCsv)
#include "tst_csv.moc"
