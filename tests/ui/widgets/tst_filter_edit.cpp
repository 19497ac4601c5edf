// The line of a filter and its shelf, by the keyboard.
#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include "ui/bridge/core_types.h"
#include "ui/models/filter_store.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/filter_shelf.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

struct Bench {
  Bench() {
    window.resize(700, 300);
    edit.setGeometry(10, 10, 600, 30);
    window.show();
    window.activateWindow();
    edit.setFocus();
  }
  void type(const char* keys) { QTest::keyClicks(&edit, QString::fromUtf8(keys)); }
  QAbstractItemView* offers() {
    auto* view = qobject_cast<QAbstractItemView*>(QApplication::activePopupWidget());
    return view != nullptr && view->objectName() == QStringLiteral("trafficFilterOffers") ? view : nullptr;
  }
  QStringList offered() {
    QStringList texts;
    if (const auto* view = offers()) {
      for (int row = 0; row < view->model()->rowCount(); ++row) {
        texts << view->model()->index(row, 0).data().toString();
      }
    }
    return texts;
  }
  int redPixels() {
    const QImage image = edit.grab().toImage();
    const QColor error = theme::color(theme::Role::error);
    int count = 0;
    for (int x = 0; x < image.width(); ++x) {
      for (int y = image.height() / 2; y < image.height() - 4; ++y) {
        const QColor at = image.pixelColor(x, y);
        count += qAbs(at.red() - error.red()) + qAbs(at.green() - error.green()) < 60 ? 1 : 0;
      }
    }
    return count;
  }

  QWidget window;
  FilterEdit edit{&window};
};

}  // namespace

class TestFilterEdit : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QApplication::setCursorFlashTime(0);
  }

  void eachTextThatCanBeReadIsApplied() {
    Bench bench;
    QSignalSpy changed(&bench.edit, &FilterEdit::filterChanged);
    bench.edit.setText(QStringLiteral("len > 1"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(bench.edit.state(), FilterEdit::State::applied);
    QVERIFY(bench.edit.filter());
    QCOMPARE(bench.edit.appliedText(), QStringLiteral("len > 1"));
    bench.type("00");
    QCOMPARE(changed.size(), 3);
    QCOMPARE(bench.edit.appliedText(), QStringLiteral("len > 100"));
  }

  void whatCannotBeReadLeavesTheLastFilter() {
    Bench bench;
    QSignalSpy told(&bench.edit, &FilterEdit::errorTold);
    QSignalSpy taken(&bench.edit, &FilterEdit::errorTaken);
    bench.edit.setText(QStringLiteral("len > 1"));
    bench.edit.setText(QStringLiteral("len > 1 and nonsense == 2"));
    QCOMPARE(bench.edit.state(), FilterEdit::State::invalid);
    QVERIFY(isWrong(&bench.edit));
    QVERIFY(!bench.edit.toolTip().isEmpty());
    QVERIFY(!bench.edit.accessibleDescription().isEmpty());
    QCOMPARE(bench.edit.appliedText(), QStringLiteral("len > 1"));
    QTRY_COMPARE(told.size(), 1);  // once the person has stopped typing
    taken.clear();
    bench.edit.setText(QStringLiteral("len > 1"));
    QCOMPARE(taken.size(), 1);
    QVERIFY(!isWrong(&bench.edit));
    QVERIFY(bench.edit.toolTip().isEmpty());
  }

  void returnTellsTheErrorAtOnce() {
    Bench bench;
    QSignalSpy told(&bench.edit, &FilterEdit::errorTold);
    QSignalSpy remembered(&bench.edit, &FilterEdit::remembered);
    bench.edit.setText(QStringLiteral("len >"));
    QTest::keyClick(&bench.edit, Qt::Key_Return);
    QCOMPARE(told.size(), 1);
    QVERIFY(remembered.isEmpty());
  }

  void theWrongPlaceIsMarked_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("in the middle") << QStringLiteral("len > 1 and nonsense == 2 and len > 3");
    QTest::newRow("at the end") << QStringLiteral("len >");
    QTest::newRow("behind Chinese text") << QStringLiteral("text contains \"你好\" and nonsense");
    QTest::newRow("where the line has scrolled away") << QStringLiteral("text contains \"") +
                                                             QString(400, QLatin1Char('x')) +
                                                             QStringLiteral("\" and nonsense");
  }
  void theWrongPlaceIsMarked() {
    QFETCH(QString, text);
    Bench bench;
    bench.edit.setText(QStringLiteral("len > 1"));
    bench.edit.clearFocus();
    const int before = bench.redPixels();
    bench.edit.setText(text);
    QCOMPARE(bench.edit.state(), FilterEdit::State::invalid);
    QVERIFY(bench.redPixels() > before + 4);
  }

  void escapeClearsAndIsLeftToTheWindowWhenThereIsNothing() {
    Bench bench;
    bench.edit.setText(QStringLiteral("len > 1"));
    QTest::keyClick(&bench.edit, Qt::Key_Escape);
    QVERIFY(bench.edit.text().isEmpty());
    QCOMPARE(bench.edit.state(), FilterEdit::State::blank);
    QVERIFY(!bench.edit.filter());
    QKeyEvent shortcut(QEvent::ShortcutOverride, Qt::Key_Escape, Qt::NoModifier);
    shortcut.ignore();
    QApplication::sendEvent(&bench.edit, &shortcut);
    QVERIFY(!shortcut.isAccepted());
    bench.edit.setText(QStringLiteral("x"));
    QApplication::sendEvent(&bench.edit, &shortcut);
    QVERIFY(shortcut.isAccepted());
  }

  void returnRemembersWhatIsApplied() {
    Bench bench;
    QSignalSpy remembered(&bench.edit, &FilterEdit::remembered);
    bench.edit.setText(QStringLiteral(" len > 1 "));
    QTest::keyClick(&bench.edit, Qt::Key_Return);
    QCOMPARE(remembered.size(), 1);
    QCOMPARE(remembered[0][0].toString(), QStringLiteral("len > 1"));
  }

  void aPreparedFilterWaitsForReturn() {
    Bench bench;
    bench.edit.apply(QStringLiteral("len > 1"));
    bench.edit.prepare(QStringLiteral("len > 2"));
    QCOMPARE(bench.edit.state(), FilterEdit::State::prepared);
    QCOMPARE(bench.edit.appliedText(), QStringLiteral("len > 1"));
    QTest::keyClick(&bench.edit, Qt::Key_Return);
    QCOMPARE(bench.edit.state(), FilterEdit::State::applied);
    QCOMPARE(bench.edit.appliedText(), QStringLiteral("len > 2"));
  }

  void fieldsAreOfferedWhileOneTypes() {
    Bench bench;
    bench.type("ses");
    QTRY_VERIFY(bench.offered().contains(QStringLiteral("session")));
    QTest::keyClick(bench.offers(), Qt::Key_Down);
    QTest::keyClick(bench.offers(), Qt::Key_Return);
    QTRY_COMPARE(bench.edit.text(), QStringLiteral("session "));
  }

  void tabTakesTheFirstOffer() {
    Bench bench;
    bench.type("sess");
    QTRY_VERIFY(bench.offers());
    QTest::keyClick(bench.offers(), Qt::Key_Tab);
    QTRY_COMPARE(bench.edit.text(), QStringLiteral("session "));
    QCOMPARE(bench.window.focusWidget(), &bench.edit);
  }

  void returnIsNotTakenWhereNothingIsChosen() {
    Bench bench;
    QSignalSpy told(&bench.edit, &FilterEdit::errorTold);
    bench.type("sess");
    QTRY_VERIFY(bench.offers());
    QTest::keyClick(bench.offers(), Qt::Key_Return);
    QCOMPARE(bench.edit.text(), QStringLiteral("sess"));
    QVERIFY(!bench.offers());
    QCOMPARE(told.size(), 1);
  }

  void escapeClosesTheOffersAndKeepsTheText() {
    Bench bench;
    bench.type("sess");
    QTRY_VERIFY(bench.offers());
    QTest::keyClick(bench.offers(), Qt::Key_Escape);
    QVERIFY(!bench.offers());
    QCOMPARE(bench.edit.text(), QStringLiteral("sess"));
  }

  void controlSpaceOffersOnABlankLine() {
    Bench bench;
    QTest::keyClick(&bench.edit, Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY(bench.offered().contains(QStringLiteral("session")));
    QVERIFY(bench.edit.text().isEmpty());
    QTest::keyClick(bench.offers(), Qt::Key_Escape);
  }

  void theShelfKeepsRenamesAndRemoves() {
    FilterStore store;
    store.remember(QStringLiteral("dir == in"));
    QWidget window;
    FilterShelf shelf(&store, &window);
    shelf.open(QStringLiteral("len > 1"), true);
    auto* list = shelf.findChild<QTreeWidget*>(QStringLiteral("trafficFilterList"));
    auto* name = shelf.findChild<QLineEdit*>(QStringLiteral("trafficFilterNameEdit"));
    auto* rename = shelf.findChild<QPushButton*>(QStringLiteral("trafficFilterRenameButton"));
    auto* remove = shelf.findChild<QPushButton*>(QStringLiteral("trafficFilterRemoveButton"));
    QVERIFY(!shelf.findChild<QPushButton*>(QStringLiteral("trafficFilterSaveButton"))->isEnabled());
    QVERIFY(!remove->isEnabled());
    QTest::keyClicks(name, QStringLiteral("long ones"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(store.saved().size(), 1);
    QCOMPARE(list->topLevelItem(1)->text(0), QStringLiteral("long ones"));
    QCOMPARE(list->topLevelItem(1)->text(1), QStringLiteral("len > 1"));
    list->setCurrentItem(list->topLevelItem(1));
    QTest::mouseClick(rename, Qt::LeftButton);
    auto* editor = list->findChild<QLineEdit*>();
    QVERIFY(editor);
    editor->setText(QStringLiteral("长的"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(store.saved().value(0).name, QStringLiteral("长的"));
    list->setCurrentItem(list->topLevelItem(1));
    QVERIFY(remove->isEnabled());
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(store.saved().isEmpty());
  }

  void aFilterOfTheShelfIsTakenByAClick() {
    FilterStore store;
    store.remember(QStringLiteral("dir == in"));
    QWidget window;
    FilterShelf shelf(&store, &window);
    QSignalSpy chosen(&shelf, &FilterShelf::chosen);
    shelf.open({}, false);
    auto* list = shelf.findChild<QTreeWidget*>(QStringLiteral("trafficFilterList"));
    QTreeWidgetItem* item = list->topLevelItem(2);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(item).center());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("dir == in"));
    QVERIFY(!shelf.isVisible());
  }

  void idleItRunsNoTimer() {
    Bench bench;
    bench.edit.setText(QStringLiteral("len >"));
    QTRY_VERIFY(std::ranges::none_of(bench.edit.findChildren<QTimer*>(), &QTimer::isActive));
  }
};

QTEST_MAIN(TestFilterEdit)
#include "tst_filter_edit.moc"
