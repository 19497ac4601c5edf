// TrafficTable: the timeline as it is looked at: arrows and colours by direction, a tick in the session's
// colour, follow mode, and copying. Thread: gui.
//
// Self-contained: give it a TrafficModel (of the whole log or of one session) and see to it that the model is
// refreshed. Space asks for a freeze (freezeRequested); the owner decides.
// Object names: "trafficNewRowsButton" (the button that brings back following), "trafficClearFilterButton"
// (where no row passes the filter).
#pragma once

#include <QTableView>
#include <optional>

#include "ui/bridge/core_types.h"
#include "ui/models/traffic_copy.h"
#include "ui/models/traffic_model.h"

class QMenu;
class QPushButton;

namespace sockbench::ui {

class TrafficColumns;
class TrafficEmptyHint;

class TrafficTable : public QTableView {
  Q_OBJECT
 public:
  explicit TrafficTable(QWidget* parent = nullptr);

  void setModel(TrafficModel* model);  // not owned
  TrafficModel* trafficModel() const { return model_; }

  // Following (the beginning), the newest row is kept in view. It stops when a person scrolls or moves up,
  // and comes back at the bottom or by the button.
  void setFollowing(bool following);
  bool following() const { return following_; }
  std::uint64_t rowsBelow() const { return unseen_; }  // rows that came since following stopped

  std::optional<LogRow> currentLogRow() const;  // nullopt: none, or evicted
  void showRow(std::uint64_t number);           // selected, into view too; nothing when it is not shown

  // The columns as a person left them; until then they fit themselves to the width (the least wanted ones are
  // hidden where it is small), and what is saved is empty.
  QByteArray saveColumns() const;
  void restoreColumns(const QByteArray& state);

  QString selectedText(CopyForm form) const;  // of the selected rows, bounded

 signals:
  void rowActivated(const sockbench::LogRow& row);  // it became the current row
  void sessionOpened(sockbench::SessionId id);      // double-click or Return on one of its rows
  void followingChanged(bool following);
  void onlySessionRequested(sockbench::SessionId id);  // 0: all again
  void streamRequested(sockbench::SessionId id);       // its conversation
  void freezeRequested();
  void compareRequested(const sockbench::LogRow& earlier, const sockbench::LogRow& later);
  void compareRefused(const QString& why);  // there is nothing to compare with
  void filterClearRequested();
  // The menu of `cell` is about to open: whoever has something to do with a row adds it.
  void menuOpening(QMenu* menu, const QModelIndex& cell);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void changeEvent(QEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  void setModel(QAbstractItemModel* model) override;
  void applyMetrics();
  void onScrolled(int value);
  void toBottom();
  void setTopRow(int row);
  void rowsCame(int count);
  void beforeRemoval(int first, int last);
  void afterRemoval(int count);
  void beforeReset();
  void afterReset();
  void seekWanted();
  void placeNewRowsButton();
  void copy(CopyForm form) const;

  TrafficModel* model_ = nullptr;
  QPushButton* newRows_;
  TrafficEmptyHint* emptyHint_;
  TrafficColumns* columns_;
  bool following_ = true;
  bool adjusting_ = false;  // the scroll bar moves by our hand
  bool removing_ = false;
  bool seeking_ = false;  // the current row changes by our hand
  std::uint64_t unseen_ = 0;
  int topBeforeRemoval_ = 0;
  std::optional<std::uint64_t> wanted_;  // the row that was current before a reset, until another one is
};

}  // namespace sockbench::ui
