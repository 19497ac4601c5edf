// Every action of the window, with its words and its key, each in a menu. What they do is connected by
// MainWindow and SessionCommands. Thread: gui.
#pragma once

#include <QAction>
#include <QList>

class QActionGroup;
class QMainWindow;
class QMenu;

namespace sockbench::ui {

struct Actions {
  // File
  QAction* newServer;
  QAction* newClient;
  QAction* newWindow;
  QAction* newWorkspace;
  QAction* openWorkspace;
  QMenu* recentWorkspaces;  // filled when it is about to be shown
  QAction* saveWorkspace;
  QAction* saveWorkspaceAs;
  QAction* autosave;
  QAction* openCapture;
  QMenu* recentCaptures;  // filled when it is about to be shown
  QMenu* file;            // where the timeline's captures and exports are added, before `quit`
  QAction* quit;
  // Edit
  QMenu* edit;  // where finding, marks and comments are added
  QAction* filterTraffic;
  QAction* clearTraffic;
  QAction* forgetClosed;
  // View
  QMenu* panels;  // filled by addPanelAction
  QAction* onlySession;
  QAction* follow;
  QAction* freeze;
  QAction* inspector;
  QAction* goToTraffic;
  QAction* goToSessions;
  QAction* library;     // the saved sends and the history at the left
  QActionGroup* theme;  // each action's data is a theme::Mode as int
  // Session
  QAction* act;
  QAction* cancel;
  QAction* send;
  QMenu* savedSends;  // those with a key; filled by LibraryDesk
  QAction* halfClose;
  QAction* close;
  QAction* reset;
  QAction* details;
  QAction* options;
  QAction* stream;
  // Tools
  QAction* tryIt;
  QAction* memory;
  QAction* variables;
  // Help
  QAction* help;  // about what has the focus
  QAction* helpContents;
  QAction* keys;
  QAction* about;
};

// Makes them all, children of `window`, in its menu bar.
Actions makeActions(QMainWindow* window);

// The action that shows a panel, Ctrl+1 for the first. From the tenth on without a key.
QAction* addPanelAction(const Actions& actions, int number, const QString& title);

// Every action that is in a menu of `window`, once, in the menus' order.
QList<QAction*> menuActions(const QMainWindow* window);

}  // namespace sockbench::ui
