// LookupPage: names to addresses as the C library does it. Several hosts at once, one a line; getaddrinfo's
// answers in one table, beside it gethostbyname_ex's view of the same hosts and the names of addresses.
// Thread: gui.
//
// Object names: those of ui.md for the look-up, "resolverFlagsButton" with actions "resolverFlag_passive" and
// so on, "resolverLimitSpin", "resolverMessage", "resolverSideTabs", "resolverSplitter", and those of the
// side's pages and of LookupStatus.
#pragma once

#include <optional>

#include "core/net/endpoint.h"
#include "ui/models/looked_up_host.h"
#include "ui/panels/panel.h"

class QMenu;
class QTabWidget;

namespace sockbench::ui {

class ComparePage;
class EngineBridge;
class InlineMessage;
class LookupResults;
class RacePage;
class ResolverForm;
class ResultsExport;
class ReversePage;
class RowsTable;
class SideSplit;

class LookupPage : public Panel {
  Q_OBJECT
 public:
  explicit LookupPage(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void act() override;     // looks up every host
  void cancel() override;  // the look-ups and connections under way
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

  // Of the look-up under way, or of the last one: see LookupResults.
  QList<LookedUpHost> results() const;

 signals:
  void resultsChanged();
  void finished();  // every answer of the look-up stands in its table
  // A result was chosen for the Client, or for a Server. Its service is empty where no service was asked for.
  void targetChosen(const sockbench::Endpoint& endpoint);
  void serveHereRequested(const sockbench::Endpoint& endpoint);
  void inspectRequested(const QString& address);

 private:
  void arrange();
  QWidget* makeViews();
  void nameParts();
  void connectParts();
  void showOutcome();
  void addResultActions(QMenu* menu);
  void lookUpNames();
  std::optional<Endpoint> currentEndpoint() const;

  EngineBridge* bridge_;
  ResolverForm* form_;
  InlineMessage* message_;
  ResultsExport* export_ = nullptr;
  LookupResults* lookup_;
  RowsTable* results_;
  RowsTable* hostTable_;
  ReversePage* reverse_;
  ComparePage* compare_;
  RacePage* race_;
  QTabWidget* side_;
  SideSplit* split_;
};

}  // namespace sockbench::ui
