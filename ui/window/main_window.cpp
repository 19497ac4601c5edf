#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/traffic_model.h"
#include "ui/models/traffic_source.h"
#include "ui/models/variables_model.h"
#include "ui/panels/client/client_panel.h"
#include "ui/panels/library/library_view.h"
#include "ui/panels/panel.h"
#include "ui/panels/server/server_panel.h"
#include "ui/panels/traffic/capture/capture_controls.h"
#include "ui/panels/traffic/timeline_tools.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_table.h"
#include "ui/window/caption_bar.h"
#include "ui/window/capture_desk.h"
#include "ui/window/capture_window.h"
#include "ui/window/help_desk.h"
#include "ui/window/help_windows.h"
#include "ui/window/library_desk.h"
#include "ui/window/memory_dialog.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/session_commands.h"
#include "ui/window/session_tree.h"
#include "ui/window/status_summary.h"
#include "ui/window/talk_desk.h"
#include "ui/window/try_it.h"
#include "ui/window/visible_child.h"
#include "ui/window/welcome_view.h"
#include "ui/window/workspace_bar.h"
#include "ui/window/workspace_desk.h"

namespace sockbench::ui {

namespace {

constexpr QSize kFirstSize{1280, 800};
constexpr int kTreeWidth = 252;
constexpr int kTimelineRoom = 330;  // of a timeline with its inspector, and of the bars around
constexpr int kPanelHeightBeforeTraffic = 520;
constexpr int kLowWindow = 700;
constexpr int kPanelHeightWhenLow = 418;

// Asks for the room of the page that is shown, not of the largest.
class SnugStack final : public QStackedWidget {
 public:
  SnugStack() { connect(this, &QStackedWidget::currentChanged, this, &QWidget::updateGeometry); }
  QSize minimumSizeHint() const override {
    return currentWidget() ? currentWidget()->minimumSizeHint() : QStackedWidget::minimumSizeHint();
  }
};

QSplitter* makeSplitter(Qt::Orientation orientation, const QString& name) {
  auto* splitter = new QSplitter(orientation);
  splitter->setObjectName(name);
  splitter->setHandleWidth(1);
  splitter->setChildrenCollapsible(false);
  return splitter;
}

}  // namespace

MainWindow::MainWindow(EngineBridge* bridge, QWidget* parent)
    : QMainWindow(parent),
      bridge_(bridge),
      actions_(makeActions(this)),
      captions_(new CaptionBar),
      tree_(new SessionTree(bridge)),
      panels_(new PanelTabs(bridge)),
      welcome_(new WelcomeView),
      traffic_(new TrafficPanel(new LiveTraffic(bridge, this))),
      lower_(new SnugStack),
      library_(new LibraryDesk(bridge, panels_, actions_, this)),
      left_(makeSplitter(Qt::Vertical, QStringLiteral("leftSplitter"))),
      across_(makeSplitter(Qt::Horizontal, QStringLiteral("acrossSplitter"))),
      down_(makeSplitter(Qt::Vertical, QStringLiteral("downSplitter"))),
      tryIt_(new TryIt(bridge, panels_, this)),
      help_(new HelpDesk(bridge, this)),
      captures_(new CaptureDesk(this, traffic_)),
      variables_(new VariablesModel(this)),
      workspaceBar_(new WorkspaceBar),
      workspace_(new WorkspaceDesk(this, workspaceBar_)) {
  setObjectName(QStringLiteral("mainWindow"));
  setWindowTitle(tr("Sockbench"));
  setCentralWidget(buildCentre());
  buildStatusBar();
  connectInspection(new SessionCommands(bridge_, tree_, actions_, this));
  connectActions();
  connectPanelActions();
  connectTimelineActions();
  connectCaptureActions();
  connectTalks();
  connectThemeActions();
  connectWorkspace();
  connectLibrary();
  connectSelection();
  showTimelineOnceThereIsOne();
  resize(kFirstSize);
  shareHeight();
}

QWidget* MainWindow::buildCentre() {
  lower_->addWidget(welcome_);
  lower_->addWidget(traffic_);
  down_->addWidget(panels_);
  down_->addWidget(lower_);
  connect(panels_, &QTabWidget::currentChanged, this, [this] {
    const int wanted = panels_->current()->heightWanted();
    if (std::exchange(wanted_, wanted) != wanted) shareHeight();
  });
  connect(down_, &QSplitter::splitterMoved, this, [this] { borderIsMoved_ = true; });
  connect(left_, &QSplitter::splitterMoved, this, [this] { leftIsMoved_ = true; });
  down_->setStretchFactor(1, 1);  // in a lower window the panel keeps its form; the timeline gives way
  left_->addWidget(tree_);
  left_->addWidget(library_->view());
  left_->setStretchFactor(0, 3);
  left_->setStretchFactor(1, 2);
  left_->setSizes({600, 400});
  across_->addWidget(left_);
  across_->addWidget(down_);
  across_->setStretchFactor(0, 1);
  across_->setStretchFactor(1, 4);
  across_->setSizes({kTreeWidth, kFirstSize.width() - kTreeWidth});

  auto* centre = new QWidget;
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(workspaceBar_);
  layout->addWidget(captions_);
  layout->addWidget(across_, 1);
  return centre;
}

void MainWindow::buildStatusBar() {
  statusBar()->setSizeGripEnabled(false);
  auto* summary = new StatusSummary(bridge_);
  summary->setContentsMargins(8, 2, 8, 2);
  statusBar()->addWidget(summary, 1);
}

void MainWindow::connectActions() {
  connect(actions_.newServer, &QAction::triggered, this, [this] {
    panels_->setCurrentWidget(panels_->server());
    panels_->server()->addNewPage();
  });
  connect(actions_.newClient, &QAction::triggered, this, [this] {
    panels_->setCurrentWidget(panels_->client());
    panels_->client()->addNewPage();
  });
  connect(actions_.newWindow, &QAction::triggered, this, [] {
    QProcess::startDetached(QCoreApplication::applicationFilePath(), {QStringLiteral("--new-window")});
  });
  connect(actions_.quit, &QAction::triggered, this, &QWidget::close);
  connect(actions_.goToSessions, &QAction::triggered, tree_,
          [this] { tree_->setFocus(Qt::ShortcutFocusReason); });
  connect(actions_.act, &QAction::triggered, this, [this] { panels_->current()->act(); });
  connect(actions_.cancel, &QAction::triggered, this, [this] { panels_->current()->cancel(); });
  connect(actions_.send, &QAction::triggered, this, [this] {
    const auto composers = panels_->current()->findChildren<Composer*>();
    for (Composer* composer : composers) {
      if (composer->isVisible()) return composer->send();
    }
  });
  connect(actions_.tryIt, &QAction::triggered, tryIt_, &TryIt::start);
  connect(actions_.memory, &QAction::triggered, this,
          [this] { (new MemoryDialog(bridge_->log().shared_from_this(), settings_, this))->show(); });
  connect(welcome_, &WelcomeView::tryItRequested, tryIt_, &TryIt::start);
  connect(actions_.help, &QAction::triggered, help_, &HelpDesk::openForFocus);
  connect(actions_.helpContents, &QAction::triggered, help_, [this] { help_->open({}); });
  connect(actions_.keys, &QAction::triggered, this,
          [this] { (new KeyList(menuActions(this), this))->show(); });
  connect(actions_.about, &QAction::triggered, this, [this] { (new AboutBox(this))->show(); });
}

void MainWindow::connectPanelActions() {
  for (int i = 0; i < panels_->count(); ++i) {
    QAction* action = addPanelAction(actions_, i + 1, panels_->tabText(i));
    auto* panel = qobject_cast<Panel*>(panels_->widget(i));
    connect(action, &QAction::triggered, panels_, [this, panel] { panels_->show(panel); });
  }
}

void MainWindow::connectThemeActions() {
  const auto actions = actions_.theme->actions();
  for (QAction* action : actions) {
    action->setChecked(action->data().toInt() == static_cast<int>(theme::mode()));
  }
  connect(actions_.theme, &QActionGroup::triggered, this, [](const QAction* action) {
    theme::apply(*qApp, static_cast<theme::Mode>(action->data().toInt()));
  });
}

void MainWindow::connectLibrary() {
  constexpr int kSeen = 8000;  // milliseconds that a line stands in the status bar
  LibraryView* view = library_->view();
  actions_.library->setChecked(true);
  connect(actions_.library, &QAction::toggled, view, &QWidget::setVisible);
  connect(actions_.library, &QAction::triggered, view, [view](bool shown) {
    if (shown) view->focusFirst();
  });
  connect(library_, &LibraryDesk::viewRequested, this, [this] { actions_.library->setChecked(true); });
  connect(library_, &LibraryDesk::told, this,
          [this](const QString& text) { statusBar()->showMessage(text, kSeen); });
}

void MainWindow::connectSelection() {
  connect(tree_, &SessionTree::sessionChosen, this, [this](SessionId id) {
    panels_->showSession(id);
    chooseSession(id);
  });
  connect(panels_, &PanelTabs::sessionSelected, this, [this](SessionId id) {
    tree_->select(id);
    chooseSession(id);
  });
  connect(traffic_, &TrafficPanel::sessionActivated, this, [this](SessionId id) {
    tree_->select(id);
    panels_->showSession(id);
  });
  auto* table = traffic_->findChild<TrafficTable*>(QStringLiteral("trafficTable"));
  connect(panels_->client(), &ClientPanel::rowActivated, table,
          [table](const LogRow& row) { table->showRow(row.number); });
}

void MainWindow::connectInspection(const SessionCommands* commands) {
  const auto inspectBy = [this](auto* sender, auto signal, TrafficPanel::SessionPart part) {
    connect(sender, signal, this, [this, part](SessionId id) {
      tree_->select(id);
      chooseSession(id);
      giveTraffic(traffic_->heightToInspect());
      traffic_->inspectSession(id, part);
    });
  };
  inspectBy(commands, &SessionCommands::detailsRequested, TrafficPanel::SessionPart::details);
  inspectBy(commands, &SessionCommands::optionsRequested, TrafficPanel::SessionPart::options);
  inspectBy(commands, &SessionCommands::streamRequested, TrafficPanel::SessionPart::stream);
  inspectBy(panels_, &PanelTabs::detailsRequested, TrafficPanel::SessionPart::details);
  inspectBy(panels_, &PanelTabs::optionsRequested, TrafficPanel::SessionPart::options);
}

void MainWindow::chooseSession(SessionId id) {
  actions_.onlySession->setEnabled(static_cast<bool>(id));
  traffic_->showSession(id);
  help_->setSession(id);
}

// The menu's switch is the timeline's button, in other words.
void MainWindow::mirror(QAction* action, const QString& name) {
  auto* button = traffic_->findChild<QAbstractButton*>(name);
  action->setChecked(button->isChecked());
  connect(action, &QAction::triggered, button, &QAbstractButton::click);
  connect(button, &QAbstractButton::toggled, action, &QAction::setChecked);
}

void MainWindow::connectTimelineActions() {
  const auto* model = traffic_->findChild<TrafficModel*>();
  actions_.onlySession->setEnabled(false);
  connect(actions_.onlySession, &QAction::triggered, this,
          [this](bool only) { traffic_->showOnlySession(only ? tree_->current() : SessionId{}); });
  connect(model, &TrafficModel::onlySessionChanged, this, [this](SessionId id) {
    actions_.onlySession->setChecked(static_cast<bool>(id));
    actions_.onlySession->setEnabled(id || tree_->current());
  });
  mirror(actions_.follow, QStringLiteral("trafficFollowButton"));
  mirror(actions_.inspector, QStringLiteral("trafficInspectButton"));
  connect(actions_.freeze, &QAction::triggered, traffic_, &TrafficPanel::toggleFreeze);
  connect(actions_.clearTraffic, &QAction::triggered, traffic_, &TrafficPanel::clear);
  connect(actions_.filterTraffic, &QAction::triggered, traffic_, &TrafficPanel::focusFilter);
  connect(actions_.goToTraffic, &QAction::triggered, traffic_, &TrafficPanel::focusTable);
}

void MainWindow::connectCaptureActions() {
  setAcceptDrops(true);
  connect(actions_.openCapture, &QAction::triggered, captures_, &CaptureDesk::askWhich);
  connect(captures_, &CaptureDesk::helpRequested, help_, &HelpDesk::open);
  connect(actions_.recentCaptures, &QMenu::aboutToShow, captures_,
          [this] { captures_->fillRecent(actions_.recentCaptures); });
  actions_.file->insertActions(actions_.quit, traffic_->captureActions());
  actions_.file->insertSeparator(actions_.quit);
  const TimelineTools* tools = traffic_->tools();
  actions_.edit->addSeparator();
  actions_.edit->addActions(tools->findActions());
  actions_.edit->addSeparator();
  actions_.edit->addActions(tools->noteActions());
  actions_.edit->addAction(tools->colours());
}

void MainWindow::connectTalks() {
  auto* desk = new TalkDesk(bridge_, this);
  desk->serve(traffic_);
  connect(captures_, &CaptureDesk::opened, desk,
          [desk](CaptureWindow* window) { desk->serve(window->traffic()); });
  connect(desk, &TalkDesk::recorded, this, [this](const QByteArray& text) {
    panels_->newScenario(text);
    raiseToFront();
  });
}

void MainWindow::showTimelineOnceThereIsOne() {
  const auto look = [this] {
    const bool empty = bridge_->log().first() == bridge_->log().end() && bridge_->snapshots().isEmpty() &&
                       !traffic_->captures()->isTelling();
    QWidget* shown = empty ? static_cast<QWidget*>(welcome_) : traffic_;
    if (shown == lower_->currentWidget()) return;
    lower_->setCurrentWidget(shown);
    shareHeight();
  };
  connect(bridge_, &EngineBridge::trafficChanged, this, look);
  connect(bridge_, &EngineBridge::sessionsChanged, this, look);
  connect(bridge_, &EngineBridge::sessionsForgotten, this, look);
  connect(traffic_->captures(), &CaptureControls::told, this, look);
  look();
}

void MainWindow::open(const LaunchRequest& request) {
  for (const Endpoint& endpoint : request.listen) {
    panels_->setCurrentWidget(panels_->server());
    ListenSpec spec;
    spec.endpoint = endpoint;
    panels_->server()->openServer(spec);
  }
  for (const Endpoint& endpoint : request.connect) {
    panels_->setCurrentWidget(panels_->client());
    ConnectSpec spec;
    spec.endpoint = endpoint;
    panels_->client()->openClient(spec);
  }
  for (const std::string& path : request.captures) openFile(QFile::decodeName(path.c_str()));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!CaptureDesk::filesOf(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QStringList files = CaptureDesk::filesOf(event->mimeData());
  for (const QString& file : files) openFile(file);
  event->acceptProposedAction();
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (focusWidget() == nullptr) panels_->current()->focusFirst();
}

// At least `height`, as far as two thirds of the window go.
void MainWindow::giveTraffic(int height) {
  const int all = down_->height();
  const int wanted = std::min(height, all * 2 / 3);
  if (lower_->height() < wanted) down_->setSizes({all - wanted, wanted});
}

bool MainWindow::isLow() const {
  return height() < kLowWindow;
}

// Until a person moves the border. Before there is a timeline, the panel has the greater part.
void MainWindow::shareHeight() {
  if (borderIsMoved_) return;
  const bool empty = lower_->currentWidget() == welcome_;
  const int most = std::max(Panel::kUsualHeight, height() - kTimelineRoom);
  const int wanted = std::min(panels_->current()->heightWanted(), most);
  const int panel = isLow() ? kPanelHeightWhenLow : empty ? kPanelHeightBeforeTraffic : wanted;
  down_->setSizes({panel, std::max(1, height() - panel)});
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  // Only when it becomes low or ceases to be: in between a person's own shares stay.
  if (std::exchange(wasLow_, isLow()) != isLow()) shareHeight();
}

void MainWindow::raiseToFront() {
  setWindowState(windowState() & ~Qt::WindowMinimized);
  show();
  raise();
  activateWindow();
}

}  // namespace sockbench::ui
