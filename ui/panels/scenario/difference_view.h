// DifferenceView: what was expected and what came, in lines under each other. Thread: gui.
// Object name: "scenarioDiffView".
#pragma once

#include <QPlainTextEdit>

namespace sockbench::ui {

class DifferenceView : public QPlainTextEdit {
  Q_OBJECT
 public:
  // Longer text is cut, and says so.
  static constexpr qsizetype kMostShown = 64 * 1024;

  explicit DifferenceView(QWidget* parent = nullptr);
  void showText(const QString& text);  // as scenarioDifferences() gives it; empty: hidden

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void colourLines();
};

}  // namespace sockbench::ui
