// PortsModel: rows that come, go and stay, in any number; sorted and filtered.
#include "ui/models/ports_model.h"

#include <unistd.h>

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

#include "port_rows.h"

using namespace sockbench;
using namespace sockbench::ui;
using fixture::listener;
using fixture::snapshotOf;

namespace {

PortsSnapshotPtr snapshotOfKeys(const QList<int>& keys) {
  std::vector<PortRow> rows;
  for (const int key : keys) rows.push_back(listener(static_cast<std::uint64_t>(key)));
  return snapshotOf(std::move(rows));
}

QList<int> shownKeys(const PortsModel& model) {
  QList<int> keys;
  for (int row = 0; row < model.rowCount(); ++row) keys += static_cast<int>(model.rowAt(row)->key);
  return keys;
}

}  // namespace

class PortsModelTest : public QObject {
  Q_OBJECT
 private slots:
  void keepsRowsInTheirPlaces_data();
  void keepsRowsInTheirPlaces();
  void takesNoMoreStepsForThousands();
  void saysWhatChanged();
  void sorts_data();
  void sorts();
  void filters_data();
  void filters();
  void comparesTwoReadings();
};

void PortsModelTest::keepsRowsInTheirPlaces_data() {
  QTest::addColumn<QList<int>>("before");
  QTest::addColumn<QList<int>>("after");
  QTest::newRow("the same") << QList{1, 2, 3} << QList{1, 2, 3};
  QTest::newRow("one is gone") << QList{1, 2, 3} << QList{1, 3};
  QTest::newRow("one is new, in the middle") << QList{1, 3} << QList{1, 2, 3};
  QTest::newRow("they change places") << QList{1, 2, 3} << QList{3, 1, 2};
  QTest::newRow("one goes, one comes, two change places") << QList{1, 2, 3} << QList{4, 3, 2};
  QTest::newRow("all go") << QList{1, 2, 3} << QList<int>();
  QTest::newRow("all come") << QList<int>() << QList{1, 2, 3};
  QTest::newRow("all are others") << QList{1, 2} << QList{3, 4, 5};
}

void PortsModelTest::keepsRowsInTheirPlaces() {
  QFETCH(QList<int>, before);
  QFETCH(QList<int>, after);
  PortsModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
  const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
  fixture::show(model, snapshotOfKeys(before));
  QList<QPersistentModelIndex> marks;
  for (int row = 0; row < model.rowCount(); ++row) marks += QPersistentModelIndex(model.index(row, 3));
  fixture::show(model, snapshotOfKeys(after));
  QCOMPARE(shownKeys(model), after);
  for (qsizetype i = 0; i < marks.size(); ++i)
    QCOMPARE(marks[i].isValid() ? marks[i].row() : -1, static_cast<int>(after.indexOf(before[i])));
  QCOMPARE(resets.size(), 0);
}

void PortsModelTest::takesNoMoreStepsForThousands() {
  QList<int> before;
  QList<int> after;
  for (int key = 0; key < 4000; ++key) {
    if (key % 3 != 0) before += key + 1;
    if (key % 2 != 0) after += 4000 - key;
  }
  PortsModel model;
  fixture::show(model, snapshotOfKeys(before));
  const QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
  const QSignalSpy insertions(&model, &QAbstractItemModel::rowsInserted);
  fixture::show(model, snapshotOfKeys(after));
  QCOMPARE(shownKeys(model), after);
  QCOMPARE(removals.size(), 1);
  QCOMPARE(insertions.size(), 1);
}

void PortsModelTest::saysWhatChanged() {
  PortRow fresh = listener(1);
  fresh.change = PortRow::Change::appeared;
  PortRow gone = listener(2);
  gone.change = PortRow::Change::gone;
  PortsModel model;
  fixture::show(model, snapshotOf({fresh, gone, listener(3)}));
  QCOMPARE(model.index(0, PortsModel::Change).data().toString(), QStringLiteral("new"));
  QCOMPARE(model.index(1, PortsModel::Change).data().toString(), QStringLiteral("gone"));
  QCOMPARE(model.index(2, PortsModel::Change).data().toString(), QString());
}

void PortsModelTest::sorts_data() {
  QTest::addColumn<int>("column");
  QTest::addColumn<bool>("descending");
  QTest::addColumn<QList<int>>("keys");
  QTest::newRow("the kernel's order") << -1 << false << QList{1, 2, 3, 4};
  QTest::newRow("addresses by number, IPv4 first") << int{PortsModel::Local} << false << QList{2, 1, 4, 3};
  QTest::newRow("the other way round") << int{PortsModel::Local} << true << QList{3, 4, 1, 2};
  QTest::newRow("process ids by number") << int{PortsModel::Pid} << true << QList{4, 3, 2, 1};
  QTest::newRow("the same stays as it was") << int{PortsModel::User} << false << QList{1, 2, 3, 4};
}

void PortsModelTest::sorts() {
  QFETCH(int, column);
  QFETCH(bool, descending);
  PortsModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
  fixture::show(model, snapshotOf({listener(1, "10.0.0.1:443"), listener(2, "9.0.0.1:8080"),
                                   listener(3, "[::1]:22"), listener(4, "10.0.0.1:8080")}));
  model.sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
  QTEST(shownKeys(model), "keys");
}

void PortsModelTest::filters_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QList<int>>("keys");
  const auto row = [](const char* text, const QList<int>& keys) {
    QTest::newRow(*text ? text : "nothing: everything") << QString::fromLatin1(text) << keys;
  };
  row("", {1, 2, 3});
  row("port:80", {1, 3});
  row("port:8", {});
  row("port:", {});
  row("port:x", {});
  row("pid:2", {2});
  row("state:Listen", {1, 2, 3});
  row("state:estab", {});
  row("process:NGINX", {1, 2, 3});
  row("user:root port:8080", {2});
  row("127.0.0.1:80", {1, 2});
  row("[::1]:80", {3});
  row("local:127.", {1, 2});
  row("peer:127.", {});
  row("inode:3", {3});
  row("nobody", {});
  row("  nginx   root ", {1, 2, 3});
}

void PortsModelTest::filters() {
  QFETCH(QString, text);
  PortsModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
  fixture::show(model, snapshotOf({listener(1, "127.0.0.1:80"), listener(2, "127.0.0.1:8080"),
                                   listener(3, "[::1]:80")}));
  PortsFilter filter;
  filter.setText(text);
  model.setFilter(filter);
  QTEST(shownKeys(model), "keys");
}

void PortsModelTest::comparesTwoReadings() {
  const auto names = makePortNames();
  const auto named = [](const PortsSnapshot& snapshot, const QString& local) {
    return std::ranges::find(snapshot.rows, local, &PortRow::local);
  };
  const QString local = QStringLiteral("unix:@ports-接口-%1").arg(::getpid());
  const Result<PortsSnapshotPtr> before = readPorts({}, *names, {});
  QVERIFY(before);
  QVERIFY(std::ranges::all_of((*before)->rows,
                              [](const PortRow& row) { return row.change == PortRow::Change::same; }));
  Socket socket = Socket::open(AF_UNIX, SOCK_STREAM).value_or(Socket());
  QVERIFY(socket.bind(fixture::at(local.toUtf8().constData())));
  QVERIFY(socket.listen(1));
  const Result<PortsSnapshotPtr> during = readPorts(*before, *names, {});
  QVERIFY(during);
  const auto found = named(**during, local);
  QVERIFY(found != (*during)->rows.end());
  QCOMPARE(found->change, PortRow::Change::appeared);
  QVERIFY(found->isOurs);
  const Result<PortsSnapshotPtr> still = readPorts(*during, *names, {});
  QCOMPARE(named(**still, local)->change, PortRow::Change::same);
  QVERIFY(socket.close());
  const Result<PortsSnapshotPtr> after = readPorts(*still, *names, {});
  QVERIFY(named(**after, local) != (*after)->rows.end());
  QCOMPARE(named(**after, local)->change, PortRow::Change::gone);
  const Result<PortsSnapshotPtr> later = readPorts(*after, *names, {});
  QVERIFY(named(**later, local) == (*later)->rows.end());
}

QTEST_GUILESS_MAIN(PortsModelTest)
#include "tst_ports_model.moc"
