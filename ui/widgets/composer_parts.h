// ComposerParts: the controls of a Composer, made, named and laid out; what they do is the composer's.
// Thread: gui.
#pragma once

#include <QString>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QWidget;

namespace sockbench::ui {

class ComposerEdit;
class ElidedLabel;
class InlineMessage;

struct ComposerParts {
  // In `owner`, which owns them; their names begin with `prefix` (composer.h).
  ComposerParts(QWidget* owner, const QString& prefix);

  // The boxes as wide as what they show, so that the remarks under the edit stand close together.
  void fitBoxes() const;

  ComposerEdit* edit = nullptr;
  QToolButton* textButton = nullptr;
  QToolButton* hexButton = nullptr;
  QComboBox* endingBox = nullptr;
  QComboBox* encodingBox = nullptr;
  ElidedLabel* preview = nullptr;
  ElidedLabel* reason = nullptr;
  QLabel* sendKey = nullptr;
  QPushButton* sendButton = nullptr;
  InlineMessage* message = nullptr;
  QHBoxLayout* controls = nullptr;

 private:
  void build(QWidget* owner);
  void arrange(QWidget* owner);
  void name(QWidget* owner, const QString& prefix);
};

}  // namespace sockbench::ui
