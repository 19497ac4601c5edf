// WorkspaceDesk: the workspace that the window shows: new, opened, saved, looked after. It knows no widget:
// what a workspace consists of are sections, each written and read by whoever owns it.
//
// Whether something has changed is looked at a moment after a person has pressed or released a key or a
// button; an idle window does nothing. Then, with autosave, a workspace that has a file is saved; else what
// changed is kept in a file for recovery, which goes away when the window closes and is offered at the next
// start when the program was killed.
// Thread: gui. Object names: "openWorkspaceDialog", "saveWorkspaceDialog", of the menu's actions
// "recentWorkspaceAction".
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <string>
#include <vector>

#include "core/workspace/workspace_file.h"

class QMenu;
class QSettings;
class QWidget;

namespace sockbench::ui {

class WorkspaceBar;

// One key of the file. `restore` is called with what stands there, or with an empty table where nothing does;
// it must not send or start anything. `told`: a change of it makes the workspace a modified one; layout does
// not.
struct WorkspaceSection {
  std::string key;
  std::function<TomlTable()> save;
  std::function<Result<void>(const TomlTable&)> restore;
  bool told = true;
};

class WorkspaceDesk : public QObject {
  Q_OBJECT
 public:
  static constexpr qsizetype kMostRecent = 10;

  // `place`: the window over which questions are asked; `bar`: where things are said.
  WorkspaceDesk(QWidget* place, WorkspaceBar* bar);
  ~WorkspaceDesk() override;  // takes the recovery file away

  void addSection(WorkspaceSection section);  // in the order of the file
  // The recent files and autosave; `folder`: where files for recovery are kept, made when it is needed. Both
  // outlive the desk.
  void remember(QSettings* settings, const QString& folder);

  void newOne();
  // False: it stays as it was, and why is said.
  bool open(const QString& path);
  bool save();  // asks where when there is no file yet (false)
  bool saveAs(const QString& path);
  void askWhich();
  void askWhere();
  void fillRecent(QMenu* menu);  // whenever it is about to be shown

  bool autosaves() const { return autosave_; }
  void setAutosave(bool on);
  QString path() const;  // empty: it has no file yet
  QString name() const;  // of the file, without its folder; visible; empty: none yet
  bool isModified() const { return modified_; }
  void look();  // now, whether something has changed

  // Whether the window may close: what changed is saved by autosave, or asked about in place, and false; the
  // answer closes the window.
  bool mayClose();
  // The window will close without a question (the system asks for it): what is not saved is kept for
  // recovery.
  void leaveForRecovery();

 signals:
  void changed();  // path() or isModified()

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  TomlTable made() const;
  TomlTable told() const;  // what makes it modified, of what is made
  bool restore(const WorkspaceFile& file);
  void settle();  // what is there now is what is in the file
  void setModified(bool modified);
  void note(const QString& path);
  void keepForRecovery();
  void dropRecovery();
  void offerRecovery();
  void askBefore(const QString& question, const std::function<void()>& go);

  QWidget* place_;
  WorkspaceBar* bar_;
  QSettings* settings_ = nullptr;
  std::vector<WorkspaceSection> sections_;
  WorkspaceFile file_;
  TomlTable settled_;
  QTimer soon_;
  QString recoveryFolder_;
  QString recovery_;     // our file there; empty: none
  TomlTable recovered_;  // what it holds
  QStringList recent_;
  bool autosave_ = false;
  bool modified_ = false;
  bool closing_ = false;
};

}  // namespace sockbench::ui
