#include "ui/panels/session_form.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/core_types.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/options_edit.h"

namespace sockbench::ui {

namespace {

bool isAboutOptions(const Error& error) {
  return error.op == Operation::setsockopt || error.isInput(InputFault::badOptionName) ||
         error.isInput(InputFault::badOptionValue);
}

}  // namespace

SessionForm::SessionForm(EndpointForm::Side side, const QString& prefix, QWidget* parent)
    : QWidget(parent),
      endpoint_(new EndpointForm(side, prefix, this)),
      firstLine_(new QHBoxLayout),
      more_(new QToolButton(this)),
      moreBox_(new QWidget(this)),
      moreFlow_(new FlowLayout(moreBox_)),
      message_(new InlineMessage(this)) {
  message_->setObjectName(prefix + QLatin1String("FormMessage"));
  more_->setObjectName(prefix + QLatin1String("MoreButton"));
  more_->setCheckable(true);
  more_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  more_->setToolTip(tr("Socket options and rules"));
  buildMore(prefix);

  firstLine_->setContentsMargins(0, 0, 0, 0);
  firstLine_->setSpacing(8);
  firstLine_->addWidget(endpoint_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addLayout(firstLine_);
  column->addWidget(moreBox_);
  column->addWidget(message_);

  connect(endpoint_, &EndpointForm::edited, this, &SessionForm::clearError);
  connect(endpoint_, &EndpointForm::submitted, this, &SessionForm::submitted);
  connect(more_, &QToolButton::toggled, this, &SessionForm::showMore);
  showMore(false);
}

void SessionForm::buildMore(const QString& prefix) {
  options_ = new OptionsEdit(moreBox_);
  options_->setObjectName(prefix + QLatin1String("OptionsEdit"));
  options_->setPlaceholderText(tr("NAME=VALUE NAME=VALUE"));
  options_->setToolTip(
      tr("Socket options, set before the socket is bound or connected; a space between two"));
  options_->setMinimumWidth(fontMetrics().averageCharWidth() * 36);
  options_->setMaximumWidth(fontMetrics().averageCharWidth() * 80);
  endWord_ = new QLineEdit(moreBox_);
  endWord_->setObjectName(prefix + QLatin1String("EndWordEdit"));
  endWord_->setPlaceholderText(tr("off"));
  endWord_->setToolTip(
      tr("A line equal to this word, sent or received, closes the session once its queue is sent"));
  endWord_->setFixedWidth(fontMetrics().averageCharWidth() * 20);
  endWord_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  stayHalfOpen_ = new QCheckBox(tr("Stay open after the peer's FIN"), moreBox_);
  stayHalfOpen_->setObjectName(prefix + QLatin1String("StayHalfOpenCheck"));
  stayHalfOpen_->setAccessibleName(stayHalfOpen_->text());
  stayHalfOpen_->setToolTip(
      tr("Off: when the peer has closed its side, ours follows as soon as the queue is sent"));
  addMore(tr("Options"), options_);
  addMore(tr("End word"), endWord_);
  addMore({}, stayHalfOpen_);
  adopt(options_);
  adopt(endWord_);
  connect(endWord_, &QLineEdit::editingFinished, this, &SessionForm::rulesEdited);
  connect(stayHalfOpen_, &QCheckBox::clicked, this, &SessionForm::rulesEdited);
}

void SessionForm::addMore(const QString& caption, QWidget* field) {
  if (caption.isEmpty()) {
    moreFlow_->addWidget(field);
    return;
  }
  auto* pair = new QWidget(moreBox_);
  auto* row = new QHBoxLayout(pair);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  auto* label = new QLabel(caption, pair);
  label->setProperty("dim", true);
  label->setBuddy(field);
  row->addWidget(label);
  row->addWidget(field);
  field->setAccessibleName(caption);
  pair->setSizePolicy(field->sizePolicy().horizontalPolicy(), QSizePolicy::Fixed);
  moreFlow_->addWidget(pair);
}

void SessionForm::setMoreVisible(QWidget* field, bool visible) {
  field->parentWidget()->setVisible(visible);
}

QWidget* SessionForm::moreButton() const {
  return more_;
}

void SessionForm::followTabOrder(const QList<QWidget*>& fields, const QList<QWidget*>& more) {
  QWidget* last = endpoint_->lastField();
  const QList<QWidget*> common{options_, endWord_, stayHalfOpen_};
  for (QWidget* next : fields + common + more) {
    setTabOrder(last, next);
    last = next;
  }
}

void SessionForm::adopt(QLineEdit* edit) {
  connect(edit, &QLineEdit::textEdited, this, [this, edit] {
    clearWrong(edit);
    clearError();
  });
  connect(edit, &QLineEdit::returnPressed, this, &SessionForm::submitted);
}

void SessionForm::addButton(QWidget* button) {
  firstLine_->addWidget(button, 0, Qt::AlignTop);
}

void SessionForm::showError(const Error& error, bool takeCursor) {
  clearError();
  message_->showError(error);
  QWidget* field = isAboutOptions(error) ? static_cast<QWidget*>(options_) : fieldOf(error);
  if (!field) {
    endpoint_->showError(error, takeCursor);
    return;
  }
  if (moreBox_->isAncestorOf(field)) showMore(true);
  markWrong(field);
  auto* edit = qobject_cast<QLineEdit*>(field);
  if (!edit || !takeCursor) return;
  edit->setFocus();
  selectWrongPart(edit, error);
}

void SessionForm::clearError() {
  message_->clear();
  endpoint_->clearMarks();
  for (QLineEdit* edit : moreBox_->findChildren<QLineEdit*>()) clearWrong(edit);
}

QWidget* SessionForm::fieldOf(const Error&) const {
  return nullptr;
}

bool SessionForm::isMoreShown() const {
  return more_->isChecked();
}

void SessionForm::showMore(bool shown) {
  more_->setChecked(shown);
  more_->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
  moreBox_->setVisible(shown);
  refreshMoreText();
}

// What is set must not be out of mind when it is out of sight.
void SessionForm::refreshMoreText() {
  const bool hidesSomething = !more_->isChecked() && !isMoreDefault();
  more_->setText(hidesSomething ? tr("More (set)") : tr("More"));
  more_->setAccessibleName(more_->text());
}

bool SessionForm::isMoreDefault() const {
  return options_->text().trimmed().isEmpty() && endWord_->text().isEmpty() && !stayHalfOpen_->isChecked();
}

void SessionForm::setMoreLocked(bool locked, const QString& reason, bool rulesToo) {
  setEnabledOr(options_, !locked, reason);
  if (!rulesToo) return;
  setEnabledOr(endWord_, !locked, reason);
  setEnabledOr(stayHalfOpen_, !locked, reason);
}

Result<std::vector<OptionSetting>> SessionForm::readOptions() {
  return options_->settings();
}

void SessionForm::setOptions(const std::vector<OptionSetting>& options) {
  options_->setSettings(options);
}

SessionRules SessionForm::rulesUpon(SessionRules base) const {
  base.endWord = toUtf8(endWord_->text());
  base.stayHalfOpen = stayHalfOpen_->isChecked();
  return base;
}

void SessionForm::setRules(const SessionRules& rules) {
  endWord_->setText(toQString(rules.endWord));
  stayHalfOpen_->setChecked(rules.stayHalfOpen);
}

void SessionForm::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("transport"), toQString(transportName(endpoint_->transport())));
  settings.setValue(QStringLiteral("host"), endpoint_->host());
  settings.setValue(QStringLiteral("port"), endpoint_->port());
  settings.setValue(QStringLiteral("options"), options_->text());
  settings.setValue(QStringLiteral("endWord"), endWord_->text());
  settings.setValue(QStringLiteral("stayHalfOpen"), stayHalfOpen_->isChecked());
  settings.setValue(QStringLiteral("more"), isMoreShown());
}

void SessionForm::restoreState(QSettings& settings) {
  const std::string name = toUtf8(settings.value(QStringLiteral("transport")).toString());
  for (const Transport each : {Transport::tcp, Transport::udp, Transport::unixStream, Transport::unixDatagram,
                               Transport::unixSeqpacket}) {
    if (transportName(each) == name) endpoint_->setTransport(each);
  }
  endpoint_->setHost(settings.value(QStringLiteral("host"), endpoint_->host()).toString());
  endpoint_->setPort(settings.value(QStringLiteral("port"), endpoint_->port()).toString());
  options_->setText(settings.value(QStringLiteral("options")).toString());
  endWord_->setText(settings.value(QStringLiteral("endWord")).toString());
  stayHalfOpen_->setChecked(settings.value(QStringLiteral("stayHalfOpen")).toBool());
  showMore(settings.value(QStringLiteral("more")).toBool());
}

}  // namespace sockbench::ui
