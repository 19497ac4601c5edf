// RacePage: connects to each address that the look-up found, all at once, and shows the waterfall of resolve,
// connect and first byte, and what a happy-eyeballs client would have done. Thread: gui.
//
// Object names: "resolverRacePortEdit", "resolverRaceSendEdit", "resolverRaceLimitSpin",
// "resolverRaceButton", "resolverRaceCancelButton", "resolverRaceTable", "resolverRaceStatusLabel",
// "resolverRaceMessage".
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "core/net/endpoint.h"
#include "ui/models/looked_up_host.h"
#include "ui/panels/resolver/race/address_race.h"

class QDoubleSpinBox;
class QLineEdit;
class QPoint;
class QPushButton;
class QSettings;

namespace sockbench::ui {

class ElidedLabel;
class InlineMessage;
class RaceModel;
class RaceTable;

class RacePage : public QWidget {
  Q_OBJECT
 public:
  explicit RacePage(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  // What the look-up has found. Its stream sockets are raced, each address once. While a race runs they are
  // taken when it is over; none at all end it: another look-up has begun.
  void setHosts(const QList<LookedUpHost>& hosts);

  void act();     // connects to each
  void cancel();  // closes all that is under way
  bool isRunning() const { return race_->isRunning(); }

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void targetChosen(const sockbench::Endpoint& endpoint);
  void inspectRequested(const QString& address);

 private:
  void build();
  void connectParts();
  std::vector<RaceEntry> candidates() const;
  std::optional<std::uint16_t> chosenPort() const;  // nullopt: each address' own
  Result<Endpoint> portPart() const;
  std::optional<Bytes> firstMessage();
  bool fail(QLineEdit* field, const Error& error);
  void showCandidates();
  void showEntry(int entry);
  void showProgress();
  void finish();
  QString summary() const;
  QString happyWords() const;
  void setStatus(const QString& text);
  void refreshButtons();
  void openMenu(const QPoint& where);
  void chooseCurrent();

  QLineEdit* port_;
  QLineEdit* send_;
  QDoubleSpinBox* limit_;
  QPushButton* start_;
  QPushButton* cancel_;
  InlineMessage* message_;
  RaceModel* model_;
  RaceTable* table_;
  ElidedLabel* status_;
  AddressRace* race_;
  QTimer ticker_;  // while a race runs: open bars grow
  QList<LookedUpHost> hosts_;
};

}  // namespace sockbench::ui
