// LadderView: a SessionLadder as a picture of two lines and what goes between them: time runs downwards, our
// end stands at the left. Solid arrows are bytes, dashed ones what TCP sends for what happened. Thread: gui.
#pragma once

#include <QWidget>

#include "ui/models/session_ladder.h"

namespace sockbench::ui {

class LadderView : public QWidget {
  Q_OBJECT
 public:
  explicit LadderView(QWidget* parent = nullptr);
  void setLadder(const SessionLadder& ladder);
  const SessionLadder& ladder() const { return ladder_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Columns {
    int time, left, right;  // x of the time's end and of the two lines
  };
  Columns columns() const;
  int rowHeight() const;
  int top() const;  // of the first step
  void paintEnds(QPainter& painter, const Columns& at) const;
  void paintStep(QPainter& painter, const Columns& at, const LadderStep& step, int y) const;
  void paintArrow(QPainter& painter, const Columns& at, const LadderStep& step, int y) const;
  void paintGap(QPainter& painter, const Columns& at, int y) const;

  SessionLadder ladder_;
};

}  // namespace sockbench::ui
