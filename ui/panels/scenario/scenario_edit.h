// ScenarioEdit: the text of a scenario, with line numbers, the place of an error, the line of the step that
// is current and what a run made of each. Thread: gui.
#pragma once

#include <QMap>
#include <QPlainTextEdit>
#include <cstdint>

#include "core/toml/toml_tree.h"
#include "ui/models/scenario_steps_model.h"

namespace sockbench::ui {

class TomlHighlighter;

class ScenarioEdit : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit ScenarioEdit(QWidget* parent = nullptr);
  ~ScenarioEdit() override;

  QByteArray utf8() const;               // lines parted by \n
  void setUtf8(const QByteArray& text);  // another text: nothing to undo, nothing marked
  void markError(TomlPlace place);       // a wave line from there to the end of the word; line 0: none
  TomlPlace error() const { return error_; }
  void setStepLine(std::uint32_t line);  // the whole line in another ground, and in view; 0: none
  std::uint32_t stepLine() const { return stepLine_; }
  void setLineStates(const QMap<std::uint32_t, ScenarioStepsModel::State>& states);
  void showLine(std::uint32_t line);  // the cursor goes there
  std::uint32_t currentLine() const;  // of the cursor, from 1

 protected:
  bool canInsertFromMimeData(const QMimeData* source) const override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  class Gutter;
  void paintGutter(QPainter& painter, const QRect& dirty) const;
  int gutterWidth() const;
  void placeGutter();
  void showMarks();

  TomlHighlighter* highlighter_;
  Gutter* gutter_;
  TomlPlace error_{};
  std::uint32_t stepLine_ = 0;
  QMap<std::uint32_t, ScenarioStepsModel::State> states_;
};

}  // namespace sockbench::ui
