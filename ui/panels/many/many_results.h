// ManyResults: how many clients fare: their states in words, a table of them, how long connecting and answers
// take, and which errors were met. It looks at the swarm at most kLook apart, while it runs and is seen.
// Thread: gui.
//
// Object names: "manyStateLabel", "manyProgressBar", "manyStateFilterBox", "manyStatesTable",
// "manyLatencyTable", "manyLatencyChart", "manyErrorsTable".
#pragma once

#include <QTimer>
#include <QWidget>
#include <chrono>

#include "core/automation/many/client_swarm.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QSplitter;
class QTableView;

namespace sockbench::ui {

class EmptyHint;
class LatencyChart;
class SwarmClientsModel;
class TextRowsModel;

class ManyResults : public QWidget {
  Q_OBJECT
 public:
  static constexpr std::chrono::milliseconds kLook{250};

  explicit ManyResults(QWidget* parent = nullptr);
  // Looks at this one; nullptr: at none. It must stay until another is set.
  void setSwarm(const ClientSwarm* swarm);
  void refresh();

  QByteArray saveState() const;  // empty: as it was made
  void restoreState(const QByteArray& state);

 signals:
  void picked(sockbench::SessionId id);  // a person went to this client, which has a session

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QWidget* makeClients();
  QWidget* makeTimes();
  void makeTable(QTableView* table, TextRowsModel* model, const char* name, const QString& title,
                 const QList<int>& widths);
  void updateTicks();
  void showState(const SwarmTotals& totals);
  void showTimes();
  void showErrors();

  const ClientSwarm* swarm_ = nullptr;
  QLabel* state_;
  QProgressBar* progress_;
  QComboBox* filter_;
  SwarmClientsModel* clients_;
  QTableView* clientsTable_;
  TextRowsModel* times_;
  QTableView* timesTable_;
  LatencyChart* chart_;
  TextRowsModel* errors_;
  QTableView* errorsTable_;
  QSplitter* split_;
  bool isMoved_ = false;  // split_, by a person
  QTimer ticks_;
};

}  // namespace sockbench::ui
