// SavedPage: the saved sends under a search, with what can be done to the current one, and a line by which
// the last removal is taken back. Thread: gui.
//
// Object names: "librarySearchEdit", "libraryTree", "librarySendButton", "libraryEditButton",
// "libraryFolderButton", "libraryUndoBar", "libraryUndoButton".
#pragma once

#include <QWidget>

#include "core/workspace/saved_sends.h"

class QLineEdit;
class QToolButton;

namespace sockbench::ui {

class ElidedLabel;
class EmptyHint;
class SavedSendsModel;
class SendsTree;

class SavedPage : public QWidget {
  Q_OBJECT
 public:
  explicit SavedPage(SavedSendsModel* sends, QWidget* parent = nullptr);  // outlives it

  SendsTree* tree() const { return tree_; }
  // Keeps `send` where the tree points to, and lets its name be typed.
  void save(SavedSend send);

 signals:
  void sendRequested(const sockbench::SavedSend& send);
  void editRequested(const sockbench::SavedSend& send);
  void refused(const sockbench::Error& error);

 private:
  void arrange();
  void connectParts();
  void ask(SendNodeId id, void (SavedPage::*wanted)(const SavedSend&));
  void refresh();
  void refreshUndo();

  SavedSendsModel* sends_;
  QLineEdit* search_;
  SendsTree* tree_;
  EmptyHint* hint_;
  QToolButton* send_;
  QToolButton* edit_;
  QToolButton* folder_;
  QWidget* undoBar_;
  ElidedLabel* undoLabel_;
  QToolButton* undo_;
};

}  // namespace sockbench::ui
