#include <QTest>

#include "core/traffic/filter/filter.h"
#include "core/traffic/filter/filter_fields.h"
#include "made_log.h"

using namespace sockbench;

namespace {

FilterPtr parsed(const QByteArray& text) {
  const auto filter = Filter::parse(text.toStdString());
  if (!filter) qWarning("%s", filter.error().line().c_str());
  return filter.value_or(nullptr);
}

// The rows that pass, as "1 2 3".
QByteArray rowsOf(const TrafficLog& log, const Filter& filter, std::size_t most = 1000) {
  QByteArrayList rows;
  for (const std::uint64_t row : selectedRows(log, filter, most)) rows << QByteArray::number(row);
  return rows.join(' ');
}

const char* const kAll = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17";

}  // namespace

class TstFilter : public QObject {
  Q_OBJECT
 private slots:
  void selects_data();
  void selects();
  void selectsTheSameInSmallSlabs_data() { selects_data(); }
  void selectsTheSameInSmallSlabs();
  void selectsByNotes();
  void knowsWhetherItUsesNotes();
  void appendsBehindWhatIsThere();
  void everyExampleOfTheTableParses();
  void ofSessionHasItsSessions();
  void bothIsNarrower();
  void combines_data();
  void combines();
  void quotedComesBack();
};

void TstFilter::selects_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("rows");
  const auto row = [](const QByteArray& text, const char* rows) {
    QTest::newRow(text) << text << QByteArray(rows);
  };
  row("", kAll);
  row(" \n\t", kAll);
  row("kind == error", "8 13");
  row("kind eq ERROR", "8 13");
  row("kind != error", "0 1 2 3 4 5 6 7 9 10 11 12 14 15 16 17");
  row("kind in {half-closed closed, reset}", "5 6 16");
  row("kind", kAll);
  row("dir == in", "2 4 9 11");
  row("dir != none", "2 3 4 9 11 12 14");
  row("session == 3", "7 8 16");
  row("session != 2 and session < 5", "0 7 8 10 16");
  row("not session", "13");
  row("server == 1", "0 1 2 3 4 5 6 17");
  row("server == 4", "9 10");
  row("server == 10", "15");
  row("server != 1", "7 8 9 10 11 12 14 15 16");
  row("peer == 10.1.2.3", "1 2 3 4 5 6 17");
  row("peer == 10.1.2.3:40000", "1 2 3 4 5 6 17");
  row("peer == 10.1.2.3:40001", "");
  row("peer == 10.0.0.0/8", "1 2 3 4 5 6 9 17");
  row("peer == 10.9.9.9", "9");
  row("peer == ::ffff:10.9.9.9", "9");
  row("peer == ::ffff:10.0.0.0/104", "1 2 3 4 5 6 9 17");
  row("peer == 0.0.0.0/0", "1 2 3 4 5 6 9 17");
  row("peer == ::/0", "7 8 16");
  row("peer == 2001:db8::1", "7 8 16");
  row("peer == [2001:db8::1]", "7 8 16");
  row("peer == [2001:db8::1]:443", "7 8 16");
  row("peer == [2001:db8::1]:444", "");
  row("peer == 2001:db8::/33", "7 8 16");
  row("peer == 2001:db8:8000::/33", "");
  row("peer != 10.0.0.0/8", "7 8 12 16");
  row("peer == \"unix:@abs\"", "12");
  row("peer == @abs", "12");
  row("local == \"/tmp/a b\"", "11");
  row("local in {\"unix:/tmp/a\\x20b\" 127.0.0.1}", "0 1 2 3 4 5 6 11 17");
  row("peer", "1 2 3 4 5 6 7 8 9 12 16 17");
  row("addr == 127.0.0.1", "0 1 2 3 4 5 6 17");
  row("addr != 127.0.0.1", "7 8 9 10 11 12 16");
  row("port == 9000", "0 1 2 3 4 5 6 17");
  row("port in {53 400..500}", "7 8 9 10 16");
  row("port == https", "7 8 16");
  row("port > 5000 and port < 9001", "0 1 2 3 4 5 6 9 17");
  row("port != 53", "0 1 2 3 4 5 6 7 8 16 17");
  row("not port == 53", "0 1 2 3 4 5 6 7 8 11 12 13 14 15 16 17");
  row("peer.port == 40000", "1 2 3 4 5 6 17");
  row("local.port == 53", "9 10");
  row("transport == udp", "9 10");
  row("transport == unix", "11");
  row("transport in {unix-seqpacket netlink}", "12 14");
  row("transport != tcp", "9 10 11 12 14");
  row("transport == \"NetLink\"", "14");
  row("interface == lo", "9");
  row("interface != lo", "");
  row("len > 24", "2 3");
  row("len == 0", "11");
  row("len >= 0x1a", "2 3");
  row("len < 1k", "2 3 4 9 11 12 14");
  row("len > 1KiB", "");
  row("len", "2 3 4 9 11 12 14");
  row("data contains \"GET\"", "2");
  row("data contains \"get\"", "");
  row("data contains 0d:0a", "2 3");
  row("data contains \"\\r\\n\\r\\n\"", "2 3");
  row("data contains 00", "12");
  row("data contains \"\xC3\xA9\"", "14");
  row("data matches \"(?i)host: .*\"", "2");
  row("data ~ \"^HTTP/1\\.[01] [45]\\d\\d\"", "3");
  row("data matches \"\\\"|!\"", "4");
  row("data == \"!\"", "4");
  row("data == 16:03:01", "9");
  row("data != 21", "2 3 9 11 12 14");
  row("data in {21 160301}", "4 9");
  row("data >= fffe", "14");
  row("data", "2 3 4 9 11 12 14");
  row("data[0:2] == 16:03", "9");
  row("data[0] == 16", "9");
  row("data[-1] == 01", "9");
  row("data[1-2] == 03:01", "9");
  row("data[-2:2] == 03:01", "9");
  row("data[1:] == 0301", "9");
  row("data[:4] == \"HTTP\"", "3");
  row("data[4:3] contains \"def\"", "12");
  row("data[20:]", "2 3");
  row("data[0:2] != 16:03", "2 3 12 14");
  row("data[0] in {30..39 80..ff}", "14");
  row("data[0] > 60 and data[0] <= 61", "12");
  row("text contains \"REFUSED\"", "8");
  row("text contains \"get /\"", "2");
  row("text contains \"econnrefused\"", "8");
  row("text contains \"192.0.2.1\"", "8");
  row("text contains \"nowhere\"", "13");
  row("text contains \"attempt\"", "7 8");
  row("text == \"ATTEMPT 1 of 2\"", "7");
  row("text != \"!\"", "2 3 7 8 9 11 12 13 14 17");
  row("text matches \"NODELAY=[01]\"", "17");
  row("text in {\"tcp_nodelay=1\" \"ABC\\0DEF\"}", "12 17");
  row("time >= \"12:00:01.5\"", "4 5 6 7 8 9 10 11 12 13 14 15 16 17");
  row("time > \"12:00:01\"", "7 8 9 10 11 12 13 14 15 16 17");
  row("time == \"12:00:01\"", "4 5 6");
  row("time == 12:00:01.5", "4");
  row("time == 12:00", kAll);
  row("time <= \"12:00:01\"", "0 1 2 3 4 5 6");
  row("time < \"12:00:01\"", "0 1 2 3");
  row("time != \"12:00:01\" and len", "2 3 9 11 12 14");
  row("time in {\"12:00:01\"..\"12:00:02\"}", "4 5 6 7 8");
  row("time in {12:00:01..12:00:02, 12:00:09}", "4 5 6 7 8 17");
  row("time == \"2026-11-21\"", kAll);
  row("time >= \"2026-11-21T12:00:08\"", "16 17");
  row("time >= \"2026-11-21 12:00:08.001\"", "17");
  row("time < \"2026-11-20T00:00:00Z\"", "");
  row("delta > 0.9", "4 11 13 14 15 16 17");
  row("delta == 100ms", "1 2 5 6");
  row("delta >= 50ms and delta < 0.1s", "3");
  row("delta == 0", "10 12");
  row("not delta", "0");
  row("delta > -1", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17");
  row("errno == ECONNREFUSED", "8");
  row("errno == econnrefused", "8");
  row("errno == 111", "8");
  row("errno == EAI_NONAME", "13");
  row("errno != ECONNREFUSED", "13");
  row("errno in {ECONNRESET, EAI_NONAME 111}", "8 13");
  row("errno", "8 13");
  row("by == peer", "5 16");
  row("by != peer", "6");
  row("by", "5 6 16");
  row("count == 17", "10");
  row("count", "10");
  row("truncated", "9");
  row("urgent", "4");
  row("not urgent and dir == in", "2 9 11");
  row("no == 17", "16");
  row("no in {1..3 18}", "0 1 2 17");
  // How tests are put together.
  row("kind == error or kind == reset", "8 13 16");
  row("kind == error || kind == reset", "8 13 16");
  row("session == 3 && kind == error", "8");
  row("session == 3 and not kind == error", "7 16");
  row("!(session == 3) and kind == error", "13");
  row("kind == reset or kind == error and session == 3", "8 16");
  row("(kind == reset or kind == error) and session == 3", "8 16");
  row("(kind == error or data contains \"GET\") and not (session == 3 or len > 1000)", "2 13");
  row("not not urgent", "4");
  row("NOT len AND session==2", "1 5 6 17");
  row("len>24&&kind==in", "2");
}

void TstFilter::selects() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, rows);
  const FilterPtr filter = parsed(text);
  QVERIFY(filter != nullptr);
  QCOMPARE(rowsOf(*makeLog(), *filter), rows);
  QCOMPARE(filter->text(), text.toStdString());
}

void TstFilter::selectsTheSameInSmallSlabs() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, rows);
  const FilterPtr filter = parsed(text);
  QVERIFY(filter != nullptr);
  QCOMPARE(rowsOf(*makeLog(), *filter, 3), rows);
}

void TstFilter::selectsByNotes() {
  const auto log = makeLog();
  log->notes().setMarked(2, true);
  log->notes().setMarked(11, true);
  log->notes().setComment(11, "Why empty?");
  log->notes().setComment(12, "abstract");
  QCOMPARE(rowsOf(*log, *parsed("marked")), QByteArray("2 11"));
  QCOMPARE(rowsOf(*log, *parsed("marked"), 5), QByteArray("2 11"));
  QCOMPARE(rowsOf(*log, *parsed("marked and not comment")), QByteArray("2"));
  QCOMPARE(rowsOf(*log, *parsed("comment contains \"WHY\"")), QByteArray("11"));
  QCOMPARE(rowsOf(*log, *parsed("comment != \"abstract\"")), QByteArray("11"));
  std::vector<std::uint32_t> places;
  parsed("marked or comment")->select(log->slab(0), FilterContext(), places);
  QVERIFY(places.empty());
}

void TstFilter::knowsWhetherItUsesNotes() {
  QVERIFY(parsed("kind == error or not (len > 3 and marked)")->usesNotes());
  QVERIFY(parsed("comment contains \"x\"")->usesNotes());
  QVERIFY(!parsed("kind == error and text contains \"marked\"")->usesNotes());
  QVERIFY(!parsed("")->usesNotes());
}

void TstFilter::appendsBehindWhatIsThere() {
  const auto log = makeLog();
  std::vector<std::uint32_t> places{99};
  parsed("urgent or truncated")->select(log->slab(0), {&log->notes(), 0}, places);
  QCOMPARE(places, (std::vector<std::uint32_t>{99, 4, 9}));
}

void TstFilter::everyExampleOfTheTableParses() {
  for (const FilterField& field : filterFields()) {
    const std::string example(field.example);
    QVERIFY2(parsed(QByteArray::fromStdString(example)) != nullptr, example.c_str());
    QVERIFY2(example.starts_with(field.name), example.c_str());
    QVERIFY2(!field.meaning.empty() && findFilterField(field.name) == &field, example.c_str());
    QVERIFY2(parsed(QByteArray::fromStdString(std::string(field.name))) != nullptr, example.c_str());
  }
}

void TstFilter::ofSessionHasItsSessions() {
  const auto log = makeLog();
  QCOMPARE(rowsOf(*log, *Filter::ofSession(SessionId{2})), QByteArray("1 2 3 4 5 6 17"));
  QCOMPARE(rowsOf(*log, *Filter::ofSession(SessionId{1})), QByteArray("0 1 2 3 4 5 6 17"));
  QCOMPARE(rowsOf(*log, *Filter::ofSession(SessionId{0})), QByteArray(kAll));
  QCOMPARE(Filter::ofSession(SessionId{2})->text(), std::string("server == 2"));
}

void TstFilter::bothIsNarrower() {
  const auto log = makeLog();
  const FilterPtr a = parsed("session == 2 or session == 3");
  const FilterPtr b = parsed("kind == error or kind == closed");
  QCOMPARE(rowsOf(*log, *Filter::both(a, b)), QByteArray("6 8"));
  QCOMPARE(rowsOf(*log, *parsed(QByteArray::fromStdString(Filter::both(a, b)->text()))), QByteArray("6 8"));
  QCOMPARE(Filter::both(a, nullptr), a);
  QCOMPARE(Filter::both(nullptr, b), b);
  QCOMPARE(rowsOf(*log, *Filter::both(nullptr, nullptr)), QByteArray(kAll));
}

void TstFilter::combines_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("term");
  QTest::addColumn<QByteArray>("both");
  QTest::addColumn<QByteArray>("without");
  QTest::newRow("nothing before") << QByteArray(" ") << QByteArray("marked") << QByteArray("marked")
                                  << QByteArray("not marked");
  QTest::newRow("nothing behind") << QByteArray("len") << QByteArray() << QByteArray("len")
                                  << QByteArray("len");
  QTest::newRow("and needs none") << QByteArray("len and urgent") << QByteArray("marked")
                                  << QByteArray("len and urgent and marked")
                                  << QByteArray("len and urgent and not marked");
  QTest::newRow("or needs parentheses") << QByteArray("len or urgent") << QByteArray("marked || len")
                                        << QByteArray("(len or urgent) and (marked || len)")
                                        << QByteArray("(len or urgent) and not (marked || len)");
  QTest::newRow("a negation holds all of an and")
      << QByteArray("len") << QByteArray("urgent and marked") << QByteArray("len and urgent and marked")
      << QByteArray("len and not (urgent and marked)");
  QTest::newRow("or in parentheses or in quotes is none")
      << QByteArray("(len or urgent)") << QByteArray("text contains \"or\"")
      << QByteArray("(len or urgent) and text contains \"or\"")
      << QByteArray("(len or urgent) and not text contains \"or\"");
}

void TstFilter::combines() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, term);
  QFETCH(QByteArray, both);
  QFETCH(QByteArray, without);
  QCOMPARE(filterAnd(text.toStdString(), term.toStdString()), both.toStdString());
  QCOMPARE(filterAndNot(text.toStdString(), term.toStdString()), without.toStdString());
}

void TstFilter::quotedComesBack() {
  const auto log = TrafficLog::create();
  const std::string hostile("a\"b\\\"c\\x41\r\n\0\xff\xE2\x80\xAE", 18);
  log->makeWriter()->append(Record(), nullptr, asBytes(hostile));
  const FilterPtr filter = parsed(QByteArray::fromStdString("data == " + filterQuoted(hostile)));
  QVERIFY(filter != nullptr);
  QCOMPARE(rowsOf(*log, *filter), QByteArray("0"));
}

QTEST_GUILESS_MAIN(TstFilter)
#include "tst_filter.moc"
