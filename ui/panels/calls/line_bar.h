// LineBar: the line of the call with Run and Interrupt, and under it what is wrong with it. Thread: gui.
//
// Object names: "callsRunButton", "callsInterruptButton", "callsLineHint", and that of CallLineEdit.
#pragma once

#include <QWidget>
#include <optional>

#include "core/base/error.h"
#include "core/calls/script/call_script.h"

class QPushButton;
class QToolButton;

namespace sockbench::ui {

class CallLineEdit;
class ElidedLabel;

class LineBar : public QWidget {
  Q_OBJECT
 public:
  explicit LineBar(QWidget* parent = nullptr);

  CallLineEdit* edit() const { return edit_; }
  QToolButton* formButton() const { return form_; }  // checked: the form is shown
  void setLine(const QString& line);                 // and judges it; tells nobody
  std::optional<CallLine> read();                    // nullopt: it is marked, and the reason said
  void showFault(const Error& error);                // of the line as it stands
  void setWaiting(bool waiting);                     // something can be interrupted

 signals:
  void runRequested();
  void interruptRequested();
  void lineRead(const sockbench::CallLine& line);  // a person wrote one that can be read

 private:
  std::optional<CallLine> judge();
  void say(const QString& words, bool fault);

  QToolButton* form_;
  CallLineEdit* edit_;
  QPushButton* run_;
  QPushButton* interrupt_;
  ElidedLabel* hint_;
};

}  // namespace sockbench::ui
