// ComposerEdit: the field in which a message is written. It keeps each character as it was typed or pasted,
// holds very long text beside the document (which would take minutes to lay it out), and turns the keys of
// the composer into signals. Thread: gui.
#pragma once

#include <QPlainTextEdit>

#include "ui/widgets/composer_message.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {

class FieldCompletion;

class ComposerEdit : public QPlainTextEdit {
  Q_OBJECT
 public:
  // Longer text is held: shown by its beginning, read-only, until it is replaced or cleared.
  static constexpr qsizetype kMostEditable = 64 * 1024;

  explicit ComposerEdit(QWidget* parent = nullptr);

  void setMode(Composer::Mode mode) { mode_ = mode; }
  void setMessage(const QString& text);  // the cursor goes behind it
  QString message() const;               // exactly what was typed, lines parted by \n
  qsizetype messageLength() const;
  bool holdsLongText() const { return !held_.isEmpty(); }

  FieldCompletion* fields() const { return fields_; }

  void mark(TextRange range);  // a wave line in the error's colour
  void clearMark();

 signals:
  void messageChanged();
  void sendKeyPressed();
  void olderKeyPressed();
  void newerKeyPressed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void insertFromMimeData(const QMimeData* source) override;
  QMimeData* createMimeDataFromSelection() const override;
  void changeEvent(QEvent* event) override;

 private:
  bool onEdgeLine(bool first) const;
  void showMark();

  FieldCompletion* fields_;
  Composer::Mode mode_ = Composer::Mode::text;
  QString held_;
  TextRange mark_;
};

}  // namespace sockbench::ui
