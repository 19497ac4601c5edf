// NoteBar: the comment on a row, written in place. Thread: gui.
// Object names: "noteBar", "noteEdit", "noteSaveButton", "noteCancelButton".
#pragma once

#include <QWidget>
#include <cstdint>

class QLabel;
class QLineEdit;
class QToolButton;

namespace sockbench::ui {

class NoteBar : public QWidget {
  Q_OBJECT
 public:
  explicit NoteBar(QWidget* parent = nullptr);
  void open(std::uint64_t row, const QString& comment);

 signals:
  void saved(quint64 row, const QString& comment);  // empty: the comment goes
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void save();
  void close();

  QLabel* label_;
  QLineEdit* edit_;
  QToolButton* save_;
  QToolButton* cancel_;
  std::uint64_t row_ = 0;
};

}  // namespace sockbench::ui
