#include "ui/window/actions.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Actions", text);
}

// Adds actions to one menu; an action's object name is the name that it has in Actions, plus "Action".
class MenuMaker {
 public:
  MenuMaker(QMainWindow* window, const char* name, const QString& title)
      : window_(window), menu_(window->menuBar()->addMenu(title)) {
    menu_->setObjectName(QString::fromLatin1(name) + QStringLiteral("Menu"));
  }

  QAction* add(const char* name, const QString& text, const QKeySequence& key = {}, const QString& tip = {}) {
    QAction* action = menu_->addAction(text);
    action->setObjectName(QString::fromLatin1(name) + QStringLiteral("Action"));
    action->setShortcut(key);
    if (!tip.isEmpty()) action->setStatusTip(tip);
    return action;
  }

  // A key that works only where the focus is on the widget that listens for it itself (Space would otherwise
  // be taken from every edit). The menu shows it.
  QAction* addWithLocalKey(const char* name, const QString& text, const QKeySequence& key) {
    QAction* action = add(name, text, key);
    action->setShortcutContext(Qt::WidgetShortcut);
    return action;
  }

  QAction* addSwitch(const char* name, const QString& text, const QKeySequence& key = {}) {
    QAction* action = add(name, text, key);
    action->setCheckable(true);
    return action;
  }

  void addAlso(QAction* action) { menu_->addAction(action); }  // it stands in another menu, too
  void separate() { menu_->addSeparator(); }
  QMenu* addMenu(const char* name, const QString& title) {
    QMenu* menu = menu_->addMenu(title);
    menu->setObjectName(QString::fromLatin1(name) + QStringLiteral("Menu"));
    return menu;
  }
  QMainWindow* window() const { return window_; }
  QMenu* menu() const { return menu_; }

 private:
  QMainWindow* window_;
  QMenu* menu_;
};

void makeWorkspaceActions(MenuMaker& menu, Actions& actions) {
  actions.newWorkspace =
      menu.add("newWorkspace", tr("New &workspace"), {}, tr("Empty forms; what is open stays open"));
  actions.openWorkspace =
      menu.add("openWorkspace", tr("Open wor&kspace\u2026"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O),
               tr("The whole bench out of a file: forms, rules, variables; starts nothing"));
  actions.recentWorkspaces = menu.addMenu("recentWorkspaces", tr("R&ecent workspaces"));
  actions.saveWorkspace = menu.add("saveWorkspace", tr("&Save workspace"), QKeySequence(Qt::CTRL | Qt::Key_S),
                                   tr("The whole bench into a text file"));
  actions.saveWorkspaceAs = menu.add("saveWorkspaceAs", tr("Save workspace &as\u2026"),
                                     QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S));
  actions.autosave = menu.addSwitch("autosave", tr("Sa&ve by itself"));
  actions.autosave->setStatusTip(tr("A workspace that has a file is saved a moment after each change"));
}

void makeFileMenu(QMainWindow* window, Actions& actions) {
  MenuMaker menu(window, "file", tr("&File"));
  actions.newServer =
      menu.add("newServer", tr("New &server"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
  actions.newClient =
      menu.add("newClient", tr("New &client"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
  actions.newWindow = menu.add("newWindow", tr("New win&dow"), QKeySequence(Qt::CTRL | Qt::Key_N));
  menu.separate();
  makeWorkspaceActions(menu, actions);
  menu.separate();
  actions.openCapture = menu.add("openCapture", tr("&Open capture\u2026"), QKeySequence(QKeySequence::Open),
                                 tr("Open a pcapng or pcap file in a window of its own"));
  actions.recentCaptures = menu.addMenu("recentCaptures", tr("Open &recent"));
  actions.file = menu.menu();
  menu.separate();
  actions.quit = menu.add("quit", tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q));
  actions.quit->setMenuRole(QAction::QuitRole);
}

void makeEditMenu(QMainWindow* window, Actions& actions) {
  MenuMaker menu(window, "edit", tr("&Edit"));
  actions.edit = menu.menu();
  actions.filterTraffic =
      menu.add("filterTraffic", tr("&Filter the timeline"), QKeySequence(Qt::CTRL | Qt::Key_F),
               tr("Which rows of the timeline are shown"));
  actions.clearTraffic =
      menu.add("clearTraffic", tr("&Clear the timeline"), QKeySequence(Qt::CTRL | Qt::Key_L));
  actions.forgetClosed =
      menu.add("forgetClosed", tr("&Remove closed sessions"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
}

void makeThemeMenu(MenuMaker& menu, Actions& actions) {
  QMenu* choices = menu.addMenu("theme", tr("&Theme"));
  actions.theme = new QActionGroup(menu.window());
  const struct {
    const char* name;
    QString text;
    theme::Mode mode;
  } themes[] = {{"themeSystem", tr("&System"), theme::Mode::system},
                {"themeLight", tr("&Light"), theme::Mode::light},
                {"themeDark", tr("&Dark"), theme::Mode::dark}};
  for (const auto& choice : themes) {
    QAction* action = choices->addAction(choice.text);
    action->setObjectName(QString::fromLatin1(choice.name) + QStringLiteral("Action"));
    action->setCheckable(true);
    action->setData(static_cast<int>(choice.mode));
    actions.theme->addAction(action);
  }
}

void makeViewMenu(QMainWindow* window, Actions& actions) {
  MenuMaker menu(window, "view", tr("&View"));
  actions.panels = menu.addMenu("panels", tr("&Panels"));
  actions.goToSessions = menu.add("goToSessions", tr("Go to the s&essions"), QKeySequence(Qt::Key_F6));
  actions.goToTraffic = menu.add("goToTraffic", tr("Go to the &timeline"), QKeySequence(Qt::Key_F7));
  actions.library = menu.addSwitch("library", tr("Saved sends and &history"),
                                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B));
  menu.separate();
  actions.onlySession =
      menu.addSwitch("onlySession", tr("&Only this session"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
  actions.follow =
      menu.addSwitch("follow", tr("&Follow the newest"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
  actions.freeze =
      menu.addWithLocalKey("freeze", tr("Free&ze or resume the timeline"), QKeySequence(Qt::Key_Space));
  actions.inspector = menu.addSwitch("inspector", tr("&Inspector"), QKeySequence(Qt::Key_F8));
  menu.separate();
  makeThemeMenu(menu, actions);
}

void makeSessionMenu(QMainWindow* window, Actions& actions) {
  MenuMaker menu(window, "session", tr("&Session"));
  actions.act = menu.add("act", tr("&Look up, start or connect"), QKeySequence(Qt::Key_F5));
  actions.cancel = menu.add("cancel", tr("C&ancel"), QKeySequence(Qt::Key_Escape));
  actions.send =
      menu.addWithLocalKey("send", tr("Se&nd the message"), QKeySequence(Qt::CTRL | Qt::Key_Return));
  actions.savedSends = menu.addMenu("savedSends", tr("Sa&ved sends"));
  menu.separate();
  actions.halfClose = menu.add("halfClose", tr("&Half-close"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H),
                               tr("No more is sent (FIN); what the peer still says is received"));
  actions.close = menu.add("close", tr("&Close"), QKeySequence(Qt::CTRL | Qt::Key_W),
                           tr("Sends what is queued, then closes; of a server: stops listening"));
  actions.reset = menu.add("reset", tr("&Reset"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
                           tr("Closes at once; TCP sends RST"));
  menu.separate();
  actions.details = menu.add("details", tr("&Details"), QKeySequence(Qt::CTRL | Qt::Key_I),
                             tr("How the session stands, and what the kernel says of its socket"));
  actions.options = menu.add("options", tr("Socket &options"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I),
                             tr("Every option of its socket, to be read and changed"));
  actions.stream =
      menu.add("stream", tr("&Follow the stream"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T),
               tr("Both sides of its conversation, cut into frames"));
  menu.addAlso(actions.onlySession);
}

void makeToolsAndHelpMenus(QMainWindow* window, Actions& actions) {
  MenuMaker tools(window, "tools", tr("&Tools"));
  actions.tryIt = tools.add("tryIt", tr("&Try it: echo server + client"), QKeySequence(Qt::CTRL | Qt::Key_T));
  actions.memory =
      tools.add("memory", tr("&Memory and disk\u2026"), {}, tr("How much traffic is kept, and where"));
  actions.variables =
      tools.add("variables", tr("&Variables\u2026"), {}, tr("Names that messages have as {{NAME}}"));
  MenuMaker help(window, "help", tr("&Help"));
  actions.help = help.add("help", tr("&Help on this"), QKeySequence(Qt::Key_F1),
                          tr("The page about what has the focus"));
  actions.helpContents = help.add("helpContents", tr("&Contents"));
  actions.keys = help.add("keys", tr("&Keys"), QKeySequence(Qt::CTRL | Qt::Key_F1));
  help.separate();
  actions.about = help.add("about", tr("&About Sockbench"));
  actions.about->setMenuRole(QAction::AboutRole);
}

void collect(const QList<QAction*>& actions, QList<QAction*>& found) {
  for (QAction* action : actions) {
    if (action->menu() != nullptr) {
      collect(action->menu()->actions(), found);
    } else if (!action->isSeparator() && !found.contains(action)) {
      found.append(action);
    }
  }
}

}  // namespace

Actions makeActions(QMainWindow* window) {
  Actions actions{};
  makeFileMenu(window, actions);
  makeEditMenu(window, actions);
  makeViewMenu(window, actions);
  makeSessionMenu(window, actions);
  makeToolsAndHelpMenus(window, actions);
  return actions;
}

QAction* addPanelAction(const Actions& actions, int number, const QString& title) {
  QAction* action = actions.panels->addAction(title);
  action->setObjectName(QStringLiteral("panel%1Action").arg(number));
  if (number <= 9) action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
  return action;
}

QList<QAction*> menuActions(const QMainWindow* window) {
  QList<QAction*> found;
  collect(window->menuBar()->actions(), found);
  return found;
}

}  // namespace sockbench::ui
