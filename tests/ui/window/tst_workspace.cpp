// Workspaces in the window: what is saved comes back in a fresh window without anything being started, and
// what cannot be read or was changed by others is said and never written over.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>

#include "core/workspace/workspace_file.h"
#include "tests/ui/window/window_driver.h"
#include "ui/models/variables_model.h"
#include "ui/panels/client/client_panel.h"
#include "ui/panels/server/server_panel.h"
#include "ui/widgets/inline_message.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/workspace_desk.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// A window with an engine of its own.
struct Bench {
  EngineBridge bridge;
  MainWindow window{&bridge};
  WindowDriver person{&window};

  Bench() {
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) qFatal("no window");
  }
  void go(Panel* panel) { window.panels()->show(panel); }
  QString said() const {
    return window.findChild<InlineMessage*>(QStringLiteral("workspaceMessage"))->text();
  }
};

void put(const QString& path, const QByteArray& text) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("cannot write");
}

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

}  // namespace

class TestWorkspace : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    path_ = folder_->filePath(QStringLiteral("bench.sockbench"));
  }

  void everythingIsBackInAFreshWindowAndNothingIsStarted() {
    {
      Bench bench;
      bench.go(bench.window.panels()->server());
      QVERIFY(bench.person.type("serverPortEdit", QStringLiteral("45101")));
      bench.person.find<QSpinBox>("serverBacklogSpin")->setValue(7);
      QVERIFY(bench.person.type("serverComposerEdit", QStringLiteral("hello {{token}}")));
      bench.window.panels()->server()->addNewPage();
      QVERIFY(bench.person.type("serverPortEdit", QStringLiteral("45102")));
      bench.go(bench.window.panels()->client());
      QVERIFY(bench.person.type("clientHostEdit", QString::fromUtf8("b\xC3\xBC"
                                                                    "cher.example")));
      QVERIFY(bench.person.type("clientPortEdit", QStringLiteral("80")));
      bench.window.variables()->setVariables(
          {{"token", VariableSpec::Kind::environment, "SOCKBENCH_TEST_TOKEN"}});
      qputenv("SOCKBENCH_TEST_TOKEN", "s3cret");
      QVERIFY(bench.window.workspace()->saveAs(path_));
      QVERIFY(!bench.window.workspace()->isModified());
      QVERIFY(bench.window.windowTitle().contains(QLatin1String("bench.sockbench")));
    }
    const QByteArray text = contentOf(path_);
    QVERIFY2(text.contains("token = { env = \"SOCKBENCH_TEST_TOKEN\" }"), text);
    QVERIFY(!text.contains("s3cret"));

    Bench fresh;
    QVERIFY(fresh.window.workspace()->open(path_));
    QVERIFY(fresh.bridge.snapshots().isEmpty());
    PanelTabs* panels = fresh.window.panels();
    QCOMPARE(panels->server()->pageCount(), 2);
    fresh.go(panels->client());
    QCOMPARE(fresh.person.find<QLineEdit>("clientHostEdit")->text(), QString::fromUtf8("b\xC3\xBC"
                                                                                       "cher.example"));
    QCOMPARE(fresh.person.find<QLineEdit>("clientPortEdit")->text(), QStringLiteral("80"));
    fresh.go(panels->server());
    QCOMPARE(fresh.person.find<QLineEdit>("serverPortEdit")->text(), QStringLiteral("45102"));
    const auto ports = panels->server()->findChildren<QLineEdit*>(QStringLiteral("serverPortEdit"));
    QCOMPARE(ports.size(), 2);
    const auto composers =
        panels->server()->findChildren<QPlainTextEdit*>(QStringLiteral("serverComposerEdit"));
    QVERIFY(std::any_of(composers.begin(), composers.end(), [](const QPlainTextEdit* edit) {
      return edit->toPlainText() == QLatin1String("hello {{token}}");
    }));
    const auto backlogs = panels->server()->findChildren<QSpinBox*>(QStringLiteral("serverBacklogSpin"));
    QVERIFY(std::any_of(backlogs.begin(), backlogs.end(),
                        [](const QSpinBox* spin) { return spin->value() == 7; }));
    QCOMPARE(fresh.window.variables()->variables().size(), std::size_t{1});
    fresh.window.workspace()->look();
    QVERIFY(!fresh.window.workspace()->isModified());
    QVERIFY(fresh.bridge.snapshots().isEmpty());
    QVERIFY(fresh.window.workspace()->save());
    QCOMPARE(contentOf(path_), text);
  }

  void whatCannotBeReadIsSaidAndLeftAlone_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    const QByteArray begin = "format = \"sockbench-workspace\"\nversion = 1\n";
    QTest::newRow("cut off") << begin + "[server\n" << QStringLiteral("line 3, column 8");
    QTest::newRow("newer") << QByteArray("format = \"sockbench-workspace\"\nversion = 99\n")
                           << QStringLiteral("line 2, column 11");
    QTest::newRow("a scenario") << QByteArray("format = \"sockbench-scenario\"\n")
                                << QStringLiteral("line 1, column 10");
  }
  void whatCannotBeReadIsSaidAndLeftAlone() {
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    put(path_, text);
    Bench bench;
    QVERIFY(!bench.window.workspace()->open(path_));
    QVERIFY2(bench.said().contains(said), qPrintable(bench.said()));
    QVERIFY(bench.window.workspace()->path().isEmpty());
    QVERIFY(!bench.window.workspace()->saveAs(path_));
    QCOMPARE(contentOf(path_), text);
  }

  void aSectionThatCannotBeReadStaysInTheFile() {
    put(path_,
        "format = \"sockbench-workspace\"\nversion = 1\n\n[variables]\n\"a b\" = \"x\"\n\n[later]\nk = 1\n");
    Bench bench;
    QVERIFY(bench.window.workspace()->open(path_));
    QVERIFY(bench.said().contains(QLatin1String("a b")));
    QVERIFY(bench.window.workspace()->save());
    QVERIFY(contentOf(path_).contains("\"a b\" = \"x\"\n"));
    QVERIFY(contentOf(path_).contains("[later]\nk = 1\n"));
  }

  void changedByOthersIsRefusedAndAnotherNameOffered() {
    Bench bench;
    QVERIFY(bench.window.workspace()->saveAs(path_));
    const QByteArray theirs = contentOf(path_) + "# theirs\n";
    put(path_, theirs);
    QVERIFY(!bench.window.workspace()->save());
    QVERIFY2(bench.said().contains(QLatin1String("changed by others")), qPrintable(bench.said()));
    QVERIFY(bench.person.find<QPushButton>("workspaceSaveAsButton") != nullptr);
    QCOMPARE(contentOf(path_), theirs);
    const QString other = folder_->filePath(QStringLiteral("other"));
    QVERIFY(bench.window.workspace()->saveAs(other));
    QCOMPARE(bench.window.workspace()->path(), other + QStringLiteral(".sockbench"));
  }

  void typingModifiesAndClosingAsksInPlace() {
    Bench bench;
    bench.go(bench.window.panels()->client());
    QVERIFY(bench.window.workspace()->saveAs(path_));
    QVERIFY(bench.person.type("clientPortEdit", QStringLiteral("4")));
    QTRY_VERIFY(bench.window.isWindowModified());
    QVERIFY(!bench.window.close());
    QVERIFY(bench.window.isVisible());
    QVERIFY(bench.person.click("workspaceSaveButton"));
    QTRY_VERIFY(!bench.window.isVisible());
    QVERIFY(contentOf(path_).contains("port = \"4\""));
  }

  void closingCanDiscard() {
    Bench bench;
    bench.go(bench.window.panels()->client());
    QVERIFY(bench.window.workspace()->saveAs(path_));
    const QByteArray before = contentOf(path_);
    QVERIFY(bench.person.type("clientPortEdit", QStringLiteral("4")));
    QVERIFY(!bench.window.close());
    QVERIFY(bench.person.click("workspaceDiscardButton"));
    QTRY_VERIFY(!bench.window.isVisible());
    QCOMPARE(contentOf(path_), before);
  }

  void autosaveSavesWhatHasAFile() {
    Bench bench;
    bench.go(bench.window.panels()->client());
    bench.window.workspace()->setAutosave(true);
    QVERIFY(bench.person.type("clientPortEdit", QStringLiteral("4")));
    bench.window.workspace()->look();
    QVERIFY(bench.window.workspace()->path().isEmpty());
    QVERIFY(bench.window.workspace()->saveAs(path_));
    QVERIFY(bench.person.type("clientPortEdit", QStringLiteral("45")));
    QTRY_VERIFY(contentOf(path_).contains("port = \"45\""));
    QVERIFY(bench.window.close());
  }

  void whatWasNotSavedIsOfferedAfterACrash() {
    const QString recovery = folder_->filePath(QStringLiteral("recovery"));
    QSettings settings(folder_->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    const QString ours = recovery + QStringLiteral("/%1.sockbench").arg(QCoreApplication::applicationPid());
    QByteArray kept;
    {
      Bench bench;
      bench.window.workspace()->remember(&settings, recovery);
      bench.go(bench.window.panels()->client());
      QVERIFY(bench.person.type("clientPortEdit", QStringLiteral("4711")));
      bench.window.workspace()->look();
      QVERIFY(QFile::exists(ours));
      kept = contentOf(ours);
    }
    QVERIFY(!QFile::exists(ours));
    const QString dead = recovery + QStringLiteral("/999999999.sockbench");  // beyond every pid_max
    put(dead, kept);
    Bench bench;
    bench.window.workspace()->remember(&settings, recovery);
    QVERIFY(bench.person.click("workspaceRecoverButton"));
    bench.go(bench.window.panels()->client());
    QCOMPARE(bench.person.find<QLineEdit>("clientPortEdit")->text(), QStringLiteral("4711"));
    QVERIFY(!QFile::exists(dead));
    QVERIFY(bench.bridge.snapshots().isEmpty());
  }

  void anOpenSessionStays() {
    Bench bench;
    bench.go(bench.window.panels()->server());
    QVERIFY(bench.window.workspace()->saveAs(path_));
    QVERIFY(bench.person.type("serverPortEdit", QStringLiteral("0")));
    QVERIFY(bench.person.click("serverStartButton"));
    QTRY_COMPARE(sessionsOf(bench.bridge, SessionRole::listener).size(), std::size_t{1});
    // The page knows it, too.
    QTRY_VERIFY(!bench.person.find<QSpinBox>("serverBacklogSpin")->isEnabled());
    QTRY_VERIFY(sessionsOf(bench.bridge, SessionRole::listener).front().isOpen());
    bench.window.workspace()->look();
    QVERIFY(bench.window.workspace()->save());
    QVERIFY(bench.window.workspace()->open(path_));
    QCOMPARE(bench.window.panels()->server()->pageCount(), 2);
    QVERIFY(sessionsOf(bench.bridge, SessionRole::listener).front().isOpen());
  }

  void recentOnesAreInTheMenu() {
    Bench bench;
    QVERIFY(bench.window.workspace()->saveAs(path_));
    QMenu menu;
    bench.window.workspace()->fillRecent(&menu);
    QCOMPARE(menu.actions().size(), 1);
    QCOMPARE(menu.actions().constFirst()->text(), path_);
  }

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  QString path_;
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
