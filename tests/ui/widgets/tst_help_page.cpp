// Which page of Help a widget leads to, and how the wish to read one travels.
#include <QDialog>
#include <QLineEdit>
#include <QTest>
#include <QVBoxLayout>

#include "ui/widgets/help_page.h"

using namespace sockbench::ui;

namespace {

// A window that has Help.
class Library : public QWidget {
 public:
  QStringList asked;
  bool event(QEvent* event) override {
    if (event->type() != HelpWanted::kType) return QWidget::event(event);
    asked += static_cast<HelpWanted*>(event)->page();
    event->accept();
    return true;
  }
};

}  // namespace

class TestHelpPage : public QObject {
  Q_OBJECT
 private slots:
  void aWidgetHasThePageOfWhatIsAroundIt() {
    QWidget panel;
    auto* box = new QWidget(&panel);
    auto* edit = new QLineEdit(box);
    QCOMPARE(helpPageOf(edit), QString());
    setHelpPage(&panel, QStringLiteral("ports"));
    QCOMPARE(helpPageOf(edit), QStringLiteral("ports"));
    setHelpPage(box, QStringLiteral("call-bind"));
    QCOMPARE(helpPageOf(edit), QStringLiteral("call-bind"));
    QCOMPARE(helpPageOf(&panel), QStringLiteral("ports"));
    setHelpPage(box, {});
    QCOMPARE(helpPageOf(edit), QStringLiteral("ports"));
    QCOMPARE(helpPageOf(nullptr), QString());
  }

  void theButtonAsksForItsOwnPage() {
    Library window;
    auto* button = new HelpButton(QStringLiteral("tcp-states"), QStringLiteral("the states"), &window);
    QCOMPARE(button->accessibleName(), QStringLiteral("Help: the states"));
    button->click();
    QCOMPARE(window.asked, QStringList{QStringLiteral("tcp-states")});
  }

  void aButtonWithoutAPageAsksForTheOneAroundIt() {
    Library window;
    auto* box = new QWidget(&window);
    auto* button = new HelpButton({}, QStringLiteral("this call"), box);
    setHelpPage(box, QStringLiteral("call-send"));
    button->click();
    setHelpPage(box, QStringLiteral("call-recv"));
    button->click();
    QCOMPARE(window.asked, (QStringList{QStringLiteral("call-send"), QStringLiteral("call-recv")}));
  }

  void theWishGoesOnToTheWindowBehindADialog() {
    Library window;
    QDialog dialog(&window);
    auto* edit = new QLineEdit(&dialog);
    QVERIFY(askForHelp(edit, QStringLiteral("layers")));
    QCOMPARE(window.asked, QStringList{QStringLiteral("layers")});
  }

  void nobodyHasHelp() {
    QWidget window;
    QVERIFY(!askForHelp(new QLineEdit(&window), QStringLiteral("layers")));
  }
};

QTEST_MAIN(TestHelpPage)
#include "tst_help_page.moc"
