// StepsView: the tree of a scenario's steps, each with the mark of its state. Thread: gui.
#pragma once

#include <QTreeView>

#include "ui/models/scenario_steps_model.h"

class QPainter;

namespace sockbench::ui {

// A ring (waiting), a triangle (running), a check, a cross, a dash (skipped), in the colour that it means.
void paintStepMark(QPainter& painter, const QRect& place, ScenarioStepsModel::State state);

class StepsView : public QTreeView {
  Q_OBJECT
 public:
  explicit StepsView(ScenarioStepsModel* model, QWidget* parent = nullptr);
  // Current, and in view, without telling that a person chose it.
  void showStep(const QModelIndex& step);

 signals:
  void stepChosen(const QModelIndex& step);  // by a person

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  bool isShowing_ = false;
};

}  // namespace sockbench::ui
