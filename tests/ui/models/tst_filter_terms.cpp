// What a cell says as a filter: it can be read, passes its own row, and not the one that differs.
#include <QTest>

#include "core/traffic/filter/filter.h"
#include "tests/ui/models/traffic_fixture.h"
#include "ui/bridge/core_types.h"
#include "ui/models/filter_terms.h"
#include "ui/models/traffic_model.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

namespace {

std::vector<std::uint32_t> passing(TrafficLog& log, const QString& filter) {
  std::vector<std::uint32_t> rows;
  const Result<FilterPtr> read = Filter::parse(toUtf8(filter));
  if (!read) qFatal("%s: %s", qPrintable(filter), read.error().message().c_str());
  (*read)->select(log.slab(log.first()), {}, rows);
  return rows;
}

struct Rows {
  Rows() {
    const auto unixFlow = std::make_shared<Flow>(*test::flow(5, 0, "unix:/tmp/ours", "unix:/tmp/a \"b\" 你"));
    traffic.bytes(traffic.first, Direction::in, "hello \"you\"\r\n", 1'000'000'000);                 // 0
    traffic.bytes(traffic.second, Direction::out, std::string("\0\x01\xff\xfe", 4), 2'000'001'000);  // 1
    traffic.event(traffic.first, RecordKind::halfClosed, {}, Party::peer);                           // 2
    traffic.event(traffic.client, RecordKind::error,
                  {{}, Error::fromErrno(Operation::connect, ECONNREFUSED, "tcp://127.0.0.1:9")});  // 3
    traffic.bytes(unixFlow, Direction::in, "", 3'000'000'000);                                     // 4
    traffic.bytes(unixFlow, Direction::in, "你好", 4'000'000'000);                                 // 5
    traffic.event(traffic.listener, RecordKind::listening);                                        // 6
    traffic.publish();
  }
  QString term(int row, int column) {
    return filterTerm(*traffic.log().read(static_cast<std::uint64_t>(row)), column);
  }
  TrafficFixture traffic;
};

}  // namespace

class TestFilterTerms : public QObject {
  Q_OBJECT
 private slots:
  void aCellSaysWhatItsFieldIs_data() {
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("term");
    const auto add = [](const char* name, int row, int column, const char* term) {
      QTest::newRow(name) << row << column << QString::fromUtf8(term);
    };
    add("the number as it is shown", 0, TrafficModel::No, "no == 1");
    add("the session", 1, TrafficModel::Session, "session == 3");
    add("received", 0, TrafficModel::Direction, "dir == in");
    add("an event has a kind", 2, TrafficModel::Direction, "kind == half-closed");
    add("the peer with its port", 0, TrafficModel::Peer, "peer == 127.0.0.1:51822");
    add("who has no peer: this end", 6, TrafficModel::Peer, "local == 127.0.0.1:12345");
    add("the length", 0, TrafficModel::Length, "len == 13");
    add("an event has no length", 2, TrafficModel::Length, "");
    add("bytes that are no text: in hexadecimal", 1, TrafficModel::Preview, "data contains 00:01:ff:fe");
    add("Chinese text", 5, TrafficModel::Preview, "data contains \"你好\"");
    add("an empty datagram", 4, TrafficModel::Preview, "len == 0");
    add("an error is its errno", 3, TrafficModel::Preview, "errno == ECONNREFUSED");
    add("the time between two rows is nothing to go by", 1, TrafficModel::Delta, "");
  }
  void aCellSaysWhatItsFieldIs() {
    QFETCH(int, row);
    QFETCH(int, column);
    Rows rows;
    QTEST(rows.term(row, column), "term");
  }

  void everyTermPassesItsOwnRow_data() {
    QTest::addColumn<int>("row");
    for (int row = 0; row < 7; ++row) QTest::addRow("row %d", row) << row;
  }
  void everyTermPassesItsOwnRow() {
    QFETCH(int, row);
    Rows rows;
    for (int column = 0; column < TrafficModel::kColumns; ++column) {
      const QString term = rows.term(row, column);
      if (term.isEmpty()) continue;
      const auto found = passing(rows.traffic.log(), term);
      QVERIFY2(std::ranges::find(found, static_cast<std::uint32_t>(row)) != found.end(), qPrintable(term));
      const auto others = passing(rows.traffic.log(), toQString(filterAndNot({}, toUtf8(term))));
      QVERIFY2(std::ranges::find(others, static_cast<std::uint32_t>(row)) == others.end(), qPrintable(term));
      QCOMPARE(found.size() + others.size(), std::size_t{7});
    }
  }

  void theTermsOfSeveralRowsAreOne_data() {
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("term");
    QTest::addColumn<int>("passing");
    QTest::newRow("of one field: a set")
        << int{TrafficModel::Session} << QStringLiteral("session in {2 3}") << 3;
    QTest::newRow("the same ones once, of several fields: or")
        << int{TrafficModel::Direction} << QStringLiteral("(dir == in or dir == out or kind == half-closed)")
        << 5;
  }
  void theTermsOfSeveralRowsAreOne() {
    QFETCH(int, column);
    QFETCH(int, passing);
    Rows rows;
    TrafficModel model(rows.traffic.log());
    const QModelIndexList chosen{model.index(0, 0), model.index(1, 0), model.index(2, 0)};
    const QString term = filterTermOf(model, chosen, column);
    QTEST(term, "term");
    QCOMPARE(static_cast<int>(::passing(rows.traffic.log(), term).size()), passing);
  }
};

QTEST_GUILESS_MAIN(TestFilterTerms)
#include "tst_filter_terms.moc"
