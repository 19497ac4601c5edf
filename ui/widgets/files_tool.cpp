#include "ui/widgets/files_tool.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

constexpr std::chrono::milliseconds kLookEvery{200};
constexpr int kSteps = 1000;         // of the progress bar
constexpr int kPathCharacters = 28;  // the least room for a path
constexpr int kNumberCharacters = 14;

std::uint64_t valueOf(const QLineEdit* edit) {
  return edit->text().toULongLong();
}

double secondsBetween(WallNanos from, WallNanos to) {
  return static_cast<double>(to - from) / 1e9;
}

bool isOver(const FileSend& file) {
  return file.state() >= FileSend::State::done;
}

}  // namespace

FilesTool::FilesTool(const QString& prefix, EngineBridge* bridge, std::function<QList<SessionId>()> targets,
                     QWidget* parent)
    : QWidget(parent),
      prefix_(prefix),
      bridge_(bridge),
      targets_(std::move(targets)),
      target_(new QLabel(this)),
      message_(new InlineMessage(this)) {
  setObjectName(prefix + QStringLiteral("FilesTool"));
  setAccessibleName(tr("Files"));
  setHelpPage(this, QStringLiteral("files"));
  setAcceptDrops(true);
  message_->setObjectName(prefix + QStringLiteral("FilesMessage"));
  target_->setObjectName(prefix + QStringLiteral("FilesTarget"));
  target_->setTextFormat(Qt::PlainText);
  target_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->addWidget(target_);
  column->addWidget(message_);
  buildSending();
  buildReceiving();
  column->addStretch(1);
  timer_.setInterval(kLookEvery);
  connect(&timer_, &QTimer::timeout, this, &FilesTool::look);
  refreshButtons();
}

QLineEdit* FilesTool::edit(const char* name, const QString& text, const QString& placeholder,
                           const QString& toolTip) {
  auto* edit = new QLineEdit(this);
  edit->setObjectName(prefix_ + QLatin1String(name));
  edit->setAccessibleName(text);
  edit->setPlaceholderText(placeholder);
  edit->setToolTip(plainToolTip(toolTip));
  connect(edit, &QLineEdit::textEdited, this, [edit] { clearWrong(edit); });
  return edit;
}

QLineEdit* FilesTool::number(const char* name, const QString& text, const QString& placeholder,
                             const QString& toolTip) {
  QLineEdit* box = edit(name, text, placeholder, toolTip);
  box->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,18}")), box));
  box->setMaximumWidth(fontMetrics().averageCharWidth() * kNumberCharacters);
  return box;
}

QPushButton* FilesTool::button(const char* name, const QString& text, const QString& toolTip,
                               void (FilesTool::*act)()) {
  auto* button = new QPushButton(text, this);
  button->setObjectName(prefix_ + QLatin1String(name));
  button->setAccessibleName(text);
  button->setToolTip(plainToolTip(toolTip));
  button->setAutoDefault(false);
  connect(button, &QPushButton::clicked, this, act);
  return button;
}

QLabel* FilesTool::label(const char* name) {
  auto* label = new QLabel(this);
  label->setObjectName(prefix_ + QLatin1String(name));
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  label->setWordWrap(true);
  label->hide();
  layout()->addWidget(label);
  return label;
}

FlowLayout* FilesTool::line() {
  auto* widget = new QWidget(this);
  auto* flow = new FlowLayout(widget);
  layout()->addWidget(widget);
  return flow;
}

void FilesTool::buildSending() {
  path_ = edit("FileEdit", tr("File to send"), tr("File to send, or drop one here"),
               tr("A regular file. Where the transport has it, sendfile(2) hands it to the socket"));
  path_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  path_->setMinimumWidth(fontMetrics().averageCharWidth() * kPathCharacters);
  offset_ =
      number("FileOffsetEdit", tr("Offset"), tr("offset"), tr("From this byte on; empty: the beginning"));
  length_ = number("FileLengthEdit", tr("Length"), tr("length"), tr("So many bytes; empty: to its end"));
  rate_ = number("FileRateEdit", tr("Bytes a second"), tr("bytes/s"),
                 tr("At most so many bytes a second; empty: as fast as the peer reads"));
  keep_ = new QCheckBox(tr("Keep the bytes"), this);
  keep_->setObjectName(prefix_ + QStringLiteral("FileKeepCheck"));
  keep_->setAccessibleName(keep_->text());
  keep_->setToolTip(plainToolTip(
      tr("They stand in the timeline. Off: the rows tell how many they were, and no more is known of them")));
  send_ = button("FileSendButton", tr("Send file"), tr("Behind what is queued"), &FilesTool::send);
  cancel_ = button("FileCancelButton", tr("Cancel"), tr("Send no more of it; what has gone stays gone"),
                   &FilesTool::cancel);
  FlowLayout* first = line();
  first->addWidget(path_);
  first->addWidget(
      button("FileBrowseButton", tr("Choose…"), tr("Choose the file to send"), &FilesTool::browse));
  FlowLayout* second = line();
  for (QWidget* widget : std::initializer_list<QWidget*>{offset_, length_, rate_, keep_, send_, cancel_})
    second->addWidget(widget);
  progress_ = new QProgressBar(this);
  progress_->setObjectName(prefix_ + QStringLiteral("FileProgress"));
  progress_->setAccessibleName(tr("Progress"));
  progress_->setRange(0, kSteps);
  progress_->setTextVisible(false);
  progress_->setMaximumHeight(6);
  progress_->hide();
  layout()->addWidget(progress_);
  sendStatus_ = label("FileStatus");
  connect(path_, &QLineEdit::returnPressed, this, &FilesTool::send);
}

void FilesTool::buildReceiving() {
  place_ = edit("ReceiveEdit", tr("File to receive to"), tr("Write what is received to this file"),
                tr("What one session receives from now on, until its peer has closed its side"));
  place_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  place_->setMinimumWidth(fontMetrics().averageCharWidth() * kPathCharacters);
  limit_ = number("ReceiveLimitEdit", tr("Most bytes"), tr("most bytes"),
                  tr("It ends after so many bytes; empty: at the peer's end"));
  overwrite_ = new QCheckBox(tr("Overwrite"), this);
  overwrite_->setObjectName(prefix_ + QStringLiteral("ReceiveOverwriteCheck"));
  overwrite_->setAccessibleName(tr("Overwrite the file"));
  overwrite_->setToolTip(plainToolTip(tr("A file that is there is emptied first")));
  receive_ = button("ReceiveButton", tr("Receive to file"), tr("From the first of the chosen connections"),
                    &FilesTool::receive);
  stop_ = button("ReceiveStopButton", tr("Stop"), tr("Write no more; the session goes on"), &FilesTool::stop);
  FlowLayout* first = line();
  first->addWidget(place_);
  first->addWidget(
      button("ReceiveBrowseButton", tr("Choose…"), tr("Choose where to write"), &FilesTool::browsePlace));
  FlowLayout* second = line();
  for (QWidget* widget : std::initializer_list<QWidget*>{limit_, overwrite_, receive_, stop_})
    second->addWidget(widget);
  receiveStatus_ = label("ReceiveStatus");
  sums_ = label("ReceiveSums");
  connect(place_, &QLineEdit::returnPressed, this, &FilesTool::receive);
}

void FilesTool::setUsable(bool usable, const QString& why) {
  usable_ = usable;
  why_ = why;
  refreshButtons();
}

void FilesTool::setFile(const QString& path) {
  path_->setText(path);
  clearWrong(path_);
}

void FilesTool::setTargetText(const QString& text) {
  target_->setText(text);
  target_->setVisible(!text.isEmpty());
}

bool FilesTool::isSending() const {
  return std::ranges::any_of(sends_, [](const auto& file) { return !isOver(*file); });
}

bool FilesTool::isReceiving() const {
  return receipt_ && receipt_->progress().state <= FileReceive::State::receiving;
}

bool FilesTool::isBusy() const {
  return isSending() || isReceiving();
}

void FilesTool::refreshButtons() {
  setEnabledOr(send_, usable_ && !isSending(), usable_ ? tr("A file is being sent") : why_);
  setEnabledOr(receive_, usable_ && !isReceiving(), usable_ ? tr("A file is being received") : why_);
  cancel_->setVisible(isSending());
  stop_->setVisible(isReceiving());
}

void FilesTool::browse() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Send a file"), path_->text());
  if (!path.isEmpty()) setFile(path);
}

void FilesTool::browsePlace() {
  const QString path = QFileDialog::getSaveFileName(this, tr("Receive to a file"), place_->text(), {},
                                                    nullptr, QFileDialog::DontConfirmOverwrite);
  if (!path.isEmpty()) place_->setText(path);
}

bool FilesTool::anyTarget(const QList<SessionId>& targets) {
  if (targets.isEmpty()) message_->showWarning(tr("Select an open connection first, or choose all of them."));
  return !targets.isEmpty();
}

void FilesTool::send() {
  if (!send_->isEnabled()) return;
  message_->clear();
  const QList<SessionId> to = targets_();
  if (!anyTarget(to)) return;
  sends_.clear();
  for (const SessionId id : to) {
    const auto file = FileSend::open({.path = path_->text().toStdString(),
                                      .offset = valueOf(offset_),
                                      .length = valueOf(length_),
                                      .bytesPerSecond = valueOf(rate_),
                                      .keepBytes = keep_->isChecked()});
    if (!file) {
      markWrong(path_);
      return message_->showError(file.error());
    }
    sends_.push_back(*file);
    if (const auto error = bridge_->sendFile(id, *file)) message_->showError(*error);
  }
  sending_ = true;
  timer_.start();
  look();
}

void FilesTool::cancel() {
  for (const auto& file : sends_) file->cancel();
}

void FilesTool::receive() {
  if (!receive_->isEnabled()) return;
  message_->clear();
  const QList<SessionId> from = targets_();
  if (!anyTarget(from)) return;
  auto file = FileReceive::open(
      {.path = place_->text().toStdString(), .overwrite = overwrite_->isChecked(), .most = valueOf(limit_)});
  if (!file) {
    markWrong(place_);
    return message_->showError(file.error());
  }
  receipt_ = std::move(*file);
  receivesFrom_ = from.first();
  bridge_->attach(receivesFrom_, receipt_);
  receiving_ = true;
  timer_.start();
  look();
}

void FilesTool::stop() {
  if (!receipt_) return;
  receipt_->stop();
  bridge_->detach(receivesFrom_, receipt_);
}

void FilesTool::look() {
  // Asked first: what ends while it is being shown is shown once more.
  const bool sending = isSending();
  const bool receiving = isReceiving();
  if (sending_) showSending(sending);
  if (receiving_) showReceiving();
  sending_ = sending;
  receiving_ = receiving;
  if (!sending_ && !receiving_) timer_.stop();
  refreshButtons();
  const QString percent = tr("%1 %").arg(progress_->value() * 100 / kSteps);
  emit remarkChanged(sending_ ? percent : receiving_ ? tr("receiving") : QString());
}

void FilesTool::showSending(bool sending) {
  std::uint64_t sent = 0;
  std::uint64_t total = 0;
  WallNanos began = 0;
  WallNanos until = 0;
  std::size_t failed = 0;
  std::size_t cancelled = 0;
  for (const auto& file : sends_) {
    sent += file->sent();
    total += file->total();
    if (began == 0 || (file->began() != 0 && file->began() < began)) began = file->began();
    until = std::max(until, isOver(*file) ? file->ended() : wallNow());
    failed += file->state() == FileSend::State::failed ? 1 : 0;
    cancelled += file->state() == FileSend::State::cancelled ? 1 : 0;
    if (const auto error = file->error()) message_->showError(*error);
  }
  progress_->setVisible(true);
  progress_->setValue(
      total == 0 ? kSteps
                 : static_cast<int>(static_cast<double>(sent) * kSteps / static_cast<double>(total)));
  const double seconds = began == 0 ? 0 : secondsBetween(began, until);
  const double rate = seconds > 0 ? static_cast<double>(sent) / seconds : 0;
  QStringList parts{tr("%1 of %2").arg(formatBytes(sent), formatBytes(total))};
  if (rate > 0) parts << formatRate(rate);
  if (sending && rate > 0)
    parts << tr("%1 left").arg(formatAge(
        std::chrono::seconds(static_cast<std::int64_t>(static_cast<double>(total - sent) / rate) + 1)));
  if (sending && began == 0) parts << tr("waits behind what is queued");
  if (!sending) parts << (failed > 0 ? tr("failed") : cancelled > 0 ? tr("cancelled") : tr("sent"));
  sendStatus_->setText(parts.join(QStringLiteral(" · ")));
  sendStatus_->setVisible(true);
}

void FilesTool::showReceiving() {
  const FileReceive::Progress now = receipt_->progress();
  QStringList parts{formatBytes(now.written)};
  const WallNanos until = now.ended != 0 ? now.ended : wallNow();
  const double seconds = now.began == 0 ? 0 : secondsBetween(now.began, until);
  if (seconds > 0) parts << formatRate(static_cast<double>(now.written) / seconds);
  switch (now.state) {
    case FileReceive::State::waiting:
      parts << tr("waits for the connection");
      break;
    case FileReceive::State::receiving:
      parts << tr("receiving");
      break;
    case FileReceive::State::done:
      parts << tr("complete");
      break;
    case FileReceive::State::stopped:
      parts << tr("stopped");
      break;
    case FileReceive::State::failed:
      parts << tr("failed");
      break;
  }
  if (now.error) message_->showError(*now.error);
  receiveStatus_->setText(parts.join(QStringLiteral(" · ")));
  receiveStatus_->setVisible(true);
  sums_->setText(QStringLiteral("SHA-256 %1\nMD5 %2").arg(toQString(now.sha256), toQString(now.md5)));
  sums_->setVisible(true);
}

void FilesTool::dragEnterEvent(QDragEnterEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (urls.size() == 1 && urls.first().isLocalFile()) event->acceptProposedAction();
}

void FilesTool::dropEvent(QDropEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (urls.size() == 1 && urls.first().isLocalFile()) setFile(urls.first().toLocalFile());
}

}  // namespace sockbench::ui
