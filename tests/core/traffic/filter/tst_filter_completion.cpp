#include <QTest>
#include <algorithm>

#include "core/traffic/filter/filter_fields.h"

using namespace sockbench;

class TstFilterCompletion : public QObject {
  Q_OBJECT
 private slots:
  void offers_data();
  void offers();
  void explainsFields();
  void survivesEveryPlace();
};

// The cursor is a | in the text; of the offers the first ones are named, and none: there is no offer.
void TstFilterCompletion::offers_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("first");
  QTest::addColumn<QByteArray>("replaced");
  const auto row = [](const char* text, const char* first, const char* replaced = "") {
    QTest::newRow(text) << QByteArray(text) << QByteArray(first) << QByteArray(replaced);
  };
  row("|", "kind dir session");
  row("po|", "port peer.port local.port", "po");
  row("p|ort", "peer port peer.port", "port");
  row("PO|", "port", "PO");
  row("no|", "no not", "no");
  row("(de|", "delta", "de");
  row("not ma|", "marked", "ma");
  row("!ma|", "marked", "ma");
  row("kind == error and se|", "session server", "se");
  row("kind == error && |", "kind dir");
  row("len |", "== != < <= > >= in and or");
  row("len|", "len", "len");
  row("len >|", "> >=", ">");
  row("data |", "contains matches == != < <= > >= in and or");
  row("data[0:2] c|", "contains", "c");
  row("data m|", "matches", "m");
  row("urgent |", "and or");
  row("kind == |", "resolving resolved");
  row("kind == e|", "error resolving", "e");
  row("kind ==e|", "error resolving", "e");
  row("kind == half-c|", "half-closed", "half-c");
  row("dir in {|", "none in out");
  row("dir in {in o|}", "out", "o");
  row("dir in |", "{");
  row("dir in {in} |", "and or");
  row("kind == error |", "and or");
  row("kind == error o|", "or", "o");
  row("errno == |", "");
  row("errno == ECONNR|", "ECONNRESET ECONNREFUSED", "ECONNR");
  row("errno == econnre|", "ECONNRESET ECONNREFUSED", "econnre");
  row("errno == EAI_NON|", "EAI_NONAME", "EAI_NON");
  row("interface == l|", "lo", "l");
  row("transport == another|", "\"another family\"", "another");
  row("data contains \"po|", "");
  row("data contains \"po|\"", "");
  row("len > |", "");
  row("peer == |", "");
  row("data contains \"x\" |", "and or");
  row("text contains \"a and \" and |", "kind dir");
  row("kind == error|or", "error", "erroror");
  row("nonsense |", "kind dir");
}

void TstFilterCompletion::offers() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, first);
  QFETCH(QByteArray, replaced);
  const auto cursor = text.indexOf('|');
  const std::string plain = text.remove(cursor, 1).toStdString();
  const FilterCompletion completion = completeFilter(plain, static_cast<std::size_t>(cursor));
  QByteArrayList offered;
  for (const auto& offer : completion.offers) offered << QByteArray::fromStdString(offer.text);
  const QByteArray all = offered.join(' ');
  QVERIFY2(first.isEmpty() ? all.isEmpty() : (all + ' ').startsWith(first + ' '), all.constData());
  QCOMPARE(plain.substr(completion.begin, completion.end - completion.begin), replaced.toStdString());
}

void TstFilterCompletion::explainsFields() {
  const FilterCompletion completion = completeFilter("len", 3);
  QCOMPARE(completion.offers.front().meaning, std::string(findFilterField("len")->meaning));
  const auto operators = completeFilter("len ", 4).offers;
  QVERIFY(std::ranges::none_of(operators, [](const auto& offer) { return offer.meaning.empty(); }));
}

void TstFilterCompletion::survivesEveryPlace() {
  const std::string text =
      "(kind==error or !data[0:2] in {16:03 \"a\\\"b\"..\"c\"}) && errno != EA \xE4\xB8\xAD [";
  for (std::size_t cursor = 0; cursor <= text.size() + 1; ++cursor) {
    const FilterCompletion completion = completeFilter(text, cursor);
    QVERIFY(completion.begin <= completion.end && completion.end <= text.size());
  }
}

QTEST_GUILESS_MAIN(TstFilterCompletion)
#include "tst_filter_completion.moc"
