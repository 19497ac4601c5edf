// HexView: bytes as offset, hexadecimal and ASCII columns, of any length, painting visible lines only. Thread: gui.
#pragma once

#include <QAbstractScrollArea>
#include <optional>

#include "core/traffic/traffic_log.h"

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
  void clearSelection();

  QString selectedHex() const;   // "68 65 6c"; of all bytes when nothing is selected
  QString selectedDump() const;  // offset, hex and ASCII as shown

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

 private:
  PinnedBytes bytes_;
  struct Layout;
  std::optional<Selection> selection_;
  qsizetype anchor_ = -1;
  qsizetype cursor_ = -1;
};

}  // namespace sockbench::ui
