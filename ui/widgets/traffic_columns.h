// TrafficColumns: how wide the columns of a TrafficTable are, and which of them are shown. Thread: gui.
//
// They fit themselves to the window: where it is small, the least wanted give way, so that the preview keeps
// its room. Once a person has dragged, shown or hidden one, they stay as that person left them.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSet>

class QTableView;

namespace sockbench::ui {

class TrafficColumns : public QObject {
  Q_OBJECT
 public:
  explicit TrafficColumns(QTableView* table);  // a child of the table; its header must be in place

  void fit();                             // call when the table's width, font or model has changed
  void openMenu(const QPoint& position);  // which columns are shown; `position` in the header

  QByteArray save() const;  // empty until a person has chosen
  void restore(const QByteArray& state);

 private:
  int usualWidth(int column) const;
  void giveWay(int room);

  QTableView* table_;
  QSet<int> gaveWay_;  // columns that are hidden for want of room
  bool fitting_ = false;
  bool chosen_ = false;
};

}  // namespace sockbench::ui
