// HexView: bytes as offset, hexadecimal and ASCII columns, of any length, painting visible lines only.
// Thread: gui.
#pragma once

#include <QAbstractScrollArea>
#include <array>
#include <optional>
#include <vector>

#include "core/traffic/traffic_log.h"
#include "ui/widgets/byte_marks.h"
#include "ui/widgets/hex_cursor.h"
#include "ui/widgets/hex_highlight.h"
#include "ui/widgets/hex_layout.h"

namespace sockbench::ui {

class ByteCopy;

class HexView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit HexView(QWidget* parent = nullptr);

  // Held until the next call. Clears the selection, the highlights and the places around the bytes.
  void setBytes(PinnedBytes bytes);
  const PinnedBytes& bytes() const { return bytes_; }

  // Empty places before and behind the bytes (see HexLayout).
  void setPlaces(qsizetype lead, qsizetype trail);
  // 4, 8 or 16 each. As many bytes a line as fit between them (the beginning: 8 to 16); narrower, it scrolls.
  void setPerLine(int least, int most);
  const HexLayout& layout() const { return layout_; }

  // nullopt when nothing is selected. The cursor is the moving end of what is; the first byte before.
  std::optional<HexSelection> selection() const { return selection_; }
  qsizetype cursor() const { return cursor_.byte; }  // -1: there are no bytes
  void select(qsizetype first, qsizetype last);      // what there is of it, in view
  void selectAll();
  void clearSelection();

  // Ascending, none over another. `current`: which of them is; it is not brought into view.
  void setHighlights(std::vector<HexHighlight> highlights, std::optional<std::size_t> current = {});
  const std::vector<HexHighlight>& highlights() const { return highlights_; }

  // What is selected, or all bytes when nothing is, and the offset of the first of them.
  PinnedBytes chosen() const;
  qsizetype chosenFrom() const { return selection_ ? selection_->first : 0; }
  ByteCopy* copier() const { return copier_; }

 signals:
  void bytesChanged();      // by setBytes(); the selection has gone then
  void selectionChanged();  // or the cursor

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void contextMenuEvent(QContextMenuEvent*) override;
  void changeEvent(QEvent*) override;
  bool event(QEvent*) override;
  bool viewportEvent(QEvent*) override;
  void focusInEvent(QFocusEvent*) override;
  void focusOutEvent(QFocusEvent*) override;

 private:
  void updateLayout();
  int pageLines() const;
  void moveCursor(qsizetype byte, bool extend);
  void ensureVisible(qsizetype byte);
  std::optional<qsizetype> byteAt(QPoint place) const;
  QString describe(qsizetype byte) const;  // its place, its value and its name

  ByteCopy* copier_;
  PinnedBytes bytes_;
  HexLayout layout_;
  std::array<ByteMark, 256> marks_;
  int leastPerLine_ = 8;
  int mostPerLine_ = 16;
  std::optional<HexSelection> selection_;
  HexCursor cursor_;
  std::vector<HexHighlight> highlights_;
  std::optional<std::size_t> currentHighlight_;
};

}  // namespace sockbench::ui
