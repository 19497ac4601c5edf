// LookupRun: the look-ups of several hosts at once, getaddrinfo and gethostbyname_ex beside it, each answered
// by itself: the error of one stops no other. Thread: gui.
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <chrono>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class EngineBridge;

class LookupRun : public QObject {
  Q_OBJECT
 public:
  explicit LookupRun(EngineBridge* bridge, QObject* parent = nullptr);  // the bridge outlives it

  // Host `i` is answered with the number i. `common` is the query but for its host. "*" has no host entry to
  // ask for, so that only its addresses are. A run under way is abandoned. `limit` 0: none.
  void start(const QStringList& hosts, const AddressQuery& common, std::chrono::milliseconds limit);
  void cancel();  // each look-up that is still under way answers ECANCELED

  bool isRunning() const { return answered_ < asked_; }
  int asked() const { return asked_; }
  int answered() const { return answered_; }
  std::chrono::milliseconds elapsed() const {
    return std::chrono::milliseconds(clock_.isValid() ? clock_.elapsed() : 0);
  }

 signals:
  void addressesAnswered(int host, const sockbench::LookupOutcome<sockbench::AddressAnswer>& outcome);
  void hostAnswered(int host, const sockbench::LookupOutcome<sockbench::HostInfo>& outcome);
  void finished();

 private:
  int take(LookupId id);  // the host of a look-up of this run, which is then done; else -1
  void countOne();

  EngineBridge* bridge_;
  QHash<quint64, int> pending_;
  QElapsedTimer clock_;
  int asked_ = 0;
  int answered_ = 0;
};

}  // namespace sockbench::ui
