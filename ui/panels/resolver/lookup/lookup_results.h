// LookupResults: a look-up of up to ten thousand hosts, as rows of two tables and as values. What has been
// answered comes into the tables in small portions, so that the window stays live however fast answers come.
// Thread: gui.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <deque>
#include <optional>
#include <vector>

#include "ui/models/looked_up_host.h"
#include "ui/panels/resolver/grouped_rows_model.h"
#include "ui/panels/resolver/lookup/host_edit.h"
#include "ui/panels/resolver/lookup/lookup_run.h"

namespace sockbench::ui {

class LookupResults : public QObject {
  Q_OBJECT
 public:
  explicit LookupResults(EngineBridge* bridge, QObject* parent = nullptr);  // the bridge outlives it

  // A line with a fault is answered by it at once. What was under way is abandoned. `common`, `limit`: see
  // LookupRun.
  void start(const QList<HostLine>& lines, const AddressQuery& common, std::chrono::milliseconds limit);
  void cancel();  // what has not answered yet ends as ECANCELED

  bool isRunning() const { return running_; }  // until every answer stands in its table
  bool wasCancelled() const { return cancelled_; }
  std::chrono::milliseconds elapsed() const { return run_->elapsed(); }
  int hosts() const { return static_cast<int>(lines_.size()); }
  int answered() const { return answeredHosts_; }  // hosts whose addresses, or whose error, are there
  int failed() const { return failed_; }           // those of them without addresses
  int found() const { return found_; }             // addresses
  // Of gethostbyname_ex's view beside it, which comes after the addresses.
  int hostEntries() const { return run_->hostEntries(); }
  int hostEntriesAnswered() const { return run_->hostEntriesAnswered(); }
  QStringList faultSymbols() const { return faults_; }        // of the failed hosts, each once
  const AddressQuery& question() const { return question_; }  // but for its host
  // In the order in which the hosts were given; those that have their answer.
  QList<LookedUpHost> results() const;

  GroupedRowsModel* addresses() const { return addresses_; }  // a group a line: waiting, fault or addresses
  GroupedRowsModel* hostInfo() const { return hostInfo_; }

 signals:
  void began();     // nothing is answered yet
  void changed();   // the counts, the results: at most once in kTick while it runs
  void finished();  // after the last changed()

 private:
  struct Due {
    int line = 0;
    std::optional<LookupOutcome<HostInfo>> host;  // nullopt: its addresses are
  };
  void settle(int line, LookupOutcome<AddressAnswer> outcome);
  void showMore();
  void show(const Due& due);
  void endIfDone();

  LookupRun* run_;
  GroupedRowsModel* addresses_;
  GroupedRowsModel* hostInfo_;
  QTimer portion_;
  QTimer ticker_;

  AddressQuery question_;
  QList<HostLine> lines_;
  std::vector<int> asked_;                             // of the run's host: its line
  std::vector<std::optional<LookedUpHost>> answered_;  // of each line
  std::deque<Due> due_;                                // answered, but not in a table yet
  QStringList faults_;
  int answeredHosts_ = 0;
  int failed_ = 0;
  int found_ = 0;
  bool running_ = false;
  bool cancelled_ = false;
};

}  // namespace sockbench::ui
