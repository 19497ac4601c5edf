// MainWindow: places the session tree, the panels and the timeline, and owns the actions. It knows no socket.
// Thread: gui.
#pragma once

#include <QMainWindow>

#include "core/base/ids.h"
#include "ui/widgets/theme.h"
#include "ui/window/actions.h"
#include "ui/window/launch_request.h"

class QSettings;
class QSplitter;
class QStackedWidget;

namespace sockbench::ui {

class CaptionBar;
class CaptureDesk;
class EngineBridge;
class HelpDesk;
class LibraryDesk;
class PanelTabs;
class SessionCommands;
class SessionTree;
class TrafficPanel;
class TryIt;
class VariablesModel;
class WelcomeView;
class WorkspaceBar;
class WorkspaceDesk;

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  // Takes the window as it was left (places, sizes, columns, last inputs) out of `settings`, and writes it
  // there when the window closes. `settings` outlives the window. Without a call nothing is remembered.
  void remember(QSettings* settings);
  static theme::Mode rememberedTheme(const QSettings& settings);  // system where nothing, or nonsense, stands

  // A server for each endpoint to listen on, a client for each to connect to, each on a page of its own,
  // started.
  void open(const LaunchRequest& request);
  void raiseToFront();

  PanelTabs* panels() const { return panels_; }
  TrafficPanel* traffic() const { return traffic_; }
  CaptionBar* captions() const { return captions_; }
  TryIt* tryIt() const { return tryIt_; }
  HelpDesk* help() const { return help_; }
  CaptureDesk* captures() const { return captures_; }
  WorkspaceDesk* workspace() const { return workspace_; }
  VariablesModel* variables() const { return variables_; }
  void openFile(const QString& path);  // a workspace, a scenario or a capture, by what is in it
  void closeAtOnce();                  // without a question; what is not saved is kept for recovery
  LibraryDesk* library() const { return library_; }

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QWidget* buildCentre();
  void buildStatusBar();
  void connectActions();
  void connectPanelActions();
  void mirror(QAction* action, const QString& button);
  void connectTimelineActions();
  void connectCaptureActions();
  void connectTalks();
  void connectThemeActions();
  void connectWorkspace();
  void showTitle();
  void showVariables();
  void saveLayout(QSettings& settings) const;
  void restoreLayout(QSettings& settings);
  void connectLibrary();
  void connectSelection();
  void connectInspection(const SessionCommands* commands);
  void showTimelineOnceThereIsOne();
  void chooseSession(SessionId id);
  bool isLow() const;  // too low to show the panel's composer, the timeline and the inspector at once
  void shareHeight();
  void giveTraffic(int height);
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

  EngineBridge* bridge_;
  Actions actions_;
  CaptionBar* captions_;
  SessionTree* tree_;
  PanelTabs* panels_;
  WelcomeView* welcome_;
  TrafficPanel* traffic_;
  QStackedWidget* lower_;  // the welcome, or the timeline
  LibraryDesk* library_;
  QSplitter* left_;    // the tree / the saved sends
  QSplitter* across_;  // the tree | everything else
  QSplitter* down_;    // the panels / the lower part
  TryIt* tryIt_;
  HelpDesk* help_;
  CaptureDesk* captures_;
  VariablesModel* variables_;
  WorkspaceBar* workspaceBar_;
  WorkspaceDesk* workspace_;
  QSettings* settings_ = nullptr;
  bool wasLow_ = false;
  int wanted_ = 0;              // pixels, by the panel that is shown
  bool borderIsMoved_ = false;  // of down_, by a person
  bool leftIsMoved_ = false;    // of left_, alike
  bool closingAtOnce_ = false;
};

}  // namespace sockbench::ui
