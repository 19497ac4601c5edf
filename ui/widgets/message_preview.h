// MessagePreview: the bytes that will go, in one line: those of fields, the ending, lengths and checksums on
// tints of their own, each named by the tool tip over it. A long message shows its beginning and, where
// something stands there, its end. text() is "5 bytes   68 65 6c 6c 6f". Thread: gui.
#pragma once

#include "core/payload/message/message.h"
#include "ui/widgets/elided_label.h"

namespace sockbench::ui {

class MessagePreview : public ElidedLabel {
  Q_OBJECT
 public:
  explicit MessagePreview(QWidget* parent = nullptr);

  void showMessage(const MessageSpec& spec, const ExpandedMessage& message);
  void showWords(const QString& words, bool isFault);

  // What the byte at a place of this widget came of: "{{counter}}", "Length"; empty: the message itself, or
  // no byte is there.
  QString nameAt(const QPoint& place) const;

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Tint {
    std::size_t offset = 0;
    std::size_t length = 0;
    int color = 0;
    QString name;
  };
  struct Cells {
    std::size_t head = 0;  // bytes from the beginning; all of them: nothing is left out
    std::size_t tail = 0;  // and from the end
  };
  QString nameOf(const MessageSpec& spec, const ExpandedMessage::Span& span) const;
  const Tint* tintOf(std::size_t offset) const;
  Cells cells() const;
  int cellWidth() const;
  int bytesLeft() const;  // pixels to the first byte
  void setFault(bool isFault);
  void paintByte(QPainter& painter, int cell, std::size_t offset) const;

  QString headline_;  // it is never cut; the bytes behind it give way
  std::size_t size_ = 0;
  Bytes head_;
  Bytes tail_;
  std::vector<Tint> tints_;  // of what is in head_ or tail_
};

}  // namespace sockbench::ui
