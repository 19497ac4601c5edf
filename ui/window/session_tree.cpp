#include "ui/window/session_tree.h"

#include <QScopedValueRollback>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/session_tree_model.h"
#include "ui/widgets/help_page.h"
#include "ui/window/session_tree_delegate.h"

namespace sockbench::ui {

SessionTree::SessionTree(EngineBridge* bridge, QWidget* parent)
    : QTreeView(parent), sessions_(new SessionTreeModel(this)) {
  setHelpPage(this, QStringLiteral("tcp-states"));
  setObjectName(QStringLiteral("sessionTree"));
  setAccessibleName(tr("Sessions"));
  setHeaderHidden(true);
  setUniformRowHeights(true);
  setIndentation(16);
  setEditTriggers(NoEditTriggers);
  setTextElideMode(Qt::ElideRight);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setItemDelegate(new SessionTreeDelegate(this));
  sessions_->follow(*bridge);
  setModel(sessions_);
  expandAll();
  connect(sessions_, &SessionTreeModel::dataChanged, this, &SessionTree::currentSessionChanged);
}

SessionId SessionTree::current() const {
  return sessions_->sessionAt(currentIndex());
}

void SessionTree::select(SessionId id) {
  const QModelIndex index = sessions_->indexOf(id);
  wanted_ = index.isValid() ? SessionId{} : id;
  if (!index.isValid() || index == currentIndex()) return;
  const QScopedValueRollback quiet(selecting_, true);
  setCurrentIndex(index);
}

void SessionTree::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTreeView::currentChanged(current, previous);
  emit currentSessionChanged();
  if (selecting_) return;
  wanted_ = {};
  emit sessionChosen(sessions_->sessionAt(current));
}

void SessionTree::rowsInserted(const QModelIndex& parent, int first, int last) {
  QTreeView::rowsInserted(parent, first, last);
  // A server's first connections are seen; afterwards a person may fold it and it stays folded. Many clients
  // would fill the tree.
  if (parent.isValid() && first == 0 && !sessions_->isGroup(parent)) expand(parent);
  if (wanted_) select(wanted_);
}

}  // namespace sockbench::ui
