// What MainWindow remembers from one start to the next.
#include <QActionGroup>
#include <QCloseEvent>
#include <QFileInfo>
#include <QSettings>
#include <QSplitter>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/window/capture_desk.h"
#include "ui/window/help_desk.h"
#include "ui/window/library_desk.h"
#include "ui/window/main_window.h"
#include "ui/window/memory_dialog.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/workspace_desk.h"

namespace sockbench::ui {

namespace {
constexpr QLatin1String kWindow("window");
constexpr QLatin1String kGeometry("geometry");
constexpr QLatin1String kAcross("across");
constexpr QLatin1String kDown("down");
constexpr QLatin1String kLeft("left");
constexpr QLatin1String kLibrary("library");
constexpr QLatin1String kTheme("theme");
constexpr QLatin1String kPanels("panels");
constexpr QLatin1String kTraffic("traffic");
}  // namespace

theme::Mode MainWindow::rememberedTheme(const QSettings& settings) {
  const QString name = settings.value(kWindow + QLatin1Char('/') + kTheme).toString();
  if (name == QLatin1String("light")) return theme::Mode::light;
  return name == QLatin1String("dark") ? theme::Mode::dark : theme::Mode::system;
}

void MainWindow::remember(QSettings* settings) {
  settings_ = settings;
  restoreState(*settings);
  help_->remember(settings);
  captures_->remember(settings);
  workspace_->remember(settings,
                       QFileInfo(settings->fileName()).absolutePath() + QStringLiteral("/recovery"));
  actions_.autosave->setChecked(workspace_->autosaves());
  library_->remember(settings);
  MemoryDialog::restore(bridge_->log(), *settings);
  // At once, not on closing: a theme that the command line asked for is for this time only.
  connect(actions_.theme, &QActionGroup::triggered, this, [this](const QAction* action) {
    static constexpr const char* kNames[] = {"system", "light", "dark"};  // by theme::Mode
    settings_->setValue(kWindow + QLatin1Char('/') + kTheme,
                        QString::fromLatin1(kNames[action->data().toInt()]));
  });
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!closingAtOnce_ && !workspace_->mayClose()) {
    event->ignore();
    return;
  }
  captures_->closeAll();
  help_->saveState();
  library_->saveState();
  if (settings_ != nullptr) saveState(*settings_);
  QMainWindow::closeEvent(event);
}

void MainWindow::closeAtOnce() {
  workspace_->leaveForRecovery();
  closingAtOnce_ = true;
  close();
}

void MainWindow::saveLayout(QSettings& settings) const {
  settings.setValue(kAcross, across_->saveState());
  if (leftIsMoved_) settings.setValue(kLeft, left_->saveState());
  settings.setValue(kLibrary, actions_.library->isChecked());
  if (borderIsMoved_) settings.setValue(kDown, down_->saveState());
}

void MainWindow::restoreLayout(QSettings& settings) {
  across_->restoreState(settings.value(kAcross).toByteArray());
  leftIsMoved_ = left_->restoreState(settings.value(kLeft).toByteArray());
  actions_.library->setChecked(settings.value(kLibrary, true).toBool());
  wasLow_ = isLow();
  shareHeight();
  borderIsMoved_ = down_->restoreState(settings.value(kDown).toByteArray());
}

void MainWindow::saveState(QSettings& settings) const {
  settings.beginGroup(kWindow);
  settings.setValue(kGeometry, saveGeometry());
  saveLayout(settings);
  settings.endGroup();
  settings.beginGroup(kPanels);
  panels_->saveState(settings);
  settings.endGroup();
  settings.beginGroup(kTraffic);
  traffic_->saveState(settings);
  settings.endGroup();
  settings.sync();
}

void MainWindow::restoreState(QSettings& settings) {
  settings.beginGroup(kWindow);
  restoreGeometry(settings.value(kGeometry).toByteArray());
  restoreLayout(settings);
  settings.endGroup();
  settings.beginGroup(kPanels);
  panels_->restoreState(settings);
  settings.endGroup();
  settings.beginGroup(kTraffic);
  traffic_->restoreState(settings);
  settings.endGroup();
}

}  // namespace sockbench::ui
