// FlowLayout: places its items side by side and goes on in a new line where the width ends, so that a form of
// any words fits any window. Items whose size policy is Expanding ask for their minimum width only and
// share what is left over in their line, each up to its maximum. Thread: gui.
#pragma once

#include <QLayout>
#include <QList>
#include <memory>
#include <vector>

namespace sockbench::ui {

class FlowLayout : public QLayout {
  Q_OBJECT
 public:
  explicit FlowLayout(QWidget* parent = nullptr, int spacing = 8);  // pixels, both ways
  ~FlowLayout() override;

  void addItem(QLayoutItem* item) override;  // takes ownership
  int count() const override;
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;     // everything in one line, as wide as it likes to be
  QSize minimumSize() const override;  // the widest item
  void setGeometry(const QRect& rect) override;

 private:
  struct Line {
    std::vector<QLayoutItem*> items;
    int width = 0;
    int height = 0;
  };
  std::vector<Line> lines(int width) const;
  void place(const Line& line, const QRect& area) const;
  QList<QLayoutItem*> items_;
};

}  // namespace sockbench::ui
