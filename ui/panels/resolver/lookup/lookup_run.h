// LookupRun: the look-ups of any number of hosts, getaddrinfo and gethostbyname_ex beside it, each answered
// by itself: the error of one stops no other. Thread: gui.
//
// No more than kAtOnce look-ups are under way, so that the time limit of each is its own and what else the
// window looks up meanwhile finds a thread of the Resolver's free. The addresses of all hosts come first.
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <chrono>
#include <vector>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class EngineBridge;

class LookupRun : public QObject {
  Q_OBJECT
 public:
  static constexpr int kAtOnce = 12;  // of the Resolver's 16 threads

  explicit LookupRun(EngineBridge* bridge, QObject* parent = nullptr);  // the bridge outlives it

  // Host `i` is answered with the number i. `common` is the query but for its host. "*" has no host entry to
  // ask for, so that only its addresses are. A run under way is abandoned: it answers no more. `limit` 0:
  // none.
  void start(const QStringList& hosts, const AddressQuery& common, std::chrono::milliseconds limit);
  void cancel();  // what has not answered yet, or was not asked yet, answers ECANCELED

  bool isRunning() const { return answered_ < asked(); }
  int hostEntries() const { return static_cast<int>(named_.size()); }
  int hostEntriesAnswered() const { return entriesAnswered_; }
  std::chrono::milliseconds elapsed() const {
    return std::chrono::milliseconds(clock_.isValid() ? clock_.elapsed() : 0);
  }

 signals:
  void addressesAnswered(int host, const sockbench::LookupOutcome<sockbench::AddressAnswer>& outcome);
  void hostAnswered(int host, const sockbench::LookupOutcome<sockbench::HostInfo>& outcome);
  void finished();

 private:
  int asked() const { return static_cast<int>(hosts_.size() + named_.size()); }
  void askNext();
  void askMore();
  void refuseRest();
  int take(LookupId id);  // the host of a look-up of this run, which is then done; else -1
  void countOne();

  EngineBridge* bridge_;
  QStringList hosts_;
  AddressQuery common_;
  std::chrono::milliseconds limit_{};
  std::vector<int> named_;  // the hosts that are not "*"
  int next_ = 0;            // of hosts_ and then named_: what is asked next
  QHash<quint64, int> pending_;
  QElapsedTimer clock_;
  int answered_ = 0;
  int entriesAnswered_ = 0;
};

}  // namespace sockbench::ui
