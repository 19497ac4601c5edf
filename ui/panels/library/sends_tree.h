// SendsTree: the saved sends and their folders, to be put in order by hand: names with the key and, dimmed,
// the beginning of the message. Thread: gui.
//
// Object name: "libraryTree".
#pragma once

#include <QTreeView>

#include "core/workspace/saved_sends.h"

class QMenu;

namespace sockbench::ui {

class SavedSendsFilter;
class SavedSendsModel;

class SendsTree : public QTreeView {
  Q_OBJECT
 public:
  explicit SendsTree(SavedSendsModel* model, QWidget* parent = nullptr);  // the model outlives it

  SendNodeId current() const;  // none: nothing is
  void goTo(SendNodeId id);    // in sight and current
  void startRename(SendNodeId id);
  // Where something new goes: into the current folder, or behind the current send.
  std::pair<SendNodeId, std::size_t> placeForNew() const;
  void setSearch(const QString& text);

 public slots:
  void addFolder();  // and lets its name be typed
  void removeCurrent();

 signals:
  void sendRequested(sockbench::SendNodeId id);  // double-click, Return
  void editRequested(sockbench::SendNodeId id);  // in the composer
  void currentNodeChanged();
  void refused(const sockbench::Error& error);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void startDrag(Qt::DropActions actions) override;

 private:
  void addKeys(QMenu* menu, SendNodeId id);
  void duplicateCurrent();

  SavedSendsModel* sends_;
  SavedSendsFilter* filter_;
};

}  // namespace sockbench::ui
