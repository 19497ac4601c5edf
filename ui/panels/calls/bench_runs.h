// BenchRuns: what is run of the table's lines: one, all, from one on, an experiment. It keeps the model told
// of what became of them. Thread: gui.
#pragma once

#include <QObject>
#include <optional>

#include "core/calls/experiments/experiment.h"
#include "ui/models/calls_model.h"

namespace sockbench::ui {

class EngineBridge;

class BenchRuns : public QObject {
  Q_OBJECT
 public:
  BenchRuns(EngineBridge* bridge, CallsModel* model, QObject* parent);  // both outlive it

  CallsBridge* calls() const { return calls_; }
  void setKeepGoing(bool keep) { keepGoing_ = keep; }  // after a failure, in all() and from()

  quint64 line(const std::string& text);  // as a new row; answers its key
  void all();                             // closes everything first
  void from(int row);
  void experiment(const Experiment& experiment);  // its lines behind those that are there
  // Rows in ascending order; what waits in them is interrupted.
  void remove(const QList<int>& rows);
  void clear();  // closes everything and forgets every row

  // The row that a run of several lines has reached; -1: there is none, or it has ended.
  int reached() const;
  SessionId sessionOf(const CallRow& row) const;  // of the socket that the row is about; none: 0

 signals:
  void told(const QList<sockbench::ui::CallNews>& news);  // the model knows it already
  void runBegan();                                        // of several lines
  void experimentBegan(const sockbench::Experiment* experiment);
  void experimentEnded(const sockbench::Experiment* experiment,
                       const sockbench::ExperimentConclusion& conclusion);

 private:
  struct Running {
    const Experiment* experiment;
    quint64 firstKey;
    std::size_t lines;
  };
  void run(CallsBridge::Lines lines, CallsBridge::EndsWith endsWith = {});
  void conclude();

  CallsModel* model_;
  CallsBridge* calls_;
  bool keepGoing_ = false;
  quint64 run_ = 0;      // the run that is followed; 0: none
  quint64 reached_ = 0;  // the key of its newest row
  std::optional<Running> running_;
};

}  // namespace sockbench::ui
