// OptionsView: the socket options of one session, read when they come into sight, after a change, and on
// demand; a person changes them in place. Nothing polls. Thread: gui.
//
// Object names: "detailsOptionsTable", "detailsOptionsFilterEdit", "detailsOptionsChangedButton",
// "detailsOptionsRefreshButton", "detailsOptionsNote", "detailsOptionsMessage".
#pragma once

#include <QCache>
#include <QList>
#include <QWidget>
#include <optional>

#include "core/engine/event_queue.h"
#include "ui/bridge/core_types.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace sockbench::ui {

class EngineBridge;
class InlineMessage;
class OptionsModel;
class OptionsTable;

class OptionsView : public QWidget {
  Q_OBJECT
 public:
  explicit OptionsView(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void setSession(SessionId id);                   // 0: none
  QWidget* controls() const { return controls_; }  // filter, switch and button, for the owner to place
  void focusTable();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void makeControls();
  void connectParts();
  void read();
  void refresh();  // read(), and the errors have been seen
  void take(SessionId id, const QList<OptionReading>& readings);
  void follow(const QList<SessionSnapshot>& sessions);
  void showState();
  QString stateNote() const;
  void showCurrent();

  EngineBridge* bridge_;
  OptionsModel* model_;
  QLabel* note_;  // what holds for the whole table
  OptionsTable* table_;
  InlineMessage* message_;  // why the current row could not be set
  QWidget* controls_;
  QLineEdit* filter_ = nullptr;
  QToolButton* changed_ = nullptr;
  QToolButton* refresh_ = nullptr;
  SessionId session_;
  std::optional<SessionSnapshot> seen_;                 // how session_ stood when it was last looked at
  QCache<quint32, QList<OptionReading>> lastReadings_;  // of sessions, for when they have closed
  std::optional<Error> shownError_;
};

}  // namespace sockbench::ui
