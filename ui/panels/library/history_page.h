// HistoryPage: what was sent by hand, the newest first, to be sent again, written into the composer or kept.
// Thread: gui.
//
// Object names: "libraryHistoryFilterEdit", "libraryHistoryTable", "libraryHistorySendButton",
// "libraryHistoryEditButton", "libraryHistorySaveButton", "libraryHistoryLabel".
#pragma once

#include <QWidget>

#include "core/workspace/saved_sends.h"

class QLineEdit;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;

namespace sockbench::ui {

class ElidedLabel;
class EmptyHint;
class SendHistoryModel;

class HistoryPage : public QWidget {
  Q_OBJECT
 public:
  explicit HistoryPage(SendHistoryModel* history, QWidget* parent = nullptr);  // outlives it

 signals:
  // The chosen message, under a name made of it.
  void sendRequested(const sockbench::SavedSend& send);
  void editRequested(const sockbench::SavedSend& send);
  void saveRequested(const sockbench::SavedSend& send);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void arrange();
  void refresh();
  void ask(void (HistoryPage::*wanted)(const SavedSend&));

  SendHistoryModel* history_;
  QSortFilterProxyModel* shown_;
  QLineEdit* filter_;
  QTableView* table_;
  EmptyHint* hint_;
  ElidedLabel* evicted_;
  QToolButton* send_;
  QToolButton* edit_;
  QToolButton* save_;
};

}  // namespace sockbench::ui
