#include "ui/window/workspace_sections.h"

#include "core/automation/variables/variable_spec.h"
#include "core/workspace/saved_sends_toml.h"
#include "ui/models/colour_rules.h"
#include "ui/models/filter_store.h"
#include "ui/models/settings_toml.h"
#include "ui/models/variables_model.h"
#include "ui/panels/client/client_panel.h"
#include "ui/panels/server/server_panel.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/window/library_desk.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/workspace_desk.h"

namespace sockbench::ui {
namespace {

Result<void> restoreFilters(FilterStore* filters, const TomlTable& table) {
  TomlReader in(table, "filters", UnknownKeys::left, {});
  for (const auto& [name, value] : table.entries()) filters->save(toQString(name), toQString(in.text(name)));
  if (in.ok()) return {};
  return std::unexpected(*in.error());
}

TomlTable savedFilters(const FilterStore* filters) {
  TomlTable table;
  for (const FilterStore::Saved& one : filters->saved()) table.set(toUtf8(one.name), toUtf8(one.text));
  return table;
}

}  // namespace

void addVariablesSection(WorkspaceDesk* desk, VariablesModel* variables) {
  const auto restore = [variables](const TomlTable& table) -> Result<void> {
    TomlReader in(table, "variables", UnknownKeys::left, {});
    auto read = readVariables(in);
    if (!in.ok()) return std::unexpected(*in.error());
    variables->setVariables(std::move(read));
    return {};
  };
  desk->addSection({"variables", [variables] { return toToml(variables->variables()); }, restore});
}

void addLibrarySection(WorkspaceDesk* desk, LibraryDesk* library) {
  const auto save = [library] {
    TomlTable table;
    if (TomlArray sends = toToml(library->sends()); !sends.empty()) table.set("sends", std::move(sends));
    return table;
  };
  const auto restore = [library](const TomlTable& table) -> Result<void> {
    if (table.empty()) {
      library->setWorkspaceSends(std::nullopt);
      return {};
    }
    TomlReader in(table, "library", UnknownKeys::left, {});
    SavedSends sends = savedSendsAt(in, "sends");
    if (!in.ok()) return std::unexpected(*in.error());
    library->setWorkspaceSends(std::move(sends));
    return {};
  };
  desk->addSection({"library", save, restore});
}

void addPanelSections(WorkspaceDesk* desk, PanelTabs* panels) {
  for (int i = 0; i < panels->count(); ++i) {
    auto* panel = qobject_cast<Panel*>(panels->widget(i));
    QString key = panel->objectName();
    if (key.endsWith(QLatin1String("Panel"))) key.chop(5);
    const auto save = [panel] {
      return settingsToToml([panel](QSettings& settings) { panel->saveState(settings); });
    };
    const auto restore = [panel](const TomlTable& table) -> Result<void> {
      settingsFromToml(table, [panel](QSettings& settings) { panel->restoreState(settings); });
      // It would come with the first look at the panel, as if a person had changed something.
      if (auto* pages = qobject_cast<PagesPanel*>(panel)) pages->makeFirstPage();
      return {};
    };
    desk->addSection({toUtf8(key), save, restore});
  }
}

void addTimelineSections(WorkspaceDesk* desk, const TrafficPanel* traffic) {
  if (auto* filters = traffic->findChild<FilterStore*>()) {
    desk->addSection({"filters", [filters] { return savedFilters(filters); },
                      [filters](const TomlTable& table) { return restoreFilters(filters, table); }});
  }
  if (auto* rules = traffic->findChild<ColourRules*>()) {
    const auto save = [rules] {
      return settingsToToml([rules](QSettings& settings) { rules->saveState(settings); });
    };
    const auto restore = [rules](const TomlTable& table) -> Result<void> {
      if (!table.empty())
        settingsFromToml(table, [rules](QSettings& settings) { rules->restoreState(settings); });
      return {};
    };
    desk->addSection({"colours", save, restore});
  }
}

}  // namespace sockbench::ui
