// AlignedHeader: a table's header whose texts stand exactly above those of its cells: aligned as the model
// says (left where it does not say), with the same padding. Thread: gui.
#pragma once

#include <QHeaderView>

namespace sockbench::ui {

class AlignedHeader : public QHeaderView {
  Q_OBJECT
 public:
  // `padding`: pixels left and right of a text.
  explicit AlignedHeader(int padding, QWidget* parent = nullptr);

 protected:
  void paintSection(QPainter* painter, const QRect& rect, int section) const override;
  QSize sectionSizeFromContents(int section) const override;

 private:
  QFont titleFont() const;
  void paintArrow(QPainter* painter, const QRect& place) const;
  int padding_;
};

}  // namespace sockbench::ui
