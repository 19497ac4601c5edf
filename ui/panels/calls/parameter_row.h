// ParameterRow: a parameter of the form: its name, its field, and beside it its meaning, or what is wrong
// with the value. Thread: gui.
#pragma once

#include <QObject>

#include "ui/panels/calls/call_field.h"

class QGridLayout;

namespace sockbench::ui {

class ElidedLabel;

class ParameterRow : public QObject {
  Q_OBJECT
 public:
  // The parts stand in a row of `grid`, and belong to its widget; so does this.
  ParameterRow(const CallParameter& parameter, QGridLayout* grid, int row);

  CallField* field() const { return field_; }
  const CallParameter& parameter() const { return field_->parameter(); }
  void showFault(const QString& words);
  void clearFault();

 private:
  void say(const QString& text, bool fault);

  CallField* field_;
  ElidedLabel* meaning_;
};

}  // namespace sockbench::ui
