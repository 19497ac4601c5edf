#include "ui/widgets/composer.h"

#include <QComboBox>
#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QPromise>
#include <QPushButton>
#include <QStyle>
#include <QThreadPool>
#include <QTimer>
#include <QToolButton>
#include <chrono>

#include "core/payload/hex.h"
#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/composer_edit.h"
#include "ui/widgets/composer_message.h"
#include "ui/widgets/composer_parts.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/message_history.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kPreviewBytes = 32;
constexpr std::size_t kToolTipCharacters = 400;
// Half an escape is no mistake while it is being typed.
constexpr std::chrono::milliseconds kPauseBeforeMessage{500};

using Outcome = std::shared_ptr<const Result<Bytes>>;

Outcome evaluate(const QString& text, const MessageFormat& format) {
  return std::make_shared<const Result<Bytes>>(messageBytes(text, format));
}

QFuture<Outcome> evaluateLater(const QString& text, const MessageFormat& format) {
  auto promise = std::make_shared<QPromise<Outcome>>();
  promise->start();
  QFuture<Outcome> future = promise->future();
  QThreadPool::globalInstance()->start([promise, text, format] {
    promise->addResult(evaluate(text, format));
    promise->finish();
  });
  return future;
}

void setTone(QWidget* label, bool fault) {
  if (label->property("fault").toBool() == fault) return;
  label->setProperty("fault", fault);
  label->style()->unpolish(label);
  label->style()->polish(label);
}

}  // namespace

struct Composer::Impl : ComposerParts {
  Impl(Composer* owner, const QString& namePrefix);

  void connectParts();

  void changed();
  void settle(Outcome result);
  void showPreview();
  void showFault();
  bool switchMode(Mode mode);
  void recall(const std::optional<MessageHistory::Entry>& entry);
  void setFormat(const MessageFormat& wanted);
  MessageHistory::Entry entry() const { return {format.mode, edit->message()}; }

  Composer* q;
  QFutureWatcher<Outcome> later;
  QTimer pause;

  MessageFormat format;
  MessageHistory history;
  Outcome outcome;  // of what stands in the edit; empty while it is being worked out
  // What was converted into what: going back without an edit restores the very text that was typed.
  QString beforeSwitch;
  QString afterSwitch;
  bool quiet = false;  // the composer itself is changing the text
};

Composer::Impl::Impl(Composer* owner, const QString& namePrefix)
    : ComposerParts(owner, namePrefix), q(owner) {
  pause.setSingleShot(true);
  pause.setInterval(kPauseBeforeMessage);
  connectParts();
  changed();
}

void Composer::Impl::connectParts() {
  connect(edit, &ComposerEdit::messageChanged, q, [this] {
    if (quiet) return;
    history.endWalk();
    changed();
  });
  connect(edit, &ComposerEdit::sendKeyPressed, q, &Composer::send);
  connect(edit, &ComposerEdit::olderKeyPressed, q, [this] { recall(history.older(entry())); });
  connect(edit, &ComposerEdit::newerKeyPressed, q, [this] { recall(history.newer()); });
  connect(sendButton, &QPushButton::clicked, q, &Composer::send);
  connect(textButton, &QToolButton::clicked, q, [this] { switchMode(Mode::text); });
  connect(hexButton, &QToolButton::clicked, q, [this] { switchMode(Mode::hex); });
  connect(endingBox, &QComboBox::currentIndexChanged, q, [this](int index) {
    format.ending = static_cast<LineEnding>(index);
    changed();
  });
  connect(encodingBox, &QComboBox::currentIndexChanged, q, [this] {
    format.encoding = static_cast<TextEncoding>(encodingBox->currentData().toInt());
    changed();
  });
  connect(&later, &QFutureWatcherBase::finished, q, [this] {
    // Without a result it is the empty future that took the place of one no longer wanted.
    if (later.future().resultCount() > 0) settle(later.result());
  });
  connect(&pause, &QTimer::timeout, q, [this] { showFault(); });
}

void Composer::Impl::changed() {
  message->clear();
  edit->clearMark();
  pause.stop();
  if (edit->messageLength() <= ComposerEdit::kMostEditable) {
    later.setFuture({});
    settle(evaluate(edit->message(), format));
    return;
  }
  message->showNote(Composer::tr("Long text is kept whole and shown by its beginning; Backspace removes it"));
  outcome.reset();
  showPreview();
  later.setFuture(evaluateLater(edit->message(), format));
}

void Composer::Impl::settle(Outcome result) {
  outcome = std::move(result);
  showPreview();
  if (*outcome) return;
  edit->mark(wrongPart(outcome->error(), edit->messageLength()));
  pause.start();
}

void Composer::Impl::showPreview() {
  fitBoxes();
  QString headline;  // it is never cut; the bytes behind it give way
  QString bytes;
  QString toolTip;
  if (!outcome) {
    headline = Composer::tr("%L1 characters, being counted…").arg(edit->messageLength());
  } else if (!*outcome) {
    headline = toQString(outcome->error().symbol());
  } else {
    const auto count = static_cast<int>(std::min<std::size_t>((*outcome)->size(), INT_MAX));
    headline = Composer::tr("%Ln byte(s)", nullptr, count);
    bytes = QStringLiteral("   ") + toQString(toHexSpaced(**outcome, kPreviewBytes));
    toolTip = plainToolTip(toQString(previewText(**outcome, kToolTipCharacters)));
  }
  preview->setText(headline + bytes);
  preview->setToolTip(toolTip);
  preview->setMinimumWidth(preview->fontMetrics().horizontalAdvance(headline + QStringLiteral("  …")));
  setTone(preview, outcome && !*outcome);
}

void Composer::Impl::showFault() {
  if (outcome && !*outcome) message->showError(outcome->error());
}

bool Composer::Impl::switchMode(Mode mode) {
  if (mode == format.mode) return true;
  const QString before = edit->message();
  const Result<Bytes> content = contentBytes(before, format.mode, format.encoding);
  if (!content) {
    // What cannot be read cannot be converted: the mode stays, and the wrong part is shown.
    (format.mode == Mode::text ? textButton : hexButton)->setChecked(true);
    showFault();
    return false;
  }
  const QString after = before == afterSwitch ? beforeSwitch : contentText(*content, mode, format.encoding);
  setFormat({mode, format.ending, format.encoding});
  quiet = true;
  edit->setMessage(after);
  quiet = false;
  beforeSwitch = before;
  afterSwitch = edit->message();
  changed();
  return true;
}

void Composer::Impl::setFormat(const MessageFormat& wanted) {
  format = wanted;
  edit->setMode(format.mode);
  const QSignalBlocker endingStill(endingBox);
  const QSignalBlocker encodingStill(encodingBox);
  endingBox->setCurrentIndex(static_cast<int>(format.ending));
  encodingBox->setCurrentIndex(encodingBox->findData(static_cast<int>(format.encoding)));
  (format.mode == Mode::hex ? hexButton : textButton)->setChecked(true);
  edit->setPlaceholderText(format.mode == Mode::hex
                               ? Composer::tr("Bytes, such as 68 65 6c 6c 6f")
                               : Composer::tr("A message; \\n, \\x00 and \\u{1F600} are understood"));
}

void Composer::Impl::recall(const std::optional<MessageHistory::Entry>& entry) {
  if (!entry) return;
  setFormat({entry->mode, format.ending, format.encoding});
  quiet = true;
  edit->setMessage(entry->text);
  quiet = false;
  changed();
}

Composer::Composer(const QString& prefix, QWidget* parent)
    : QWidget(parent), impl_(std::make_unique<Impl>(this, prefix)) {
  setHelpPage(this, QStringLiteral("framing"));
  impl_->setFormat({});
}

Composer::~Composer() = default;

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
  return impl_->outcome ? *impl_->outcome : messageBytes(text(), impl_->format);
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

void Composer::accepted(bool clear) {
  impl_->history.add(impl_->entry());
  impl_->message->clear();
  if (clear) setText({});
}

QStringList Composer::history() const {
  return impl_->history.toStrings();
}
void Composer::setHistory(const QStringList& history) {
  impl_->history.setStrings(history);
}

QByteArray Composer::saveState() const {
  const MessageFormat& f = impl_->format;
  return QStringLiteral("%1 %2 %3")
      .arg(static_cast<int>(f.mode))
      .arg(static_cast<int>(f.ending))
      .arg(static_cast<int>(f.encoding))
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
  if (known[0]) setMode(mode == static_cast<int>(Mode::hex) ? Mode::hex : Mode::text);
}

void Composer::send() {
  if (!impl_->sendButton->isEnabled()) {
    if (!impl_->reason->text().isEmpty()) impl_->message->showNote(impl_->reason->text());
    return;
  }
  const Result<Bytes> bytes = message();
  if (!bytes) {
    impl_->edit->mark(wrongPart(bytes.error(), impl_->edit->messageLength()));
    impl_->message->showError(bytes.error());
    return;
  }
  impl_->message->clear();
  emit sendRequested(*bytes);
}

}  // namespace sockbench::ui
