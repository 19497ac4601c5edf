// TrafficPanel: the one timeline with its controls, and the inspector of the selected row below it. Thread:
// gui. Object names: "trafficTable", "trafficFilterMessage", "trafficSplitter", and those of TrafficBar,
// FilterShelf, TrafficTable and Inspector.
#pragma once

#include <QList>
#include <QWidget>

#include "ui/bridge/core_types.h"
#include "ui/panels/traffic/talk_menu.h"

class QAction;
class QMenu;
class QSettings;
class QSplitter;

namespace sockbench::ui {

class CaptureControls;
class FilterShelf;
class FilterStore;
class InlineMessage;
class Inspector;
class TimelineTools;
class TrafficBar;
class TrafficModel;
class TrafficSource;
class TrafficTable;
struct ExportChoice;

class TrafficPanel : public QWidget {
  Q_OBJECT
 public:
  // The source outlives it, and so does `like`, whose filters and colour rules it shares; nullptr: it has its
  // own.
  explicit TrafficPanel(TrafficSource* source, QWidget* parent = nullptr, const TrafficPanel* like = nullptr);

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
  TimelineTools* tools() const { return tools_; }
  void clear();
  void toggleFreeze();
  bool isFrozen() const;
  void focusTable();
  void focusFilter();
  void tellError(const Error& error);  // of something that was asked for here; under the filter
  QMenu* moreMenu() const;             // for what has no button of its own

  // The splitter, the columns, the saved and recent filters (the one in use is among these, but not in use
  // again), the inspector's tab and encoding, in the group that the caller has begun.
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void sessionActivated(sockbench::SessionId id);  // a person asks to see the session of a row
  void talkWanted(const sockbench::ui::TalkWanted& wanted);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();
  void connectParts();
  void connectFilter();
  void openShelf();
  void chooseSession(int index);
  void offerSession(SessionId id);
  void updateCount();
  QString countText(bool brief) const;
  void updateProgress();
  void fillMore();
  ExportChoice exportChoice() const;

  TrafficSource* source_;
  const bool isAlike_;  // what it shares is remembered by another
  TrafficModel* model_;
  FilterStore* filters_;
  TrafficBar* bar_;
  FilterShelf* shelf_;
  InlineMessage* filterMessage_;  // why the filter cannot be read
  TrafficTable* table_;
  Inspector* inspector_;
  TimelineTools* tools_;
  CaptureControls* captures_;
  QSplitter* splitter_;
  bool roomy_ = true;  // high enough for the inspector
  SessionId offered_;  // the session that the box offers beside "all"
};

}  // namespace sockbench::ui
