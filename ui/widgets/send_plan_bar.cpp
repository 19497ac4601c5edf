#include "ui/widgets/send_plan_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "core/automation/plan_toml.h"
#include "core/base/duration_text.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

using Start = SendPlan::Start;

enum Mode { Once, Repeatedly };

constexpr int kRefreshMs = 200;

// What was given stays what it is, bytes or an expression, until its text is another.
std::optional<PatternSpec> patternOf(const QString& text, const PatternSpec& given) {
  if (text.isEmpty()) return std::nullopt;
  if (text == QString::fromStdString(given.text)) return given;
  PatternSpec pattern;
  pattern.text = text.toStdString();
  return pattern;
}

QString shown(std::chrono::nanoseconds time) {
  return time.count() > 0 ? QString::fromStdString(durationText(time)) : QString();
}

}  // namespace

SendPlanBar::SendPlanBar(const QString& prefix, EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      mode_(new QComboBox(this)),
      start_(new QComboBox(this)),
      match_(new QLineEdit(this)),
      more_(new QToolButton(this)),
      status_(new QLabel(this)),
      stop_(new QToolButton(this)),
      message_(new InlineMessage(this)) {
  setObjectName(prefix + QStringLiteral("PlanBar"));
  setHelpPage(this, QStringLiteral("messages#plan"));
  auto* line = new QWidget(this);
  auto* flow = new FlowLayout(line, 6);
  buildFields(prefix);
  flow->addWidget(mode_);
  for (QWidget* field : repeated_) flow->addWidget(field);
  flow->addWidget(start_);
  flow->addWidget(match_);
  flow->addWidget(more_);
  for (QWidget* field : rest_) flow->addWidget(field);
  flow->addWidget(status_);
  flow->addWidget(stop_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(line);
  column->addWidget(message_);
  message_->setObjectName(prefix + QStringLiteral("PlanMessage"));
  refresh_.setInterval(kRefreshMs);
  connect(&refresh_, &QTimer::timeout, this, &SendPlanBar::refreshStatus);
  connect(mode_, &QComboBox::activated, this, &SendPlanBar::showFields);
  connect(start_, &QComboBox::activated, this, &SendPlanBar::showFields);
  connect(more_, &QToolButton::toggled, this, &SendPlanBar::showFields);
  connect(stop_, &QToolButton::clicked, this, &SendPlanBar::stop);
  for (QLineEdit* edit : findChildren<QLineEdit*>())
    connect(edit, &QLineEdit::textEdited, this, [this, edit] {
      clearWrong(edit);
      message_->clear();
      emit edited();
    });
  setPlan({});
  refreshStatus();
}

QLineEdit* SendPlanBar::makeTime(const QString& name, const QString& accessible, const QString& example) {
  auto* edit = new QLineEdit(this);
  edit->setObjectName(name);
  edit->setAccessibleName(accessible);
  edit->setToolTip(tr("%1, such as %2").arg(accessible, example));
  edit->setPlaceholderText(example);
  edit->setMaximumWidth(fontMetrics().averageCharWidth() * 12);
  return edit;
}

QSpinBox* SendPlanBar::makeSpin(const QString& name, const QString& accessible, const QString& none) {
  auto* spin = new QSpinBox(this);
  spin->setObjectName(name);
  spin->setAccessibleName(accessible);
  spin->setToolTip(accessible);
  spin->setRange(0, std::numeric_limits<int>::max());
  spin->setSpecialValueText(none);
  spin->setMaximumWidth(fontMetrics().averageCharWidth() * 18);
  return spin;
}

QWidget* SendPlanBar::captioned(const QString& caption, QWidget* field) {
  auto* pair = new QWidget(this);
  auto* row = new QHBoxLayout(pair);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  row->addWidget(new QLabel(caption, pair));
  row->addWidget(field);
  return pair;
}

void SendPlanBar::buildFields(const QString& prefix) {
  const auto name = [&](QWidget* part, const char* tail, const QString& accessible) {
    part->setObjectName(prefix + QLatin1String(tail));
    part->setAccessibleName(accessible);
    part->setToolTip(accessible);
  };
  const auto time = [&](const char* tail, const QString& accessible, const char* example) {
    return makeTime(prefix + QLatin1String(tail), accessible, QString::fromLatin1(example));
  };
  name(mode_, "PlanModeBox", tr("How often the message is sent"));
  mode_->addItem(tr("Send once"), Once);
  mode_->addItem(tr("Send each"), Repeatedly);
  interval_ = time("PlanIntervalEdit", tr("From one message to the next"), "100ms");
  jitter_ = time("PlanJitterEdit", tr("Each is so much earlier or later, at random"), "10ms");
  count_ = makeSpin(prefix + QStringLiteral("PlanCountSpin"), tr("How many messages"), tr("until stopped"));
  repeated_ = {interval_, captioned(tr("±"), jitter_), captioned(tr("×"), count_)};
  name(start_, "PlanStartBox", tr("When it begins"));
  start_->addItem(tr("at once"), static_cast<int>(Start::now));
  start_->addItem(tr("when received:"), static_cast<int>(Start::received));
  name(match_, "PlanMatchEdit", tr("Each time this text is received, it begins"));
  match_->setPlaceholderText(tr("READY"));
  name(more_, "PlanMoreButton", tr("Duration, end, rate and pieces"));
  more_->setText(tr("More"));
  more_->setCheckable(true);
  duration_ = time("PlanDurationEdit", tr("Ends after so long"), "30s");
  until_ = time("PlanUntilEdit", tr("Ends when this text is received"), "BYE");
  rate_ = makeSpin(prefix + QStringLiteral("PlanRateSpin"), tr("Most bytes in a second"), tr("no bound"));
  piece_ = makeSpin(prefix + QStringLiteral("PlanPieceSpin"), tr("Bytes of a piece"), tr("whole"));
  gap_ = time("PlanGapEdit", tr("Between two pieces"), "5ms");
  rest_ = {captioned(tr("for"), duration_), captioned(tr("until"), until_), captioned(tr("B/s"), rate_),
           captioned(tr("pieces of"), piece_), captioned(tr("gap"), gap_)};
  status_->setObjectName(prefix + QStringLiteral("PlanStatusLabel"));
  status_->setTextFormat(Qt::PlainText);
  name(stop_, "PlanStopButton", tr("Stop sending"));
  stop_->setText(tr("Stop"));
}

void SendPlanBar::showFields() {
  const bool repeats = mode_->currentData().toInt() == Repeatedly;
  for (QWidget* field : repeated_) field->setVisible(repeats);
  for (QWidget* field : rest_) field->setVisible(more_->isChecked());
  match_->setVisible(start_->currentData().toInt() == static_cast<int>(Start::received));
  message_->clear();
  emit edited();
}

void SendPlanBar::setPlan(const SendPlan& plan) {
  mode_->setCurrentIndex(plan.count == 1 && plan.interval.count() == 0 ? Once : Repeatedly);
  interval_->setText(shown(plan.interval));
  jitter_->setText(shown(plan.jitter));
  count_->setValue(static_cast<int>(std::min<std::uint64_t>(plan.count, std::numeric_limits<int>::max())));
  const Start start = plan.start == Start::received ? Start::received : Start::now;
  start_->setCurrentIndex(start_->findData(static_cast<int>(start)));
  givenMatch_ = plan.match;
  givenUntil_ = plan.until.value_or(PatternSpec());
  match_->setText(QString::fromStdString(plan.match.text));
  duration_->setText(plan.duration ? shown(*plan.duration) : QString());
  until_->setText(plan.until ? QString::fromStdString(plan.until->text) : QString());
  rate_->setValue(
      static_cast<int>(std::min<std::uint64_t>(plan.bytesPerSecond, std::numeric_limits<int>::max())));
  piece_->setValue(static_cast<int>(std::min<std::size_t>(plan.pieceBytes, std::numeric_limits<int>::max())));
  gap_->setText(shown(plan.pieceGap));
  more_->setChecked(plan.duration || plan.until || plan.bytesPerSecond > 0 || plan.pieceBytes > 0);
  showFields();
}

void SendPlanBar::readTime(QLineEdit* edit, std::chrono::nanoseconds& to, std::optional<Error>& error) {
  if (edit->text().trimmed().isEmpty()) return;
  const auto time = parseDuration(edit->text().trimmed().toStdString());
  if (time) to = *time;
  if (time || error) return;
  error = time.error();
  markWrong(edit);
}

Result<SendPlan> SendPlanBar::plan() {
  SendPlan plan;
  std::optional<Error> error;
  if (mode_->currentData().toInt() == Repeatedly) {
    plan.count = static_cast<std::uint64_t>(count_->value());
    readTime(interval_, plan.interval, error);
    readTime(jitter_, plan.jitter, error);
  }
  if (start_->currentData().toInt() == static_cast<int>(Start::received)) {
    plan.start = Start::received;
    plan.match = patternOf(match_->text(), givenMatch_).value_or(PatternSpec());
  }
  if (more_->isChecked()) {
    std::chrono::nanoseconds duration{0};
    readTime(duration_, duration, error);
    if (duration.count() > 0) plan.duration = duration;
    plan.until = patternOf(until_->text(), givenUntil_);
    plan.bytesPerSecond = static_cast<std::uint64_t>(rate_->value());
    plan.pieceBytes = static_cast<std::size_t>(piece_->value());
    readTime(gap_, plan.pieceGap, error);
  }
  if (!error && plan.jitter > plan.interval) markWrong(jitter_);
  if (error) return std::unexpected(std::move(*error));
  return plan;
}

bool SendPlanBar::isOnce() const {
  return mode_->currentData().toInt() == Once && !more_->isChecked() &&
         start_->currentData().toInt() == static_cast<int>(Start::now);
}

bool SendPlanBar::start(const MessageSpec& message, const QList<SessionId>& sessions,
                        const std::shared_ptr<const Variables>& variables) {
  message_->clear();
  const auto wanted = plan();
  const auto read = Message::read(message);
  const auto no = [this](const Error& error) {
    message_->showError(error);
    return false;
  };
  if (!wanted) return no(wanted.error());
  if (!read) return no(read.error());
  if (!isRunning()) sendings_.clear();
  since_.start();
  for (const SessionId id : sessions) {
    auto agent = SendAgent::make(*wanted, *read, variables);
    if (!agent) return no(agent.error());
    bridge_->attach(id, *agent);
    sendings_.append({id, *agent});
  }
  refresh_.start();
  refreshStatus();
  return !sessions.isEmpty();
}

void SendPlanBar::stop() {
  for (const Sending& sending : sendings_) {
    if (!sending.agent->status().isOver()) bridge_->attach(sending.session, sending.agent->stopping());
  }
}

bool SendPlanBar::isRunning() const {
  return std::ranges::any_of(sendings_, [](const Sending& one) { return !one.agent->status().isOver(); });
}

void SendPlanBar::refreshStatus() {
  SendAgent::Status sums;
  qsizetype running = 0;
  for (const Sending& sending : sendings_) {
    const SendAgent::Status one = sending.agent->status();
    running += one.isOver() ? 0 : 1;
    sums.sent += one.sent;
    sums.bytes += one.bytes;
    sums.late += one.late;
    sums.skipped += one.skipped;
  }
  status_->setText(sendings_.isEmpty() ? QString() : statusText(sums, running));
  status_->setVisible(!sendings_.isEmpty());
  stop_->setVisible(running > 0);
  if (running == 0) refresh_.stop();
}

QString SendPlanBar::statusText(const SendAgent::Status& sums, qsizetype running) const {
  QString text =
      tr("%n sent", "", pluralNumber(sums.sent)) + QStringLiteral(" \u00b7 ") + formatBytes(sums.bytes);
  if (running > 0 && since_.elapsed() >= 1000) {
    const double seconds = static_cast<double>(since_.elapsed()) / 1000;
    text += QStringLiteral(" \u00b7 ") + formatRate(static_cast<double>(sums.bytes) / seconds);
  }
  if (sums.late > 0) text += QStringLiteral(" \u00b7 ") + tr("%n late", "", pluralNumber(sums.late));
  if (sums.skipped > 0)
    text += QStringLiteral(" \u00b7 ") + tr("%n left out", "", pluralNumber(sums.skipped));
  if (running == 0) text += QStringLiteral(" \u00b7 ") + tr("over");
  return text;
}

// As text, so that a newer version can read it.
QByteArray SendPlanBar::saveState() const {
  auto* self = const_cast<SendPlanBar*>(this);
  const auto now = self->plan();
  return now ? QByteArray::fromStdString(writeToml(toToml(*now))) : QByteArray();
}

void SendPlanBar::restoreState(const QByteArray& state) {
  const auto tree = readToml(state.toStdString(), "plan");
  if (!tree) return;
  TomlReader in(*tree, "plan", UnknownKeys::left);
  SendPlan plan = planIn(in);
  if (const auto read = in.finish(plan)) setPlan(*read);
}

}  // namespace sockbench::ui
