// BitRuler: every bit of an IP address in groups (octets, or IPv6's groups of 16), the network's and the
// host's told apart by colour and in words, and between them a bar that is dragged, or stepped by the keys,
// to choose the prefix. It wraps into as many lines as its width asks for. Thread: gui.
//
// To assistive tools it is a slider whose value is the prefix.
#pragma once

#include <QAbstractSlider>
#include <optional>

#include "core/resolve/ip_number.h"

namespace sockbench::ui {

class BitRuler : public QAbstractSlider {
  Q_OBJECT
 public:
  explicit BitRuler(QWidget* parent = nullptr);

  // nullopt: there is nothing to show, and it is disabled. Without a prefix all bits are alike, and the bar
  // waits behind the last one. Tells nobody.
  void setAddress(std::optional<IpNumber> address, std::optional<int> prefix);
  std::optional<int> prefix() const { return hasPrefix_ ? std::optional(value()) : std::nullopt; }

  QRect bitRect(int bit) const;             // of bit 0 (the highest) to bits - 1, in pixels
  int prefixAt(const QPoint& place) const;  // of the gap between two bits that is nearest

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

 signals:
  void prefixChosen(int prefix);  // by the person

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void sliderChange(SliderChange change) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Shape {
    int bitsPerLine;
    int cell;  // the width of a bit
    int cellHeight;
    int lineHeight;  // bits, the group's value under them, and some air
    int top;         // of the first line: the words are above
  };
  Shape shapeFor(int width) const;
  int groupBits() const { return bits() == 32 ? 8 : 16; }
  int bits() const { return address_ ? address_->bits : 32; }
  int left(const Shape& shape, int column) const;
  bool isSet(int bit) const;
  QString groupText(int group) const;
  QString words() const;
  QString describe(int bit) const;
  void paintBits(QPainter& painter, const Shape& shape) const;
  void paintBar(QPainter& painter, const Shape& shape) const;
  void choose(const QPoint& place);
  void announce();

  std::optional<IpNumber> address_;
  bool hasPrefix_ = false;
  bool quiet_ = false;  // a change that the person did not make
};

}  // namespace sockbench::ui
