#include "ui/widgets/answers/ready_answer_bar.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <limits>

#include "core/base/duration_text.h"
#include "core/payload/escapes.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

using Kind = AnswererSpec::Kind;

}  // namespace

ReadyAnswerBar::ReadyAnswerBar(const QString& prefix, QWidget* parent)
    : QWidget(parent),
      kind_(new QComboBox(this)),
      delay_(new QLineEdit(this)),
      rate_(new QSpinBox(this)),
      file_(new QLineEdit(this)),
      choose_(new QToolButton(this)),
      status_(new QSpinBox(this)),
      body_(new QLineEdit(this)),
      message_(new InlineMessage(this)) {
  addParts(prefix);
  auto* line = new QWidget(this);
  auto* flow = new FlowLayout(line, 6);
  for (QWidget* part : std::initializer_list<QWidget*>{kind_, delay_, rate_, file_, choose_, status_, body_})
    flow->addWidget(part);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(line);
  column->addWidget(message_);
  message_->setObjectName(prefix + QStringLiteral("ReadyAnswerMessage"));
  connect(kind_, &QComboBox::activated, this, &ReadyAnswerBar::change);
  for (QLineEdit* edit : {delay_, file_, body_})
    connect(edit, &QLineEdit::editingFinished, this, &ReadyAnswerBar::change);
  for (QSpinBox* spin : {rate_, status_})
    connect(spin, &QSpinBox::valueChanged, this, &ReadyAnswerBar::change);
  connect(choose_, &QToolButton::clicked, this, &ReadyAnswerBar::chooseFile);
  setSpec({});
}

void ReadyAnswerBar::addParts(const QString& prefix) {
  const auto name = [&prefix](QWidget* part, const char* tail, const QString& accessible) {
    part->setObjectName(prefix + QLatin1String(tail));
    part->setAccessibleName(accessible);
    part->setToolTip(accessible);
  };
  name(kind_, "ReadyAnswerBox", tr("A ready answerer, beside the rules"));
  name(delay_, "ReadyDelayEdit", tr("How long the echo waits"));
  name(rate_, "ReadyRateSpin", tr("Most bytes that are read in a second"));
  name(file_, "ReadyFileEdit", tr("The file that is sent to whoever connects"));
  name(choose_, "ReadyFileButton", tr("Choose the file"));
  name(status_, "ReadyStatusSpin", tr("Status of the HTTP answer"));
  name(body_, "ReadyBodyEdit", tr("Body of the HTTP answer, with escapes as in the composer"));
  kind_->addItem(tr("No ready answer"), static_cast<int>(Kind::none));
  kind_->addItem(tr("Echo after"), static_cast<int>(Kind::delayedEcho));
  kind_->addItem(tr("Read slowly, send nothing"), static_cast<int>(Kind::throttledSink));
  kind_->addItem(tr("Send a file, then close"), static_cast<int>(Kind::file));
  kind_->addItem(tr("Answer HTTP requests"), static_cast<int>(Kind::http));
  rate_->setRange(1, std::numeric_limits<int>::max());
  rate_->setSuffix(tr(" B/s"));
  rate_->setGroupSeparatorShown(true);
  status_->setRange(200, 599);
  delay_->setMaximumWidth(fontMetrics().averageCharWidth() * 12);
  for (QLineEdit* edit : {file_, body_}) {
    edit->setMinimumWidth(fontMetrics().averageCharWidth() * 20);
    edit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  }
  file_->setPlaceholderText(tr("path of a file"));
  body_->setPlaceholderText(tr("body: hello\\n"));
  body_->setFont(theme::fixedFont());
  choose_->setText(tr("…"));
}

void ReadyAnswerBar::setSpec(const AnswererSpec& spec) {
  spec_ = spec;
  const QSignalBlocker quietRate(rate_);
  const QSignalBlocker quietStatus(status_);
  kind_->setCurrentIndex(kind_->findData(static_cast<int>(spec.kind)));
  delay_->setText(QString::fromStdString(durationText(spec.delay)));
  rate_->setValue(
      static_cast<int>(std::min<std::uint64_t>(spec.bytesPerSecond, std::numeric_limits<int>::max())));
  file_->setText(QString::fromStdString(spec.path));
  status_->setValue(spec.http.status);
  body_->setText(QString::fromStdString(escape(spec.http.body)));
  clearError();
  showParts();
}

AnswererSpec ReadyAnswerBar::spec() const {
  return spec_;
}

void ReadyAnswerBar::showParts() {
  delay_->setVisible(spec_.kind == Kind::delayedEcho);
  rate_->setVisible(spec_.kind == Kind::throttledSink);
  file_->setVisible(spec_.kind == Kind::file);
  choose_->setVisible(spec_.kind == Kind::file);
  status_->setVisible(spec_.kind == Kind::http);
  body_->setVisible(spec_.kind == Kind::http);
}

void ReadyAnswerBar::change() {
  AnswererSpec now = spec_;
  now.kind = static_cast<Kind>(kind_->currentData().toInt());
  now.bytesPerSecond = static_cast<std::uint64_t>(rate_->value());
  now.path = file_->text().toStdString();
  now.http.status = status_->value();
  const auto delay = parseDuration(delay_->text().toStdString());
  const auto body = unescape(body_->text().toStdString());
  if (now.kind == Kind::delayedEcho && !delay) return showError(delay.error());
  if (now.kind == Kind::http && !body) return showError(body.error());
  now.delay = delay.value_or(now.delay);
  now.http.body = body.value_or(now.http.body);
  if (now == spec_) return;
  spec_ = now;
  showParts();
  clearError();
  if (spec_.kind == Kind::file && spec_.path.empty()) return file_->setFocus();
  emit edited();
}

void ReadyAnswerBar::chooseFile() {
  const QString path = QFileDialog::getOpenFileName(this, tr("The file that is sent"), file_->text());
  if (path.isEmpty()) return;
  file_->setText(path);
  change();
}

void ReadyAnswerBar::showError(const Error& error) {
  message_->showError(error);
  QLineEdit* wrong = kind_->currentData().toInt() == static_cast<int>(Kind::delayedEcho) ? delay_
                     : kind_->currentData().toInt() == static_cast<int>(Kind::file)      ? file_
                                                                                         : body_;
  markWrong(wrong);
}

void ReadyAnswerBar::clearError() {
  message_->clear();
  for (QLineEdit* edit : {delay_, file_, body_}) clearWrong(edit);
}

void ReadyAnswerBar::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("readyKind"), static_cast<int>(spec_.kind));
  settings.setValue(QStringLiteral("readyDelay"), delay_->text());
  settings.setValue(QStringLiteral("readyRate"), rate_->value());
  settings.setValue(QStringLiteral("readyFile"), file_->text());
  settings.setValue(QStringLiteral("readyStatus"), status_->value());
  settings.setValue(QStringLiteral("readyBody"), body_->text());
}

void ReadyAnswerBar::restoreState(QSettings& settings) {
  AnswererSpec spec;
  const int kind = settings.value(QStringLiteral("readyKind")).toInt();
  if (kind_->findData(kind) >= 0) spec.kind = static_cast<Kind>(kind);
  spec.delay = parseDuration(settings.value(QStringLiteral("readyDelay")).toString().toStdString())
                   .value_or(spec.delay);
  spec.bytesPerSecond = std::max(1U, settings.value(QStringLiteral("readyRate"), 1024).toUInt());
  spec.path = settings.value(QStringLiteral("readyFile")).toString().toStdString();
  spec.http.status = std::clamp(settings.value(QStringLiteral("readyStatus"), 200).toInt(), 200, 599);
  spec.http.body =
      unescape(settings.value(QStringLiteral("readyBody")).toString().toStdString()).value_or(Bytes());
  setSpec(spec);
}

}  // namespace sockbench::ui
