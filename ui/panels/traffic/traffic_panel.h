// TrafficPanel: the one timeline with its controls, and the inspector of the selected row below it. Thread:
// gui. Object names: "trafficTable", "trafficOnlySessionBox", "trafficCountLabel", "trafficFollowButton",
// "trafficPauseButton", "trafficClearButton", "trafficInspectButton", "trafficSplitter", and those of
// TrafficTable and Inspector.
#pragma once

#include <QList>
#include <QWidget>

#include "ui/bridge/core_types.h"

class QAction;
class QComboBox;
class QLabel;
class QSettings;
class QSplitter;
class QToolButton;

namespace sockbench::ui {

class CaptureControls;
class Inspector;
struct ExportChoice;
class TrafficModel;
class TrafficSource;
class TrafficTable;

class TrafficPanel : public QWidget {
  Q_OBJECT
 public:
  explicit TrafficPanel(TrafficSource* source, QWidget* parent = nullptr);  // the source outlives it

  void showOnlySession(SessionId id);  // only its rows (of a listener: and of its sessions'); 0: all
  // It was selected elsewhere: it is what "only this session" offers and, where that is on, shows.
  void showSession(SessionId id);
  enum class SessionPart { details, options, stream };
  void inspectSession(SessionId id, SessionPart part);  // in the inspector, which opens for it
  // Pixels that it takes to read an inspected session beside a few rows of the timeline.
  int heightToInspect() const;
  // Keeping, exporting, live to a program: for a menu of the window.
  QList<QAction*> captureActions() const;
  CaptureControls* captures() const { return captures_; }
  void clear();
  void toggleFreeze();
  bool isFrozen() const;
  void focusTable();

  // The splitter, the columns, the inspector's tab and encoding, in the group that the caller has begun.
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void sessionActivated(sockbench::SessionId id);  // a person asks to see the session of a row

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeBar();
  QToolButton* makeButton(const QString& name, const QString& text, const QString& toolTip);
  void connectParts();
  void chooseSession(int index);
  void offerSession(SessionId id);
  void updateCount();
  QString countText() const;
  ExportChoice exportChoice() const;

  TrafficSource* source_;
  TrafficModel* model_;
  TrafficTable* table_;
  Inspector* inspector_;
  CaptureControls* captures_;
  QSplitter* splitter_;
  QComboBox* onlySession_;
  QLabel* count_;
  QToolButton* inspect_;
  QToolButton* pause_;
  QToolButton* follow_;
  QToolButton* clear_;
  bool roomy_ = true;  // high enough for the inspector
  SessionId offered_;  // the session that the box offers beside "all"
};

}  // namespace sockbench::ui
