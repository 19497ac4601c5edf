// What the window has in a workspace, section by section. Thread: gui.
//
// [server], [client], ...: a panel's inputs each. [filters]: filters that have a name. [colours]: colour
// rules. [variables]. [[library.sends]]: the saved sends; a file
// without them leaves a person's own in place. A section that the file does not have leaves filters, colours
// and layout as they are; forms are then empty, and there are no variables.
#pragma once

namespace sockbench::ui {

class LibraryDesk;
class PanelTabs;
class TrafficPanel;
class VariablesModel;
class WorkspaceDesk;

void addVariablesSection(WorkspaceDesk* desk, VariablesModel* variables);
void addLibrarySection(WorkspaceDesk* desk, LibraryDesk* library);
void addPanelSections(WorkspaceDesk* desk, PanelTabs* panels);
void addTimelineSections(WorkspaceDesk* desk, const TrafficPanel* traffic);

}  // namespace sockbench::ui
