// ComparePage: the system's answers to a look-up beside those of name servers that are asked directly. They
// are asked only while this page is in front, since to ask them tells them what one looks for. Thread: gui.
//
// Object names: "resolverCompareServerEdit", "resolverCompareButton", "resolverCompareTable",
// "resolverCompareSourcesLabel", "resolverCompareStatusLabel", "resolverCompareMessage".
#pragma once

#include <QList>
#include <QTimer>
#include <QWidget>
#include <deque>

#include "core/resolve/host_database.h"
#include "core/resolve/name_service_switch.h"
#include "ui/models/looked_up_host.h"
#include "ui/panels/resolver/compare/compare_run.h"

class QLineEdit;
class QPushButton;
class QSettings;

namespace sockbench::ui {

class ElidedLabel;
class GroupedRowsModel;
class InlineMessage;
class RowsTable;

class ComparePage : public QWidget {
  Q_OBJECT
 public:
  explicit ComparePage(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void clear();  // a look-up began: what was compared is past
  // A look-up has ended. `asked` is its question but for the host.
  void setLookup(const QList<LookedUpHost>& hosts, const AddressQuery& asked);
  void act();  // asks name servers
  void cancel();

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 protected:
  void showEvent(QShowEvent* event) override;  // asks, if there is something new to compare

 private:
  struct Due {
    int name = 0;
    CompareRun::Outcomes outcomes;
  };
  void arrange();
  void readSystem();
  void ask(const DnsQuery& common);
  Result<std::optional<SocketAddress>> server();
  void showMore();
  void finish();
  void setStatus(const QString& text);

  CompareRun* run_;
  GroupedRowsModel* model_;
  RowsTable* table_;
  QLineEdit* server_;
  QPushButton* button_;
  InlineMessage* message_;
  ElidedLabel* sources_;
  ElidedLabel* status_;
  QTimer portion_;

  QList<LookedUpHost> hosts_;
  AddressQuery asked_;
  QList<int> names_;  // of the run's name: its host
  std::deque<Due> due_;
  HostsFile hostsFile_;
  int generation_ = 0;  // of what is asked: an older one's file comes too late
  bool isNew_ = false;
  int different_ = 0;
};

}  // namespace sockbench::ui
