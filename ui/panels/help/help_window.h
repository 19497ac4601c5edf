// HelpWindow: the pages of Help, with their contents at the left, a search over all of them, and the way
// back. It stands beside the main window and holds up nobody. Thread: gui.
//
// Object names: "helpWindow", "helpBackButton", "helpForwardButton", "helpHomeButton", "helpSearchEdit",
// "helpContentsTree", "helpHitsList", "helpView", "helpDiagram", "helpDiagramLabel".
#pragma once

#include <QList>
#include <QWidget>

#include "core/base/ids.h"
#include "ui/panels/help/help_library.h"

class QLineEdit;
class QListWidget;
class QSettings;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QTreeWidget;

namespace sockbench::ui {

class EngineBridge;
class HelpBrowser;
class SessionDiagram;

class HelpWindow : public QWidget {
  Q_OBJECT
 public:
  explicit HelpWindow(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  // "tcp-states", with a place in it "errors#EPERM". An unknown page is the first one. Remembered for the way
  // back.
  void showPage(const QString& page);
  QString page() const;                // the one that is shown
  void setSession(SessionId session);  // whose diagram the pages about connections show; see SessionDiagram
  const HelpLibrary& library() const { return library_; }

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Visit {
    QString page;
    QString anchor;
    int scroll = 0;  // where one was when one left it
  };
  QWidget* makeBar();
  QWidget* makeSide();
  void fillContents();
  void go(const QString& page, const QString& anchor);
  void step(qsizetype by);  // -1: back
  void present();
  void search();
  void choosePage(const QString& page);  // in the contents

  HelpLibrary library_;
  QToolButton* back_;
  QToolButton* forward_;
  QToolButton* home_;
  QLineEdit* search_;
  QStackedWidget* side_;
  QTreeWidget* contents_;
  QListWidget* hits_;
  HelpBrowser* view_;
  SessionDiagram* diagram_;
  QSplitter* across_;
  QSplitter* down_;
  QList<Visit> visits_;
  qsizetype at_ = -1;  // in visits_
};

}  // namespace sockbench::ui
