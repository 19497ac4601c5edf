#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/models/filter_store.h"

using namespace sockbench::ui;

class TestFilterStore : public QObject {
  Q_OBJECT
 private slots:
  void theLastUsedComesFirstAndOnce() {
    FilterStore store;
    for (const char* text : {"len > 1", " dir == in ", "len > 1", "", "   "}) {
      store.remember(QString::fromLatin1(text));
    }
    QCOMPARE(store.recent(), QStringList({QStringLiteral("len > 1"), QStringLiteral("dir == in")}));
  }

  void onlySoManyAreRemembered() {
    FilterStore store;
    for (int i = 0; i < 2 * FilterStore::kMostRecent; ++i) store.remember(QStringLiteral("len > %1").arg(i));
    QCOMPARE(store.recent().size(), FilterStore::kMostRecent);
    QCOMPARE(store.recent().first(), QStringLiteral("len > %1").arg(2 * FilterStore::kMostRecent - 1));
  }

  void savedFiltersHaveOneNameEach() {
    FilterStore store;
    QVERIFY(store.save(QStringLiteral("b"), QStringLiteral("len > 1")));
    QVERIFY(store.save(QStringLiteral("a"), QStringLiteral("len > 2")));
    QVERIFY(store.save(QStringLiteral("b"), QStringLiteral("len > 3")));
    const QList<FilterStore::Saved> expected{{QStringLiteral("a"), QStringLiteral("len > 2")},
                                             {QStringLiteral("b"), QStringLiteral("len > 3")}};
    QCOMPARE(store.saved(), expected);
  }

  void aNameIsChanged_data() {
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("taken");
    QTest::newRow("a new name is taken") << QStringLiteral(" c ") << true;
    QTest::newRow("its own name stays") << QStringLiteral("b") << true;
    QTest::newRow("the name of another is refused") << QStringLiteral("a") << false;
    QTest::newRow("no name is refused") << QStringLiteral("  ") << false;
  }
  void aNameIsChanged() {
    QFETCH(QString, to);
    QFETCH(bool, taken);
    FilterStore store;
    store.save(QStringLiteral("a"), QStringLiteral("len > 1"));
    store.save(QStringLiteral("b"), QStringLiteral("len > 2"));
    QCOMPARE(store.rename(QStringLiteral("b"), to), taken);
    QCOMPARE(store.saved().last().name, taken ? to.trimmed() : QStringLiteral("b"));
    QCOMPARE(store.saved().size(), 2);
  }

  void itsStateIsRemembered() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
    {
      FilterStore store;
      store.remember(QStringLiteral("data contains \"a, b\""));
      store.remember(QStringLiteral("text contains \"你好\""));
      store.save(QStringLiteral("名字"), QStringLiteral("len > 2"));
      store.save(QStringLiteral("gone"), QStringLiteral("len > 3"));
      store.remove(QStringLiteral("gone"));
      store.saveState(settings);
    }
    FilterStore store;
    QSignalSpy changed(&store, &FilterStore::changed);
    store.restoreState(settings);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(store.recent(), QStringList({QStringLiteral("text contains \"你好\""),
                                          QStringLiteral("data contains \"a, b\"")}));
    const QList<FilterStore::Saved> expected{{QStringLiteral("名字"), QStringLiteral("len > 2")}};
    QCOMPARE(store.saved(), expected);
  }

  void damagedStateDoesNoHarm() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
    settings.setValue(QStringLiteral("recentFilters"), 7);
    settings.setValue(QStringLiteral("savedFilterNames"), QStringList{QStringLiteral("alone")});
    FilterStore store;
    store.restoreState(settings);
    QVERIFY(store.saved().isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestFilterStore)
#include "tst_filter_store.moc"
