// CapabilitiesPanel and its model: what was tried, in words, and what is shown of it.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "panel_probe.h"
#include "ui/models/capabilities_filter.h"
#include "ui/models/capabilities_model.h"
#include "ui/panels/capabilities/capabilities_panel.h"
#include "ui/panels/capabilities/capability_delegate.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

constexpr int kPatience = 20000;

struct Desk {
  CapabilitiesPanel panel;
  QTableView* table = panel.findChild<QTableView*>(QStringLiteral("capabilitiesTable"));
  QAbstractItemModel* rows = table->model();
  CapabilitiesModel* model = panel.findChild<CapabilitiesModel*>();
  QLineEdit* filter = panel.findChild<QLineEdit*>(QStringLiteral("capabilitiesFilterEdit"));
  QCheckBox* all = panel.findChild<QCheckBox*>(QStringLiteral("capabilitiesAllCheck"));
  QPushButton* refresh = panel.findChild<QPushButton*>(QStringLiteral("capabilitiesRefreshButton"));
  QLabel* remark = panel.findChild<QLabel*>(QStringLiteral("capabilitiesRemarkLabel"));
  QLabel* status = panel.findChild<QLabel*>(QStringLiteral("capabilitiesStatusLabel"));
  QAbstractItemModelTester tester{rows, QAbstractItemModelTester::FailureReportingMode::QtTest};
  QAbstractItemModelTester sourceTester{model, QAbstractItemModelTester::FailureReportingMode::QtTest};

  Desk() {
    showActive(panel);
    if (!QTest::qWaitFor([&] { return rows->rowCount() > 0; }, kPatience)) qFatal("nothing was tried");
  }

  // The row of these three, -1: not shown.
  int rowOf(const char* family, const char* type, const char* protocol) const {
    for (int row = 0; row < rows->rowCount(); ++row) {
      if (cell(row, CapabilitiesModel::Family) == QLatin1String(family) &&
          cell(row, CapabilitiesModel::Type) == QLatin1String(type) &&
          cell(row, CapabilitiesModel::Protocol) == QLatin1String(protocol))
        return row;
    }
    return -1;
  }
  QString cell(int row, int column) const { return rows->index(row, column).data().toString(); }
};

// What the delegate paints with.
struct Painted : CapabilityDelegate {
  QColor ink(const QModelIndex& index) const {
    QStyleOptionViewItem option;
    initStyleOption(&option, index);
    return option.palette.color(QPalette::Text);
  }
};

Capability made(CapabilityState state, int code) {
  Capability capability{
      .combination = socketCombinations().front(), .state = state, .error = {}, .needs = {}};
  if (code == 0) return capability;
  capability.error = Error::fromErrno(Operation::socket, code, "AF_INET");
  capability.needs = "sudo modprobe it";
  return capability;
}

}  // namespace

class TestCapabilitiesPanel : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }

  void triesWhenItIsFirstSeen() {
    Desk desk;
    const int tcp = desk.rowOf("AF_INET", "SOCK_STREAM", "IPPROTO_TCP");
    QVERIFY(tcp >= 0);
    QCOMPARE(desk.cell(tcp, CapabilitiesModel::State), QStringLiteral("supported"));
    QCOMPARE(desk.cell(tcp, CapabilitiesModel::ErrorSymbol), QString());
    QVERIFY(desk.status->text().contains(QStringLiteral("supported")));
  }

  void whatNoLinuxHasIsShownOnDemand() {
    Desk desk;
    QCOMPARE(desk.rowOf("AF_INET", "SOCK_RDM", "0"), -1);
    desk.all->click();
    const int row = desk.rowOf("AF_INET", "SOCK_RDM", "0");
    QVERIFY(row >= 0);
    QCOMPARE(desk.cell(row, CapabilitiesModel::ErrorSymbol), QStringLiteral("ESOCKTNOSUPPORT"));
    QVERIFY(desk.cell(row, CapabilitiesModel::Remark).contains(QStringLiteral("there is no SOCK_RDM")));
  }

  void filtersByWords() {
    Desk desk;
    const int before = desk.rows->rowCount();
    desk.filter->setText(QStringLiteral("can_raw sock_raw"));
    QCOMPARE(desk.rows->rowCount(), 1);
    QCOMPARE(desk.cell(0, CapabilitiesModel::Protocol), QStringLiteral("CAN_RAW"));
    desk.filter->clear();
    QCOMPARE(desk.rows->rowCount(), before);
  }

  void tellsAllOfTheChosenRow() {
    Desk desk;
    QVERIFY(!desk.remark->isVisible());
    desk.all->click();
    desk.table->selectRow(desk.rowOf("AF_INET", "SOCK_DGRAM", "IPPROTO_TCP"));
    QVERIFY(desk.remark->isVisible());
    QVERIFY(desk.remark->text().startsWith(
        QStringLiteral("socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP): EPROTONOSUPPORT, ")));
    QVERIFY(desk.remark->text().contains(QStringLiteral("it goes with SOCK_STREAM and SOCK_RAW")));
    QCOMPARE(desk.remark->textFormat(), Qt::PlainText);
  }

  void triesAgainAndKeepsTheChosenRow() {
    Desk desk;
    const int tcp = desk.rowOf("AF_INET", "SOCK_STREAM", "IPPROTO_TCP");
    desk.table->selectRow(tcp);
    QSignalSpy changed(desk.model, &QAbstractItemModel::dataChanged);
    desk.refresh->click();
    QVERIFY(changed.wait(kPatience));
    QCOMPARE(desk.table->currentIndex().row(), tcp);
    QVERIFY(desk.remark->isVisible());
  }

  void whatCannotBeHadIsDimmedAndSaysSo_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("dimmed");
    const auto row = [](const char* name, CapabilityState state, int code, const char* word, bool dimmed) {
      QTest::newRow(name) << static_cast<int>(state) << code << QString::fromLatin1(word) << dimmed;
    };
    row("there", CapabilityState::supported, 0, "supported", false);
    row("no right", CapabilityState::forbidden, EPERM, "forbidden to you", true);
    row("no module", CapabilityState::missing, EAFNOSUPPORT, "not in this kernel", true);
    row("nonsense", CapabilityState::nonexistent, ESOCKTNOSUPPORT, "in no Linux", true);
  }
  void whatCannotBeHadIsDimmedAndSaysSo() {
    QFETCH(int, state);
    QFETCH(int, code);
    QFETCH(bool, dimmed);
    CapabilitiesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCapabilities({made(static_cast<CapabilityState>(state), code)});
    QTEST(model.index(0, CapabilitiesModel::State).data().toString(), "word");
    QCOMPARE(Painted().ink(model.index(0, CapabilitiesModel::Family)) == theme::color(theme::Role::dim),
             dimmed);
    if (dimmed)
      QCOMPARE(model.index(0, CapabilitiesModel::Remark).data().toString(),
               QStringLiteral("sudo modprobe it"));
    model.setCapabilities({});
    QCOMPARE(model.rowCount(), 0);
  }

  void remembersItsInputs() {
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    {
      Desk desk;
      desk.filter->setText(QStringLiteral("tipc"));
      desk.all->setChecked(true);
      desk.panel.saveState(settings);
    }
    Desk desk;
    desk.panel.restoreState(settings);
    QCOMPARE(desk.filter->text(), QStringLiteral("tipc"));
    QVERIFY(desk.all->isChecked());
  }

  void hasAPageOfHelp() {
    Desk desk;
    QCOMPARE(helpPageOf(desk.filter), QStringLiteral("capabilities"));
  }
};

QTEST_MAIN(TestCapabilitiesPanel)
#include "tst_capabilities_panel.moc"
