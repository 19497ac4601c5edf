// SessionTree: every server and client at the left of the window, each with its state's dot. Thread: gui.
#pragma once

#include <QTreeView>

#include "core/base/ids.h"

namespace sockbench::ui {

class EngineBridge;
class SessionTreeModel;

class SessionTree : public QTreeView {
  Q_OBJECT
 public:
  explicit SessionTree(EngineBridge* bridge, QWidget* parent = nullptr);

  SessionId current() const;  // none: nothing, or a group, is current
  void select(SessionId id);  // without sessionChosen; one that is not known yet, as soon as it is

 signals:
  void sessionChosen(sockbench::SessionId id);  // a person went to it; none: to a group
  void currentSessionChanged();                 // or its state did

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void rowsInserted(const QModelIndex& parent, int first, int last) override;

 private:
  SessionTreeModel* sessions_;
  SessionId wanted_;  // to be selected once it is known
  bool selecting_ = false;
};

}  // namespace sockbench::ui
