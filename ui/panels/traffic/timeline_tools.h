// TimelineTools: what helps to find one's way in a timeline: finding, marks and comments, colour rules, and
// the overview beside the scroll bar. It makes the widgets and the actions; the panel places them. Thread:
// gui.
//
// Object names of the actions: "trafficFindAction", "trafficFindNextAction", "trafficFindPreviousAction",
// "trafficColoursAction", and those of NoteControls.
#pragma once

#include <QDialog>
#include <QList>
#include <QObject>
#include <QPointer>

class QAction;
class QKeySequence;
class QMenu;
class QModelIndex;
class QSettings;
class QWidget;

namespace sockbench::ui {

class ColourRules;
class FindBar;
class FindDesk;
class HexView;
class NoteBar;
class NoteControls;
class OverviewStrip;
class StreamView;
class TrafficSource;
class TrafficTable;

class TimelineTools : public QObject {
  Q_OBJECT
 public:
  // `hex` shows the payload of the table's current row, `stream` its session. All outlive it; `place` is the
  // parent of what is made.
  TimelineTools(TrafficSource* source, TrafficTable* table, HexView* hex, StreamView* stream,
                ColourRules* rules, QWidget* place);

  QWidget* timeline() const { return timeline_; }  // the table with all that stands around it
  QList<QAction*> findActions() const { return find_; }
  QList<QAction*> noteActions() const;
  QAction* colours() const { return colours_; }
  ColourRules* rules() const { return rules_; }
  void addTo(QMenu* menu, const QModelIndex& cell) const;  // of a row

  // In the group that the caller has begun.
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void refused(const QString& why);  // what was asked for is not done

 private:
  void arrange();
  void makeActions(QWidget* place);
  QAction* addFind(const char* name, const QString& text, const QKeySequence& key);
  void connectParts(TrafficSource* source);
  void colourRows();

  TrafficTable* table_;
  QWidget* timeline_;
  OverviewStrip* strip_;
  FindBar* findBar_;
  NoteBar* noteBar_;
  FindDesk* desk_;
  NoteControls* notes_;
  ColourRules* rules_;
  const bool ownsRules_;
  QList<QAction*> find_;
  QAction* colours_ = nullptr;
  QPointer<QDialog> dialog_;  // one at a time
};

}  // namespace sockbench::ui
