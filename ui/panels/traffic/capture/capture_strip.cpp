#include "ui/panels/traffic/capture/capture_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/capture_bridge.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

QString shownPath(const QString& path) {
  return shownText(toUtf8(path));
}

QString amount(const Capture::Status& status) {
  QStringList parts{
      CaptureStrip::tr("%1 record(s)", nullptr, pluralNumber(status.rows)).arg(formatCount(status.rows)),
      formatBytes(status.bytes)};
  if (status.lost > 0) {
    parts.append(CaptureStrip::tr("%1 lost: they left memory before they could be written", nullptr,
                                  pluralNumber(status.lost))
                     .arg(formatCount(status.lost)));
  }
  return parts.join(QStringLiteral(" \u00b7 "));
}

}  // namespace

CaptureStrip::CaptureStrip(CaptureBridge* capture, QWidget* parent)
    : QWidget(parent),
      capture_(capture),
      line_(new QWidget(this)),
      dot_(new QLabel(line_)),
      label_(new ElidedLabel(line_)),
      stop_(new QToolButton(line_)),
      dismiss_(new QToolButton(line_)),
      message_(new InlineMessage(this)) {
  dot_->setProperty("fault", true);  // in the colour of errors, as recorders have it
  label_->setObjectName(QStringLiteral("captureLabel"));
  label_->setTextFormat(Qt::PlainText);
  label_->setAccessibleName(tr("Capture"));
  stop_->setObjectName(QStringLiteral("captureStopButton"));
  stop_->setText(tr("Stop"));
  stop_->setAccessibleName(tr("Stop the capture"));
  dismiss_->setObjectName(QStringLiteral("captureDismissButton"));
  dismiss_->setText(tr("Dismiss"));
  dismiss_->setAccessibleName(tr("Dismiss the capture's message"));
  message_->setObjectName(QStringLiteral("captureMessage"));
  for (QToolButton* button : {stop_, dismiss_}) {
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
  }
  auto* row = new QHBoxLayout(line_);
  row->setContentsMargins(14, 2, 10, 2);
  row->addWidget(dot_);
  row->addWidget(label_, 1);
  row->addWidget(stop_);
  row->addWidget(dismiss_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(message_);
  column->addWidget(line_);
  connect(stop_, &QToolButton::clicked, capture_, &CaptureBridge::stop);
  connect(dismiss_, &QToolButton::clicked, this, &CaptureStrip::dismiss);
  connect(capture_, &CaptureBridge::changed, this, &CaptureStrip::follow);
  connect(capture_, &CaptureBridge::ended, this, &CaptureStrip::showEnd);
  dismiss();
}

void CaptureStrip::follow() {
  if (!capture_->isRunning()) return;
  message_->clear();
  const QString words = capture_->isProgram() ? tr("Live to %1") : tr("Keeping everything in %1");
  showLine(words.arg(shownPath(capture_->target())) + QStringLiteral(": ") + amount(capture_->status()),
           true);
}

// Wireshark that was closed ends with 0; one that could not even begin says so by its status.
QString CaptureStrip::programEnd(const QString& target, const QString& amount) const {
  const auto end = capture_->program()->ended();
  if (end && end->signal != 0)
    return tr("%1 was ended by signal %2: %3").arg(target).arg(end->signal).arg(amount);
  if (end && end->status != 0)
    return tr("%1 has ended with status %2: %3").arg(target).arg(end->status).arg(amount);
  return tr("%1 has stopped reading: %2").arg(target, amount);
}

void CaptureStrip::showEnd() {
  const Capture::Status status = capture_->status();
  const QString target = shownPath(capture_->target());
  const bool left = capture_->isProgram() && status.error && status.error->isErrno(EPIPE);
  if (left) return showLine(programEnd(target, amount(status)), false);
  if (!status.error) {
    const QString words = capture_->isProgram() ? tr("Given to %1: %2") : tr("Kept in %1: %2");
    return showLine(words.arg(target, amount(status)), false);
  }
  message_->showError(*status.error);
  showLine(
      tr("The capture to %1 has stopped (%2). The timeline in memory goes on.").arg(target, amount(status)),
      false);
}

void CaptureStrip::showRefusal(const Error& error) {
  message_->showError(error);
  showLine(tr("Nothing is being kept."), false);
}

void CaptureStrip::showLine(const QString& text, bool running) {
  dot_->setText(running ? QStringLiteral("\u25cf") : QString());
  label_->setText(text);
  label_->setToolTip(plainToolTip(text));
  stop_->setVisible(running);
  dismiss_->setVisible(!running);
  line_->show();
  show();
  emit told();
}

void CaptureStrip::dismiss() {
  message_->clear();
  hide();
}

}  // namespace sockbench::ui
