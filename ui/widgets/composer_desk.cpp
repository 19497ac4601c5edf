#include "ui/widgets/composer_desk.h"

#include <QComboBox>
#include <QFileDialog>
#include <QPushButton>
#include <QToolButton>
#include <chrono>

#include "ui/bridge/core_types.h"
#include "ui/widgets/composer_edit.h"
#include "ui/widgets/composer_message.h"
#include "ui/widgets/field_completion.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/insertion_bar.h"
#include "ui/widgets/message_preview.h"

namespace sockbench::ui {
namespace {

// Half an escape is no mistake while it is being typed.
constexpr std::chrono::milliseconds kPauseBeforeMessage{500};

QString placeholder(MessageForm form) {
  switch (form) {
    case MessageForm::text:
      return Composer::tr("A message; \\n, \\x00, \\u{1F600} and fields such as {{counter}} are understood");
    case MessageForm::hex:
      return Composer::tr("Bytes, such as 68 65 6c 6c 6f");
    case MessageForm::base64:
      return Composer::tr("Bytes in base64, such as aGVsbG8=");
    case MessageForm::file:
      break;
  }
  return Composer::tr("The path of a file; its bytes go as they are");
}

bool changesWhenSent(const ExpandedMessage& message) {
  return std::ranges::any_of(message.spans, &ExpandedMessage::Span::changes);
}

}  // namespace

ComposerDesk::ComposerDesk(Composer* owner, const QString& namePrefix)
    : ComposerParts(owner, namePrefix), owner_(owner) {
  pause_.setSingleShot(true);
  pause_.setInterval(kPauseBeforeMessage);
  connectParts();
  connectMessage();
  showFormat();
  changed();
}

void ComposerDesk::connectParts() {
  const auto q = owner_;
  QObject::connect(edit, &ComposerEdit::sendKeyPressed, q, &Composer::send);
  QObject::connect(edit, &ComposerEdit::olderKeyPressed, q, [this] { recall(history.older(entry())); });
  QObject::connect(edit, &ComposerEdit::newerKeyPressed, q, [this] { recall(history.newer()); });
  QObject::connect(sendButton, &QPushButton::clicked, q, &Composer::send);
  QObject::connect(saveButton, &QToolButton::clicked, q, [this] { emit owner_->saveRequested(spec()); });
  QObject::connect(chooseButton, &QToolButton::clicked, q, [this] { chooseFile(); });
  for (const auto& [form, button] : modeButtons()) {
    QObject::connect(button, &QToolButton::clicked, q, [this, wanted = form] { switchMode(wanted); });
  }
  QObject::connect(lengthButton, &QToolButton::clicked, q, [this] {
    Insertion length;
    length.at = {0, false};
    insertions->add(length);
  });
  QObject::connect(checksumButton, &QToolButton::clicked, q, [this] {
    Insertion checksum;
    checksum.what = Insertion::What::checksum;
    checksum.checksum = "CRC-32/ISO-HDLC";
    insertions->add(checksum);
  });
  edit->fields()->setVariables([this] {
    QStringList names;
    const FieldValues values = fieldSource ? fieldSource() : FieldValues();
    if (values.variables == nullptr) return names;
    for (const auto& [name, value] : *values.variables) names << toQString(name);
    return names;
  });
}

void ComposerDesk::connectMessage() {
  const auto q = owner_;
  QObject::connect(edit, &ComposerEdit::messageChanged, q, [this] {
    if (quiet_) return;
    history.endWalk();
    changed();
  });
  QObject::connect(endingBox, &QComboBox::currentIndexChanged, q, [this](int index) {
    format_.ending = static_cast<LineEnding>(index);
    changed();
  });
  QObject::connect(encodingBox, &QComboBox::currentIndexChanged, q, [this] {
    format_.encoding = static_cast<TextEncoding>(encodingBox->currentData().toInt());
    changed();
  });
  QObject::connect(insertions, &InsertionBar::changed, q, [this] {
    format_.insertions = insertions->insertions();
    changed();
  });
  QObject::connect(&later_, &QFutureWatcherBase::finished, q, [this] {
    // Without a result it is the empty future that took the place of one no longer wanted.
    if (later_.future().resultCount() > 0) settle(later_.result());
  });
  QObject::connect(&sending_, &QFutureWatcherBase::finished, q, [this] {
    if (sending_.future().resultCount() > 0) deliver(*sending_.result());
  });
  QObject::connect(&pause_, &QTimer::timeout, q, [this] { showFault(); });
}

MessageSpec ComposerDesk::spec() const {
  MessageSpec spec = format_;
  spec.body = toUtf8(edit->message());
  return spec;
}

void ComposerDesk::setSpec(const MessageSpec& spec) {
  format_ = spec;
  format_.body.clear();
  showFormat();
  history.endWalk();
  write(toQString(spec.body));
}

MessageJob ComposerDesk::job() const {
  FieldValues values = fieldSource ? fieldSource() : FieldValues();
  MessageSpec written = spec();
  values.seed = seed_;
  values.counter = written == lastSent_ ? sentBefore_ : 0;
  return {std::move(written), std::move(values)};
}

void ComposerDesk::changed() {
  message->clear();
  edit->clearMark();
  pause_.stop();
  saveButton->setEnabled(edit->messageLength() > 0);
  if (edit->holdsLongText())
    message->showNote(
        Composer::tr("Long text is kept whole and shown by its beginning; Backspace removes it"));
  const MessageJob wanted = job();
  if (!wanted.mayWait() && !wanted.isLong()) {
    later_.setFuture({});
    return settle(wanted.run());
  }
  outcome_.reset();
  showPreview();
  later_.setFuture(wanted.runLater());
}

void ComposerDesk::settle(ComposedMessage result) {
  outcome_ = std::move(result);
  showPreview();
  if (*outcome_) return;
  edit->mark(wrongPart(outcome_->error(), edit->messageLength()));
  pause_.start();
}

void ComposerDesk::showPreview() {
  fitBoxes();
  if (!outcome_) {
    preview->showWords(format_.form == MessageForm::file
                           ? Composer::tr("The file is being read…")
                           : Composer::tr("%L1 characters, being counted…").arg(edit->messageLength()),
                       false);
  } else if (!*outcome_) {
    preview->showWords(toQString(outcome_->error().symbol()), true);
  } else {
    preview->showMessage(spec(), **outcome_);
  }
}

void ComposerDesk::showFault() {
  const bool isEmptyPath = format_.form == MessageForm::file && edit->messageLength() == 0;
  if (outcome_ && !*outcome_ && !isEmptyPath) message->showError(outcome_->error());
}

Result<Bytes> ComposerDesk::bytes() const {
  const ComposedMessage now = outcome_ ? outcome_ : job().run();
  if (!*now) return std::unexpected(now->error());
  return (*now)->bytes;
}

void ComposerDesk::sendNow() {
  const MessageJob wanted = job();
  // A file is read at the moment of sending, a time is that of this moment; all else goes as previewed.
  const bool isFresh = outcome_ && !(*outcome_ && changesWhenSent(**outcome_)) && !wanted.readsFiles();
  if (isFresh) return deliver(*outcome_);
  if (!wanted.mayWait()) return deliver(*wanted.run());
  sending_.setFuture(wanted.runLater());
}

void ComposerDesk::deliver(const Result<ExpandedMessage>& result) {
  if (!result) {
    edit->mark(wrongPart(result.error(), edit->messageLength()));
    message->showError(result.error());
    return;
  }
  message->clear();
  emit owner_->sendRequested(result->bytes);
}

void ComposerDesk::accepted(bool clear) {
  const MessageSpec sent = spec();
  sentBefore_ = sent == lastSent_ ? sentBefore_ + 1 : 1;
  lastSent_ = sent;
  seed_ = freshSeed();
  history.add(entry());
  message->clear();
  if (clear && format_.form != MessageForm::file) {
    edit->setMessage({});
  } else {
    changed();
  }
}

bool ComposerDesk::switchMode(MessageForm form) {
  const MessageForm from = format_.form;
  if (form == from) return true;
  const QString before = edit->message();
  QString after = before;
  if (isConvertible(before, from, form)) {
    const Result<Bytes> content = contentBytes(before, from, format_.encoding);
    if (!content) {
      // What cannot be read cannot be converted: the mode stays, and the wrong part is shown.
      showFormat();
      showFault();
      return false;
    }
    after = contentText(*content, form, format_.encoding);
    // Two braces would open a field.
    if (form == MessageForm::text) after.replace(QLatin1String("{{"), QLatin1String("\\{{"));
  } else if (from == MessageForm::file || form == MessageForm::file) {
    after.clear();
  }
  if (before == afterSwitch_ && form == formBefore_) after = beforeSwitch_;
  format_.form = form;
  showFormat();
  write(after);
  beforeSwitch_ = before;
  formBefore_ = from;
  afterSwitch_ = edit->message();
  return true;
}

void ComposerDesk::showFormat() {
  edit->setMode(format_.form);
  const QSignalBlocker endingStill(endingBox);
  const QSignalBlocker encodingStill(encodingBox);
  endingBox->setCurrentIndex(static_cast<int>(format_.ending));
  encodingBox->setCurrentIndex(encodingBox->findData(static_cast<int>(format_.encoding)));
  for (const auto& [form, button] : modeButtons()) button->setChecked(form == format_.form);
  chooseButton->setVisible(format_.form == MessageForm::file);
  insertions->setInsertions(format_.insertions);
  edit->setPlaceholderText(placeholder(format_.form));
}

void ComposerDesk::write(const QString& text) {
  quiet_ = true;
  edit->setMessage(text);
  quiet_ = false;
  changed();
}

void ComposerDesk::recall(const std::optional<MessageHistory::Entry>& entry) {
  if (!entry) return;
  format_.form = entry->mode;
  showFormat();
  write(entry->text);
}

MessageHistory::Entry ComposerDesk::entry() const {
  return {format_.form, edit->message()};
}

void ComposerDesk::chooseFile() {
  auto* dialog = new QFileDialog(owner_, Composer::tr("Choose a file to send"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  QObject::connect(dialog, &QFileDialog::fileSelected, owner_, [this](const QString& path) { write(path); });
  dialog->open();
}

}  // namespace sockbench::ui
