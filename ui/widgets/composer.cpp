#include "ui/widgets/composer.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/models/format.h"
#include "ui/widgets/composer_desk.h"
#include "ui/widgets/composer_edit.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {

struct Composer::Impl : ComposerDesk {
  using ComposerDesk::ComposerDesk;
};

Composer::Composer(const QString& prefix, QWidget* parent)
    : QWidget(parent), impl_(std::make_unique<Impl>(this, prefix)) {
  setHelpPage(this, QStringLiteral("framing"));
}

Composer::~Composer() = default;

MessageSpec Composer::spec() const {
  return impl_->spec();
}

void Composer::setSpec(const MessageSpec& spec) {
  impl_->setSpec(spec);
}

void Composer::setText(const QString& text) {
  impl_->edit->setMessage(text);
}

QString Composer::text() const {
  return impl_->edit->message();
}

void Composer::setMode(Mode mode) {
  impl_->switchMode(mode);
}

void Composer::setLineEnding(LineEnding ending) {
  impl_->endingBox->setCurrentIndex(static_cast<int>(ending));
}

void Composer::setEncoding(TextEncoding encoding) {
  impl_->encodingBox->setCurrentIndex(impl_->encodingBox->findData(static_cast<int>(encoding)));
}

Result<Bytes> Composer::message() const {
  return impl_->bytes();
}

void Composer::setFieldSource(std::function<FieldValues()> source) {
  impl_->fieldSource = std::move(source);
  impl_->changed();
}

void Composer::refreshFields() {
  if (text().contains(QLatin1String("{{"))) impl_->changed();
}

void Composer::setSendEnabled(bool enabled, const QString& reason) {
  impl_->sendButton->setEnabled(enabled);
  impl_->sendButton->setToolTip(enabled ? QString() : plainToolTip(reason));
  impl_->reason->setText(enabled ? QString() : reason);
  impl_->reason->setVisible(!enabled && !reason.isEmpty());
}

void Composer::showError(const Error& error) {
  impl_->message->showError(error);
}

void Composer::addControl(QWidget* control) {
  impl_->controls->insertWidget(impl_->controls->count() - 1, control);
}

void Composer::setPlanBar(QWidget* bar) {
  impl_->grid->addWidget(bar, impl_->grid->rowCount(), 0, 1, -1);
}

void Composer::accepted(bool clear) {
  impl_->accepted(clear);
}

QStringList Composer::history() const {
  return impl_->history.toStrings();
}

void Composer::setHistory(const QStringList& history) {
  impl_->history.setStrings(history);
}

QByteArray Composer::saveState() const {
  const MessageSpec spec = impl_->spec();
  return QStringLiteral("%1 %2 %3")
      .arg(static_cast<int>(spec.form))
      .arg(static_cast<int>(spec.ending))
      .arg(static_cast<int>(spec.encoding))
      .toLatin1();
}

void Composer::restoreState(const QByteArray& state) {
  const QList<QByteArray> parts = state.split(' ');
  if (parts.size() != 3) return;
  bool known[3] = {};
  const int mode = parts[0].toInt(&known[0]);
  const int ending = parts[1].toInt(&known[1]);
  const int encoding = impl_->encodingBox->findData(parts[2].toInt(&known[2]));
  if (known[1] && ending >= 0 && ending < impl_->endingBox->count())
    impl_->endingBox->setCurrentIndex(ending);
  if (known[2] && encoding >= 0) impl_->encodingBox->setCurrentIndex(encoding);
  if (!known[0]) return;
  const bool isForm = mode > 0 && mode <= static_cast<int>(Mode::file);
  setMode(isForm ? static_cast<Mode>(mode) : Mode::text);
}

void Composer::send() {
  if (impl_->sendButton->isEnabled()) return impl_->sendNow();
  if (!impl_->reason->text().isEmpty()) impl_->message->showNote(impl_->reason->text());
}

}  // namespace sockbench::ui
