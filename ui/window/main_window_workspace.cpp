// What MainWindow has to do with workspaces.
#include <QDialog>
#include <QFile>
#include <QMenu>
#include <QSettings>
#include <QVBoxLayout>

#include "core/automation/scenario/scenario.h"
#include "core/workspace/workspace_file.h"
#include "ui/models/settings_toml.h"
#include "ui/models/variables_model.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/variables_table.h"
#include "ui/window/capture_desk.h"
#include "ui/window/library_desk.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/workspace_desk.h"
#include "ui/window/workspace_sections.h"

namespace sockbench::ui {

void MainWindow::connectWorkspace() {
  addVariablesSection(workspace_, variables_);
  addLibrarySection(workspace_, library_);
  const auto fields = [this] { return variables_->fieldValues(); };
  panels_->setFieldSource(fields);
  library_->setFieldSource(fields);
  connect(variables_, &VariablesModel::changed, panels_, &PanelTabs::refreshFields);
  addPanelSections(workspace_, panels_);
  addTimelineSections(workspace_, traffic_);
  const auto saveIt = [this] {
    return settingsToToml([this](QSettings& settings) { saveLayout(settings); });
  };
  const auto restoreIt = [this](const TomlTable& table) -> Result<void> {
    if (!table.empty()) settingsFromToml(table, [this](QSettings& settings) { restoreLayout(settings); });
    return {};
  };
  workspace_->addSection({"layout", saveIt, restoreIt, false});

  connect(actions_.newWorkspace, &QAction::triggered, workspace_, &WorkspaceDesk::newOne);
  connect(actions_.openWorkspace, &QAction::triggered, workspace_, &WorkspaceDesk::askWhich);
  connect(actions_.saveWorkspace, &QAction::triggered, workspace_, &WorkspaceDesk::save);
  connect(actions_.saveWorkspaceAs, &QAction::triggered, workspace_, &WorkspaceDesk::askWhere);
  connect(actions_.autosave, &QAction::toggled, workspace_, &WorkspaceDesk::setAutosave);
  connect(actions_.recentWorkspaces, &QMenu::aboutToShow, workspace_,
          [this] { workspace_->fillRecent(actions_.recentWorkspaces); });
  connect(actions_.variables, &QAction::triggered, this, &MainWindow::showVariables);
  connect(workspace_, &WorkspaceDesk::changed, this, &MainWindow::showTitle);
}

void MainWindow::showTitle() {
  QString name = workspace_->name();
  name.replace(QLatin1String("[*]"), QLatin1String("[*][*]"));
  setWindowTitle(name.isEmpty() ? tr("Sockbench") : tr("%1[*] \u2013 Sockbench").arg(name));
}

void MainWindow::showVariables() {
  const QString title = QStringLiteral("variablesDialog");
  auto* dialog = findChild<QDialog*>(title);
  if (dialog == nullptr) {
    dialog = new QDialog(this);
    dialog->setObjectName(title);
    dialog->setWindowTitle(tr("Variables"));
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(new VariablesTable(variables_, dialog));
    dialog->resize(680, 380);
  }
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

void MainWindow::openFile(const QString& path) {
  const std::string_view format = formatOfFile(QFile::encodeName(path).toStdString());
  if (path.endsWith(QLatin1String(kWorkspaceSuffix.data())) || format == kWorkspaceFormat) {
    workspace_->open(path);
  } else if (path.endsWith(QLatin1String(".toml")) || format == kScenarioFormat) {
    panels_->openScenario(path);
  } else {
    captures_->open(path);
  }
}

}  // namespace sockbench::ui
