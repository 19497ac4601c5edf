// InlineMessage: an error, a warning or a note that stands where it was caused, until the person acts. Plain
// text only. Hidden while empty. Thread: gui.
#pragma once

#include <QFrame>

#include "core/base/error.h"

class QLabel;

namespace sockbench::ui {

class HelpButton;

class InlineMessage : public QFrame {
  Q_OBJECT
 public:
  explicit InlineMessage(QWidget* parent = nullptr);
  void showError(const Error& error);                               // symbol, message and hint
  void showWarning(const QString& text, const QString& rest = {});  // `rest`: under it, less loud
  void showNote(const QString& text, const QString& rest = {});
  void clear();
  QString text() const;

 private:
  enum class Tone { error, warning, note };
  void show(Tone tone, const QString& headline, const QString& rest);
  QLabel* headline_;
  QLabel* rest_;
  HelpButton* help_;  // to the error's place in the table of errors
};

}  // namespace sockbench::ui
