// OverviewStrip: a narrow picture of a long list beside its scroll bar: ticks where the rows are that matter.
// A click goes there. Thread: gui.
#pragma once

#include <QColor>
#include <QList>
#include <QWidget>
#include <functional>
#include <optional>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

class OverviewStrip : public QWidget {
  Q_OBJECT
 public:
  // The first row of [from, to) that has such a tick; nullopt: none. Asked once a pixel when it is painted,
  // so that the length of the list does not matter; call update() when the answers change.
  using FirstTick = std::function<std::optional<int>(int from, int to)>;

  explicit OverviewStrip(QWidget* parent = nullptr);

  void setRowCount(int rows);
  // Kinds are painted in the order in which they were added, the later ones narrower and over the others.
  void addKind(theme::Role color, FirstTick firstTick);
  bool hasTickAt(int y) const;

  QSize sizeHint() const override;

 signals:
  void rowChosen(int row);  // the row of a tick near the click, else the row of that place

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;

 private:
  struct Kind {
    theme::Role color;
    FirstTick firstTick;
  };
  int rowAt(int y) const;  // the first row whose pixel is not above this one
  std::optional<int> tickAt(const Kind& kind, int y) const;
  void choose(int y);

  int rows_ = 0;
  QList<Kind> kinds_;
};

}  // namespace sockbench::ui
