// RaceTable: the waterfall of a race; its bars have what the other columns leave. Thread: gui.
#pragma once

#include <QTableView>

namespace sockbench::ui {

class RaceModel;

class RaceTable : public QTableView {
  Q_OBJECT
 public:
  explicit RaceTable(RaceModel* model, QWidget* parent = nullptr);  // the model outlives it

  void showHosts(bool several);  // the column of the hosts is there only for several

 protected:
  void resizeEvent(QResizeEvent* event) override;
};

}  // namespace sockbench::ui
