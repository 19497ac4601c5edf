// LookupPage: names to addresses as the C library does it. Several hosts at once, one a line; getaddrinfo's
// answers in one table, beside it gethostbyname_ex's view of the same hosts and the names of addresses.
// Thread: gui.
//
// Object names: those of ui.md for the look-up, "resolverFlagsButton" with actions "resolverFlag_passive" and
// so on, "resolverLimitSpin", "resolverMessage", "resolverSideTabs", "resolverSplitter", and those of the
// side's pages.
#pragma once

#include <QTimer>
#include <optional>
#include <vector>

#include "core/net/endpoint.h"
#include "ui/models/looked_up_host.h"
#include "ui/panels/panel.h"
#include "ui/panels/resolver/host_edit.h"
#include "ui/panels/resolver/lookup_run.h"

class QLabel;
class QSplitter;
class QTabWidget;

namespace sockbench::ui {

class EngineBridge;
class GroupedRowsModel;
class InlineMessage;
class RacePage;
class ResolverForm;
class ReversePage;
class RowsTable;

class LookupPage : public Panel {
  Q_OBJECT
 public:
  explicit LookupPage(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void act() override;     // looks up every host
  void cancel() override;  // the look-ups and connections under way
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

  // Of the look-up under way, or of the last one: the hosts that have their answer, in the order they were
  // given in.
  QList<LookedUpHost> results() const;

 signals:
  void resultsChanged();  // more have answered, at most once in kTick; or none have yet: a look-up began
  // A result was chosen for the Client, or for a Server. Its service is empty where no service was asked for.
  void targetChosen(const sockbench::Endpoint& endpoint);
  void serveHereRequested(const sockbench::Endpoint& endpoint);
  void inspectRequested(const QString& address);

 private:
  void arrange();
  QWidget* makeViews();
  void nameParts();
  void connectParts();
  void showWaiting();
  void showAddresses(int host, const LookupOutcome<AddressAnswer>& outcome);
  void showHost(int host, const LookupOutcome<HostInfo>& outcome);
  void showProgress();
  void tick();
  void finish();
  QString faultSymbols() const;
  void showStatus(const QString& text, bool fault);
  void addResultActions(QMenu* menu);
  void lookUpNames();
  std::optional<Endpoint> currentEndpoint() const;

  EngineBridge* bridge_;
  ResolverForm* form_;
  QLabel* status_;
  InlineMessage* message_;
  GroupedRowsModel* addresses_;
  GroupedRowsModel* hostInfo_;
  RowsTable* results_;
  RowsTable* hostTable_;
  ReversePage* reverse_;
  RacePage* race_;
  QTabWidget* side_;
  QSplitter* splitter_;
  LookupRun* run_;
  QTimer ticker_;

  QList<HostLine> lines_;                              // what the run under way, or the last one, was asked
  QList<int> asked_;                                   // of the run's host: its line
  QList<Error> faults_;                                // of the hosts without addresses, as they came
  std::vector<std::optional<LookedUpHost>> answered_;  // of each line; nullopt: not yet
  bool cancelled_ = false;
  bool toAnnounce_ = false;  // resultsChanged() is due
};

}  // namespace sockbench::ui
