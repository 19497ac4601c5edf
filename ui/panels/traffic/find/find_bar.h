// FindBar: what is looked for in the bytes of the timeline, and the way from match to match. Thread: gui.
//
// Object names: "findBar", "findEdit", "findKindBox", "findEncodingBox", "findCaseButton",
// "findPreviousButton", "findNextButton", "findCountLabel", "findCloseButton".
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "core/payload/byte_pattern.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QSettings;
class QToolButton;

namespace sockbench::ui {

class FindBar : public QWidget {
  Q_OBJECT
 public:
  explicit FindBar(QWidget* parent = nullptr);

  void open();  // shows it, the text selected, the focus in it
  // nullopt: nothing is looked for, or the text cannot be read (yet).
  const std::optional<BytePattern>& pattern() const { return pattern_; }
  QString text() const;
  void setText(const QString& text);
  void setCount(const QString& words);  // "match 3 in 12 of 1,000 rows"

  void saveState(QSettings& settings) const;  // kind, encoding, case; in the group that the caller has begun
  void restoreState(QSettings& settings);

 signals:
  void patternChanged();  // also when it was closed
  void nextRequested();
  void previousRequested();
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QToolButton* addButton(QHBoxLayout* row, const char* name, const QString& text, const QString& toolTip);
  void read();

  QLineEdit* edit_;
  QComboBox* kind_;
  QComboBox* encoding_;
  QToolButton* case_;
  QLabel* count_;
  QToolButton* previous_;
  QToolButton* next_;
  QToolButton* close_;
  std::optional<BytePattern> pattern_;
};

}  // namespace sockbench::ui
