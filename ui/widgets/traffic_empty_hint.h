// TrafficEmptyHint: what stands in the middle of a timeline that shows no row, and why; where a filter is the
// reason, with a button to clear it. Thread: gui.
// Object name: "trafficClearFilterButton".
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace sockbench::ui {

class TrafficModel;

class TrafficEmptyHint : public QWidget {
  Q_OBJECT
 public:
  explicit TrafficEmptyHint(QTableView* table);  // its viewport becomes the parent
  void showFor(const TrafficModel& model);       // call when the model's rows or filter have changed

 signals:
  void filterClearRequested();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QTableView* table_;
  QLabel* label_;
  QPushButton* clear_;
};

}  // namespace sockbench::ui
