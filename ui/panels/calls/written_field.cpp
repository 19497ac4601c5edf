#include "ui/panels/calls/written_field.h"

#include <QHBoxLayout>
#include <QLineEdit>

#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/composer_message.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

Composer::Mode composerMode(int mode) {
  return mode == 1 ? Composer::Mode::hex : Composer::Mode::text;
}

}  // namespace

WrittenField::WrittenField(const CallParameter& parameter, QWidget* parent)
    : ModedField(parameter, parent), edit_(new QLineEdit(this)), preview_(new ElidedLabel(this)) {
  edit_->setObjectName(nameFor("Edit"));
  edit_->setAccessibleName(title());
  edit_->setFont(theme::fixedFont());
  edit_->setMaxLength(1 << 20);
  preview_->setObjectName(nameFor("PreviewLabel"));
  preview_->setAccessibleName(tr("Bytes of %1").arg(toQString(parameter.name)));
  preview_->setProperty("dim", true);
  preview_->setFont(theme::fixedFont());
  preview_->setVisible(isBytes());
  auto* page = new QWidget(this);
  auto* row = new QHBoxLayout(page);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(edit_, 3);
  if (isBytes()) row->addWidget(preview_, 2);
  addMode(tr("Text"),
          isBytes() ? tr("Text with escapes such as \\n and \\xHH, sent as UTF-8") : tr("Text as it is"),
          page);
  if (isBytes()) addMode(tr("Hex"), tr("Bytes as pairs of hexadecimal digits"), page);
  finish();
  connect(edit_, &QLineEdit::textChanged, this, &WrittenField::showPreview);
  connect(edit_, &QLineEdit::textEdited, this, &WrittenField::edited);
  showPreview();
}

Result<Bytes> WrittenField::bytes(int mode) const {
  return contentBytes(edit_->text(), composerMode(mode), TextEncoding::utf8);
}

// What cannot be read stands as it was typed: the line then says what is wrong with it.
QString WrittenField::written(int mode) const {
  if (!isBytes()) return textLiteral(edit_->text());
  const Result<Bytes> content = bytes(mode);
  return content ? bytesLiteral(*content) : QString();
}

std::optional<int> WrittenField::write(const QString& expression) {
  if (expression.isEmpty()) {
    edit_->clear();
    return kText;
  }
  if (!isBytes()) {
    const std::optional<QString> text = literalText(expression);
    if (!text) return std::nullopt;
    edit_->setText(*text);
    return edit_->text() == *text ? std::optional<int>(kText) : std::nullopt;
  }
  const std::optional<Bytes> content = literalBytes(expression);
  if (!content) return std::nullopt;
  const int now = mode() == kHex ? kHex : kText;
  edit_->setText(contentText(*content, composerMode(now), TextEncoding::utf8));
  return now;
}

void WrittenField::modeChosen(int mode, int before) {
  if (const Result<Bytes> content = bytes(before))
    edit_->setText(contentText(*content, composerMode(mode), TextEncoding::utf8));
  showPreview();
}

QList<QWidget*> WrittenField::controls(int) const {
  return {edit_};
}

bool WrittenField::isOffered(const CallVariable& variable) const {
  if (isBytes()) return variable.value.as<Bytes>() || variable.value.as<CallBuffer>();
  return variable.value.as<std::string>() || variable.value.as<Bytes>();
}

void WrittenField::showPreview() {
  constexpr std::size_t kShown = 64;
  if (!isBytes()) return;
  const Result<Bytes> content = bytes(mode());
  if (!content) {
    markWrong(edit_);
    preview_->setText(toQString(content.error().message()));
    return;
  }
  clearWrong(edit_);
  preview_->setText(tr("%n byte(s)", nullptr, pluralNumber(content->size())) + QStringLiteral("  ") +
                    toQString(toHexSpaced(*content, kShown)));
}

}  // namespace sockbench::ui
