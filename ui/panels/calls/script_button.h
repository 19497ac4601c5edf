// ScriptButton: the table's lines as a script: opened from a file, saved to one, copied as they are, as
// Python and as C. Thread: gui.
//
// Object names: "callsScriptButton", and of its menu "callsOpenAction", "callsSaveAction",
// "callsCopyScriptAction", "callsCopyPythonAction", "callsCopyCAction".
#pragma once

#include <QToolButton>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/calls/script/call_script.h"

namespace sockbench::ui {

class CallsModel;

class ScriptButton : public QToolButton {
  Q_OBJECT
 public:
  explicit ScriptButton(const CallsModel* model, QWidget* parent = nullptr);

  void open(const QString& path);    // answered by scriptOpened or refused
  void saveTo(const QString& path);  // answered by told or refused

 signals:
  void scriptOpened(const std::vector<std::string>& lines, const QString& path);
  void told(const QString& words);
  void leftOut(const QString& words, const QString& reasons);  // copied, but not all of it
  // A file that cannot be read or written, or a line that cannot: `number` is its number, 0 for a file.
  void refused(const sockbench::Error& error, std::size_t number);

 private:
  QAction* addAction(const char* name, const QString& text, void (ScriptButton::*act)());
  void askWhich();
  void askWhere();
  void copyScript();
  void copyPython();
  void copyC();
  void copyAs(ScriptProgram (*translate)(const CallScript&), const QString& what);
  void copy(const ScriptProgram& program, const QString& what);

  const CallsModel* model_;
};

}  // namespace sockbench::ui
