// ReadyAnswerBar: chooses a ready answerer and asks for what belongs to it. Thread: gui.
//
// Object names: `prefix` + "ReadyAnswerBox", "ReadyDelayEdit", "ReadyRateSpin", "ReadyFileEdit",
// "ReadyFileButton", "ReadyStatusSpin", "ReadyBodyEdit", "ReadyAnswerMessage".
#pragma once

#include <QWidget>

#include "core/automation/answerers/answerer.h"

class QComboBox;
class QLineEdit;
class QSettings;
class QSpinBox;
class QToolButton;

namespace sockbench::ui {

class InlineMessage;

class ReadyAnswerBar : public QWidget {
  Q_OBJECT
 public:
  explicit ReadyAnswerBar(const QString& prefix, QWidget* parent = nullptr);

  AnswererSpec spec() const;
  void setSpec(const AnswererSpec& spec);
  void showError(const Error& error);  // until the next edit
  void clearError();

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void edited();  // by a person; a time that cannot be read is marked and told first

 private:
  void addParts(const QString& prefix);
  void change();
  void showParts();
  void chooseFile();

  QComboBox* kind_;
  QLineEdit* delay_;
  QSpinBox* rate_;
  QLineEdit* file_;
  QToolButton* choose_;
  QSpinBox* status_;
  QLineEdit* body_;
  InlineMessage* message_;
  AnswererSpec spec_;
};

}  // namespace sockbench::ui
