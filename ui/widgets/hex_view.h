// HexView: bytes as offset, hexadecimal and ASCII columns, of any length, painting visible lines only.
// Thread: gui.
#pragma once

#include <QAbstractScrollArea>
#include <array>
#include <optional>

#include "core/traffic/traffic_log.h"
#include "ui/widgets/byte_marks.h"
#include "ui/widgets/hex_layout.h"

namespace sockbench::ui {

class HexView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit HexView(QWidget* parent = nullptr);

  void setBytes(PinnedBytes bytes);  // held until the next call; clears the selection
  const PinnedBytes& bytes() const { return bytes_; }

  // The selected range, first to last inclusive; nullopt when nothing is. The cursor is its moving end.
  struct Selection {
    qsizetype first = 0;
    qsizetype last = 0;
  };
  std::optional<Selection> selection() const;
  void select(qsizetype first, qsizetype last);
  void selectAll();
  void clearSelection();

  // Of all bytes when nothing is selected; of the first kMostCopied where there are more.
  static constexpr std::size_t kMostCopied = std::size_t{16} << 20;
  QString selectedHex() const;   // "68 65 6c"
  QString selectedDump() const;  // offset, hex and ASCII, a line each
  QString selectedText() const;  // escaped text (core/payload/escapes.h)

 signals:
  void selectionChanged();

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void contextMenuEvent(QContextMenuEvent*) override;
  void changeEvent(QEvent*) override;
  bool event(QEvent*) override;
  bool viewportEvent(QEvent*) override;
  void focusInEvent(QFocusEvent*) override;
  void focusOutEvent(QFocusEvent*) override;

 private:
  void addCopyActions();
  void updateLayout();
  int pageLines() const;
  void moveCursor(qsizetype byte, bool extend);
  void moveByKey(QKeyEvent* event);
  void ensureVisible(qsizetype byte);
  std::optional<qsizetype> byteAt(QPoint place) const;
  QString describe(qsizetype byte) const;  // its place, its value and its name
  ByteView chosen() const;

  PinnedBytes bytes_;
  HexLayout layout_;
  std::array<ByteMark, 256> marks_;
  std::optional<Selection> selection_;
  qsizetype anchor_ = -1;
  qsizetype cursor_ = -1;
};

}  // namespace sockbench::ui
