// Saved sends and the history as the window shows them: models that keep their word to the views.
#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include "ui/bridge/core_types.h"
#include "ui/models/saved_sends_filter.h"
#include "ui/models/saved_sends_model.h"
#include "ui/models/send_history_model.h"

using namespace sockbench;
using namespace sockbench::ui;

class TstSavedSendsModel : public QObject {
  Q_OBJECT
 private slots:
  void changesAreTold();
  void aDragPutsInOrder_data();
  void aDragPutsInOrder();
  void aDragOfAnotherLibraryIsNotTaken();
  void renamesInPlace();
  void removalsAreTakenBackOneByOne();
  void anImportIsOneStep();
  void searches_data();
  void searches();
  void hostileNamesAreShownSafely();
  void manySendsAreQuick();
  void theHistoryIsNewestFirst();
  void theHistoryLetsTheOldestGo();
};

namespace {

SavedSend sendOf(const char* name, const char* body = "x") {
  SavedSend send;
  send.name = name;
  send.message.body = body;
  return send;
}

QString shown(const QAbstractItemModel& model, const QModelIndex& parent = {}) {
  QStringList parts;
  for (int row = 0; row < model.rowCount(parent); ++row) {
    const QModelIndex index = model.index(row, 0, parent);
    QString part = index.data().toString();
    if (index.data(SavedSendsModel::FolderRole).toBool()) part += u'(' + shown(model, index) + u')';
    parts << part;
  }
  return parts.join(u' ');
}

struct Library {
  SavedSendsModel model;
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
  SavedSendsFilter filter{&model};
  QAbstractItemModelTester filterTester{&filter, QAbstractItemModelTester::FailureReportingMode::QtTest};

  // a F(b G(c)) d
  Library() {
    (void)model.addSend({}, SavedSends::kAtEnd, sendOf("a", "alpha"));
    const SendNodeId folder = *model.addFolder({}, SavedSends::kAtEnd, "F");
    (void)model.addSend(folder, SavedSends::kAtEnd, sendOf("b", "beta"));
    const SendNodeId inner = *model.addFolder(folder, SavedSends::kAtEnd, "G");
    (void)model.addSend(inner, SavedSends::kAtEnd, sendOf("c", "gamma"));
    (void)model.addSend({}, SavedSends::kAtEnd, sendOf("d", "delta"));
  }
  SendNodeId named(const char* name) const {
    for (const SendNodeId id : model.sends().inOrder()) {
      if (model.sends().find(id)->send.name == name) return id;
    }
    return {};
  }
};

}  // namespace

void TstSavedSendsModel::changesAreTold() {
  Library library;
  QCOMPARE(shown(library.model), QStringLiteral("a F(b G(c)) d"));
  QSignalSpy edited(&library.model, &SavedSendsModel::edited);
  QVERIFY(library.model.duplicate(library.named("F")));
  QCOMPARE(shown(library.filter), QStringLiteral("a F(b G(c)) F 2(b G(c)) d"));
  QVERIFY(library.model.setHotKey(library.named("a"), 1));
  QVERIFY(library.model.setHotKey(library.named("d"), 1));
  QCOMPARE(library.model.indexOf(library.named("a")).data(SavedSendsModel::HotKeyRole).toString(), QString());
  QCOMPARE(library.model.indexOf(library.named("d")).data(SavedSendsModel::HotKeyRole).toString(),
           QStringLiteral("Alt+1"));
  SavedSend withKey = sendOf("e");
  withKey.hotKey = 1;
  QVERIFY(library.model.addSend({}, 0, withKey));
  QCOMPARE(library.model.sends().withHotKey(1), library.named("e"));
  QCOMPARE(edited.size(), 4);
  QVERIFY(!library.model.addSend({}, 0, sendOf("")));
  QCOMPARE(edited.size(), 4);
}

void TstSavedSendsModel::aDragPutsInOrder_data() {
  QTest::addColumn<QByteArray>("what");
  QTest::addColumn<QByteArray>("into");
  QTest::addColumn<int>("row");
  QTest::addColumn<QString>("tree");
  const auto row = [](const char* name, const char* what, const char* into, int at, const char* tree) {
    QTest::newRow(name) << QByteArray(what) << QByteArray(into) << at << QString::fromLatin1(tree);
  };
  row("between others", "d", "", 1, "a d F(b G(c))");
  row("down", "a", "", 2, "F(b G(c)) a d");
  row("to where it is", "a", "", 1, "a F(b G(c)) d");
  row("upon a folder: at its end", "a", "F", -1, "F(b G(c) a) d");
  row("into a folder", "a", "F", 0, "F(a b G(c)) d");
  row("upon the empty room: at the end", "a", "", -1, "F(b G(c)) d a");
  row("a folder", "G", "", 0, "G(c) a F(b) d");
  row("a folder into itself: not", "F", "G", 0, "a F(b G(c)) d");
  row("upon a send: not", "a", "d", -1, "a F(b G(c)) d");
}

void TstSavedSendsModel::aDragPutsInOrder() {
  QFETCH(const QByteArray, what);
  QFETCH(const QByteArray, into);
  QFETCH(const int, row);
  Library library;
  // As the view does it: through the filter.
  const auto place = [&](const QByteArray& name) {
    return library.filter.mapFromSource(library.model.indexOf(library.named(name)));
  };
  const std::unique_ptr<QMimeData> data(library.filter.mimeData({place(what)}));
  const QModelIndex parent = place(into);
  const int column = row < 0 ? -1 : 0;
  if (library.filter.canDropMimeData(data.get(), Qt::MoveAction, row, column, parent))
    library.filter.dropMimeData(data.get(), Qt::MoveAction, row, column, parent);
  QTEST(shown(library.filter), "tree");
  QCOMPARE(shown(library.model), shown(library.filter));
}

void TstSavedSendsModel::aDragOfAnotherLibraryIsNotTaken() {
  Library one;
  Library other;
  const std::unique_ptr<QMimeData> data(other.model.mimeData({other.model.indexOf(other.named("a"))}));
  QCOMPARE(data->text(), QStringLiteral("alpha"));
  QVERIFY(!one.model.dropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
  QMimeData hostile;
  for (const char* text : {"", "1", "x y", "0 1", "-1 99999999999999999999"}) {
    hostile.setData(QStringLiteral("application/x-sockbench-send"), text);
    QVERIFY(!one.model.dropMimeData(&hostile, Qt::MoveAction, 0, 0, {}));
  }
  QCOMPARE(shown(one.model), QStringLiteral("a F(b G(c)) d"));
}

void TstSavedSendsModel::renamesInPlace() {
  Library library;
  QSignalSpy refused(&library.model, &SavedSendsModel::refused);
  const QModelIndex a = library.model.indexOf(library.named("a"));
  QVERIFY(library.model.setData(a, QStringLiteral("  new name "), Qt::EditRole));
  QCOMPARE(a.data().toString(), QStringLiteral("new name"));
  QVERIFY(!library.model.setData(a, QStringLiteral("  "), Qt::EditRole));
  QCOMPARE(refused.size(), 1);
  QVERIFY(library.model.addFolder({}, 0, "H"));
  QVERIFY(
      !library.model.setData(library.model.indexOf(library.named("H")), QStringLiteral("F"), Qt::EditRole));
  QCOMPARE(refused.size(), 2);
}

void TstSavedSendsModel::removalsAreTakenBackOneByOne() {
  Library library;
  QCOMPARE(library.model.lastRemoved(), QString());
  library.model.remove(library.named("F"));
  library.model.remove(library.named("a"));
  QCOMPARE(shown(library.model), QStringLiteral("d"));
  QCOMPARE(library.model.lastRemoved(), QStringLiteral("a"));
  QVERIFY(library.model.undoRemove());
  QCOMPARE(shown(library.model), QStringLiteral("a d"));
  QVERIFY(library.model.undoRemove());
  QCOMPARE(shown(library.model), QStringLiteral("a F(b G(c)) d"));
  QVERIFY(!library.model.undoRemove());
  // Its folder has gone meanwhile.
  library.model.remove(library.named("c"));
  library.model.remove(library.named("F"));
  SavedSends all = library.model.sends();
  QVERIFY(library.model.undoRemove());
  QVERIFY(library.model.undoRemove());
  QCOMPARE(shown(library.model), QStringLiteral("a F(b G(c)) d"));
}

void TstSavedSendsModel::anImportIsOneStep() {
  Library library;
  QSignalSpy edited(&library.model, &SavedSendsModel::edited);
  QSignalSpy reset(&library.model, &SavedSendsModel::modelReset);
  library.model.rewrite([](SavedSends& sends) {
    for (int i = 0; i < 10; ++i) (void)sends.addSend({}, 0, sendOf("x"));
  });
  QCOMPARE(edited.size(), 1);
  QCOMPARE(reset.size(), 1);
  QCOMPARE(library.model.rowCount(), 13);
}

void TstSavedSendsModel::searches_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("tree");
  QTest::newRow("nothing") << QStringLiteral("  ") << QStringLiteral("a F(b G(c)) d");
  QTest::newRow("a message") << QStringLiteral("GAMMA") << QStringLiteral("F(G(c))");
  QTest::newRow("a name") << QStringLiteral("d") << QStringLiteral("d");
  QTest::newRow("a folder shows what is in it") << QStringLiteral("G") << QStringLiteral("F(G(c))");
  QTest::newRow("several") << QStringLiteral("ta") << QStringLiteral("F(b) d");
  QTest::newRow("none") << QStringLiteral("(.*") << QString();
}

void TstSavedSendsModel::searches() {
  QFETCH(const QString, text);
  Library library;
  library.filter.setSearch(text);
  QTEST(shown(library.filter), "tree");
  library.filter.setSearch({});
  QCOMPARE(shown(library.filter), QStringLiteral("a F(b G(c)) d"));
}

void TstSavedSendsModel::hostileNamesAreShownSafely() {
  Library library;
  const auto id = library.model.addSend({}, 0, sendOf("<b>\xE2\x80\xAE\nx", "\x1B[31m<script>"));
  QVERIFY(id);
  const QModelIndex index = library.model.indexOf(*id);
  for (const int role : {int{Qt::DisplayRole}, int{SavedSendsModel::PreviewRole}, int{Qt::ToolTipRole}}) {
    const QString text = index.data(role).toString();
    QVERIFY(!text.contains(QChar(0x202E)) && !text.contains(QChar(0x1B)));
  }
  QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(QLatin1String("<script>")));
}

void TstSavedSendsModel::manySendsAreQuick() {
  SavedSendsModel model;
  model.rewrite([](SavedSends& sends) {
    for (int i = 0; i < 50'000; ++i) (void)sends.addSend({}, SavedSends::kAtEnd, sendOf("a"));
    (void)sends.makeFolders("F");
  });
  SavedSendsFilter filter(&model);
  filter.setSearch(QStringLiteral("nowhere"));
  QCOMPARE(filter.rowCount(), 0);
  filter.setSearch({});
  QCOMPARE(filter.rowCount(), 50'001);
}

void TstSavedSendsModel::theHistoryIsNewestFirst() {
  SendHistoryModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
  for (const char* body : {"one", "two"}) {
    SentMessage sent;
    sent.time = 1'700'000'000'000'000'000;
    sent.target = "tcp 127.0.0.1:9";
    sent.message.body = body;
    sent.bytes = 3;
    model.add(sent);
  }
  QCOMPARE(model.rowCount(), 2);
  QCOMPARE(model.index(0, SendHistoryModel::Message).data().toString(), QStringLiteral("two"));
  QCOMPARE(model.index(1, SendHistoryModel::Target).data().toString(), QStringLiteral("tcp 127.0.0.1:9"));
  QCOMPARE(model.at(1)->message.body, "one");
  QVERIFY(!model.at(2) && !model.at(-1));
  model.clear();
  QCOMPARE(model.rowCount(), 0);
}

void TstSavedSendsModel::theHistoryLetsTheOldestGo() {
  SendHistoryModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
  SentMessage sent;
  sent.message.body.assign(SendHistory::kMostBodyBytes, 'x');
  for (int i = 0; i < 40; ++i) model.add(sent);
  QVERIFY(model.history().evicted() > 0);
  QCOMPARE(model.rowCount(), static_cast<int>(40 - model.history().evicted()));
}

QTEST_MAIN(TstSavedSendsModel)
#include "tst_saved_sends_model.moc"
