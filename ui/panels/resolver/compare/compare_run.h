// CompareRun: name servers asked for the addresses of hosts, A and AAAA each, some at a time. Thread: gui.
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QStringList>
#include <vector>

#include "core/resolve/dns_client.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class EngineBridge;

class CompareRun : public QObject {
  Q_OBJECT
 public:
  using Outcomes = std::vector<LookupOutcome<DnsAnswer>>;
  static constexpr int kAtOnce = 64;  // questions

  explicit CompareRun(EngineBridge* bridge, QObject* parent = nullptr);  // the bridge outlives it

  // Name `i` is answered with the number i, once all `types` are. What was under way is abandoned. `common`
  // is the question but for its name and type.
  void start(const QStringList& names, const QList<std::uint16_t>& types, const DnsQuery& common);
  void cancel();  // what has not answered yet, or was not asked yet, answers ECANCELED
  bool isRunning() const { return answered_ < names_.size(); }
  int answered() const { return answered_; }

 signals:
  void nameAnswered(int name, const std::vector<sockbench::LookupOutcome<sockbench::DnsAnswer>>& outcomes);
  void finished();

 private:
  void abandon();
  void askMore();
  void take(int name, const LookupOutcome<DnsAnswer>& outcome);

  EngineBridge* bridge_;
  QStringList names_;
  QList<std::uint16_t> types_;
  DnsQuery common_;
  int next_ = 0;      // of all questions, name by name
  int answered_ = 0;  // names
  QHash<quint64, int> pending_;
  std::vector<Outcomes> outcomes_;
};

}  // namespace sockbench::ui
