#include "ui/widgets/composer_parts.h"

#include <QAbstractItemView>
#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/bridge/core_types.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/composer_edit.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/insertion_bar.h"
#include "ui/widgets/message_preview.h"

namespace sockbench::ui {
namespace {

QToolButton* makeModeButton(const QString& text, const QString& tip, QWidget* owner) {
  auto* button = new QToolButton(owner);
  button->setText(text);
  button->setCheckable(true);
  button->setAccessibleName(tip);
  button->setToolTip(tip);
  return button;
}

QComboBox* makeEndingBox(QWidget* owner) {
  auto* box = new QComboBox(owner);
  box->addItem(Composer::tr("no line ending added"));
  box->addItem(Composer::tr("LF added"));
  box->addItem(Composer::tr("CRLF added"));
  box->addItem(Composer::tr("CR added"));
  box->addItem(Composer::tr("NUL added"));
  box->setToolTip(Composer::tr("What is added to the end of each message"));
  return box;
}

QComboBox* makeEncodingBox(QWidget* owner) {
  auto* box = new QComboBox(owner);
  for (const TextEncoding encoding : textEncodings()) {
    box->addItem(toQString(textEncodingName(encoding)), static_cast<int>(encoding));
  }
  box->setToolTip(Composer::tr("The encoding in which characters become bytes"));
  return box;
}

// The list of the box is as wide as its widest entry.
void fitToCurrent(QComboBox* box) {
  constexpr int kFrameAndArrow = 36;
  box->setFixedWidth(box->fontMetrics().horizontalAdvance(box->currentText()) + kFrameAndArrow);
  box->view()->setMinimumWidth(box->sizeHint().width());
}

}  // namespace

ComposerParts::ComposerParts(QWidget* owner, const QString& prefix) {
  build(owner, prefix);
  arrange(owner);
  name(owner, prefix);
}

void ComposerParts::fitBoxes() const {
  fitToCurrent(endingBox);
  fitToCurrent(encodingBox);
}

void ComposerParts::build(QWidget* owner, const QString& prefix) {
  edit = new ComposerEdit(owner);
  edit->setMinimumHeight(edit->fontMetrics().lineSpacing() * 2 + 14);
  buildModes(owner);
  buildInsertions(owner, prefix);
  endingBox = makeEndingBox(owner);
  encodingBox = makeEncodingBox(owner);
  for (QComboBox* box : {endingBox, encodingBox}) {
    box->setProperty("flat", true);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  }
  sendButton = new QPushButton(Composer::tr("Send"), owner);
  sendButton->setProperty("primary", true);
  preview = new MessagePreview(owner);
  preview->setProperty("dim", true);
  reason = new ElidedLabel(owner);
  reason->setProperty("dim", true);
  reason->setVisible(false);
  sendKey = new QLabel(Composer::tr("Ctrl+Enter"), owner);
  sendKey->setProperty("dim", true);
  message = new InlineMessage(owner);
}

void ComposerParts::buildModes(QWidget* owner) {
  textButton =
      makeModeButton(Composer::tr("Text"), Composer::tr("Write text with escapes such as \\n, \\xHH"), owner);
  hexButton = makeModeButton(Composer::tr("Hex"), Composer::tr("Write bytes as hexadecimal pairs"), owner);
  base64Button = makeModeButton(Composer::tr("Base64"), Composer::tr("Write bytes in base64"), owner);
  fileButton = makeModeButton(Composer::tr("File"), Composer::tr("Send the bytes of a file"), owner);
  textButton->setChecked(true);
  auto* modes = new QButtonGroup(owner);
  for (const auto& [form, button] : modeButtons()) modes->addButton(button);
  const auto flat = [owner](const QString& text, const QString& tip) {
    auto* button = new QToolButton(owner);
    button->setText(text);
    button->setAutoRaise(true);
    button->setAccessibleName(tip);
    button->setToolTip(tip);
    return button;
  };
  chooseButton = flat(Composer::tr("Choose…"), Composer::tr("Choose the file"));
  saveButton = flat(Composer::tr("Save…"), Composer::tr("Keep this message in the library"));
  lengthButton = flat(Composer::tr("+ length"), Composer::tr("Put the length into the message"));
  checksumButton = flat(Composer::tr("+ checksum"), Composer::tr("Put a checksum into the message"));
  for (QToolButton* button : {lengthButton, checksumButton}) button->setProperty("quiet", true);
}

void ComposerParts::buildInsertions(QWidget* owner, const QString& prefix) {
  insertions = new InsertionBar(prefix, owner);
}

std::array<std::pair<MessageForm, QToolButton*>, 4> ComposerParts::modeButtons() const {
  return {{{MessageForm::text, textButton},
           {MessageForm::hex, hexButton},
           {MessageForm::base64, base64Button},
           {MessageForm::file, fileButton}}};
}

void ComposerParts::arrange(QWidget* owner) {
  auto* modeRow = new QHBoxLayout;
  modeRow->setSpacing(2);
  for (const auto& [form, button] : modeButtons()) modeRow->addWidget(button);
  modeRow->addWidget(chooseButton);
  modeRow->addStretch(1);
  modeRow->addWidget(saveButton);
  controls = new QHBoxLayout;
  controls->setSpacing(6);
  controls->addWidget(sendButton, 1);
  auto* side = new QVBoxLayout;
  side->setSpacing(4);
  side->addLayout(modeRow);
  side->addLayout(controls);
  side->addStretch(1);
  auto* under = new QHBoxLayout;
  under->setSpacing(4);
  under->addWidget(preview, 1);
  under->addWidget(reason);
  under->addWidget(lengthButton);
  under->addWidget(checksumButton);
  under->addWidget(encodingBox);
  under->addWidget(endingBox);
  under->addWidget(sendKey);

  grid = new QGridLayout(owner);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(10);
  grid->setVerticalSpacing(4);
  grid->addWidget(edit, 0, 0);
  grid->addLayout(side, 0, 1);
  grid->addWidget(message, 1, 0, 1, 2);
  grid->addWidget(insertions, 2, 0, 1, 2);
  grid->addLayout(under, 3, 0, 1, 2);
  grid->setColumnStretch(0, 1);
  grid->setRowStretch(0, 1);
  // Tab order: from the message straight to Send.
  QWidget::setTabOrder(edit, sendButton);
}

void ComposerParts::name(QWidget* owner, const QString& prefix) {
  owner->setObjectName(prefix + QStringLiteral("Composer"));
  owner->setFocusProxy(edit);
  textButton->setObjectName(prefix + QStringLiteral("ModeTextButton"));
  hexButton->setObjectName(prefix + QStringLiteral("ModeHexButton"));
  base64Button->setObjectName(prefix + QStringLiteral("ModeBase64Button"));
  fileButton->setObjectName(prefix + QStringLiteral("ModeFileButton"));
  chooseButton->setObjectName(prefix + QStringLiteral("ChooseFileButton"));
  saveButton->setObjectName(prefix + QStringLiteral("SaveButton"));
  lengthButton->setObjectName(prefix + QStringLiteral("InsertLengthButton"));
  checksumButton->setObjectName(prefix + QStringLiteral("InsertChecksumButton"));
  edit->setObjectName(prefix + QStringLiteral("ComposerEdit"));
  edit->setAccessibleName(Composer::tr("Message"));
  sendButton->setObjectName(prefix + QStringLiteral("SendButton"));
  sendButton->setAccessibleName(Composer::tr("Send the message"));
  endingBox->setObjectName(prefix + QStringLiteral("EndingBox"));
  endingBox->setAccessibleName(Composer::tr("Line ending"));
  encodingBox->setObjectName(prefix + QStringLiteral("EncodingBox"));
  encodingBox->setAccessibleName(Composer::tr("Encoding"));
  preview->setObjectName(prefix + QStringLiteral("PreviewLabel"));
  preview->setAccessibleName(Composer::tr("Bytes that will go"));
  reason->setObjectName(prefix + QStringLiteral("SendReasonLabel"));
  message->setObjectName(prefix + QStringLiteral("ComposerMessage"));
}

}  // namespace sockbench::ui
