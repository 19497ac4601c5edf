// NoteControls: marks, comments and the time reference of a timeline's rows: the actions and what they do.
// Thread: gui.
//
// Object names of the actions: "trafficMarkAction", "trafficNextMarkAction", "trafficPreviousMarkAction",
// "trafficCommentAction", "trafficTimeReferenceAction", "trafficUnmarkAllAction".
#pragma once

#include <QList>
#include <QObject>
#include <optional>

#include "core/traffic/traffic_log.h"
#include "ui/bridge/news_door.h"

class QAction;

namespace sockbench::ui {

class NoteBar;
class OverviewStrip;
class TrafficTable;

class NoteControls : public QObject {
  Q_OBJECT
 public:
  // All outlive it. The actions are the table's, too, so that their keys work in its window.
  NoteControls(TrafficTable* table, NoteBar* bar, OverviewStrip* strip);
  ~NoteControls() override;

  QList<QAction*> actions() const { return actions_; }
  // The first row of the list among [from, to) that is marked.
  std::optional<int> firstMark(int from, int to) const;

 signals:
  void refused(const QString& why);
  void notesChanged();  // marks, comments or the reference, by whomever

 private:
  QAction* add(const char* name, const QString& text, const QKeySequence& key, void (NoteControls::*act)());
  std::vector<std::uint64_t> chosen() const;  // the selected rows
  std::optional<std::uint64_t> shownMark(std::optional<std::uint64_t> from, bool forward) const;
  void toggleMark();
  void nextMark();
  void previousMark();
  void comment();
  void toggleReference();
  void unmarkAll();
  void tell();
  RowNotes& notes() const;

  TrafficTable* table_;
  NoteBar* bar_;
  OverviewStrip* strip_;
  std::shared_ptr<TrafficLog> log_;
  std::shared_ptr<NewsDoor> door_;
  QList<QAction*> actions_;
};

}  // namespace sockbench::ui
