// ComposerParts: the controls of a Composer, made, named and laid out; what they do is the composer's.
// Thread: gui.
#pragma once

#include <QString>
#include <array>
#include <utility>

#include "core/payload/message/message.h"

class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QWidget;

namespace sockbench::ui {

class ComposerEdit;
class ElidedLabel;
class InlineMessage;
class InsertionBar;
class MessagePreview;

struct ComposerParts {
  // In `owner`, which owns them; their names begin with `prefix` (composer.h).
  ComposerParts(QWidget* owner, const QString& prefix);

  std::array<std::pair<MessageForm, QToolButton*>, 4> modeButtons() const;

  // The boxes as wide as what they show, so that the remarks under the edit stand close together.
  void fitBoxes() const;

  ComposerEdit* edit = nullptr;
  QToolButton* textButton = nullptr;
  QToolButton* hexButton = nullptr;
  QToolButton* base64Button = nullptr;
  QToolButton* fileButton = nullptr;
  QToolButton* chooseButton = nullptr;
  QToolButton* saveButton = nullptr;
  QToolButton* lengthButton = nullptr;
  QToolButton* checksumButton = nullptr;
  InsertionBar* insertions = nullptr;
  QComboBox* endingBox = nullptr;
  QComboBox* encodingBox = nullptr;
  MessagePreview* preview = nullptr;
  ElidedLabel* reason = nullptr;
  QLabel* sendKey = nullptr;
  QPushButton* sendButton = nullptr;
  InlineMessage* message = nullptr;
  QHBoxLayout* controls = nullptr;
  QGridLayout* grid = nullptr;

 private:
  void build(QWidget* owner, const QString& prefix);
  void buildModes(QWidget* owner);
  void buildInsertions(QWidget* owner, const QString& prefix);
  void arrange(QWidget* owner);
  void name(QWidget* owner, const QString& prefix);
};

}  // namespace sockbench::ui
