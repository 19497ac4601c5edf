#include "ui/panels/traffic/options_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/options_model.h"
#include "ui/panels/traffic/options_table.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kRememberedSessions = 64;
constexpr int kFilterCharacters = 16;

QToolButton* makeButton(QWidget* parent, const char* name, const QString& text, const QString& toolTip) {
  auto* button = new QToolButton(parent);
  button->setObjectName(QString::fromLatin1(name));
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(toolTip);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

// Its server's.
bool sharesSocket(const SessionSnapshot& session) {
  return session.role == SessionRole::accepted && isDatagramTransport(session.transport);
}

bool hasSocket(const std::optional<SessionSnapshot>& session) {
  return session && session->isOpen() && (session->descriptor >= 0 || sharesSocket(*session));
}

}  // namespace

OptionsView::OptionsView(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      model_(new OptionsModel(this)),
      note_(new QLabel(this)),
      table_(new OptionsTable(model_, this)),
      message_(new InlineMessage(this)),
      controls_(new QWidget(this)),
      lastReadings_(kRememberedSessions) {
  setHelpPage(this, QStringLiteral("options"));
  note_->setObjectName(QStringLiteral("detailsOptionsNote"));
  note_->setTextFormat(Qt::PlainText);
  note_->setWordWrap(true);
  note_->setMargin(4);
  message_->setObjectName(QStringLiteral("detailsOptionsMessage"));
  makeControls();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(note_);
  column->addWidget(table_, 1);
  column->addWidget(message_);
  connectParts();
  showState();
}

void OptionsView::makeControls() {
  filter_ = new QLineEdit(controls_);
  filter_->setObjectName(QStringLiteral("detailsOptionsFilterEdit"));
  filter_->setAccessibleName(tr("Filter of the options"));
  filter_->setPlaceholderText(tr("Name or meaning"));
  filter_->setClearButtonEnabled(true);
  for (QToolButton* clear : filter_->findChildren<QToolButton*>())
    clear->setAccessibleName(tr("Clear the filter"));
  filter_->setMinimumWidth(fontMetrics().averageCharWidth() * kFilterCharacters);
  changed_ = makeButton(controls_, "detailsOptionsChangedButton", tr("Changed"),
                        tr("Only what was asked for, or has changed since it was first read here"));
  changed_->setCheckable(true);
  refresh_ = makeButton(controls_, "detailsOptionsRefreshButton", tr("Refresh"),
                        tr("Read every option of the socket again"));
  auto* row = new QHBoxLayout(controls_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(filter_, 1);
  row->addWidget(changed_);
  row->addWidget(refresh_);
}

void OptionsView::connectParts() {
  connect(filter_, &QLineEdit::textChanged, table_, &OptionsTable::setFilter);
  connect(filter_, &QLineEdit::textChanged, this, &OptionsView::showState);
  connect(changed_, &QToolButton::toggled, table_, &OptionsTable::setChangedOnly);
  connect(changed_, &QToolButton::toggled, this, &OptionsView::showState);
  connect(refresh_, &QToolButton::clicked, this, &OptionsView::refresh);
  connect(table_, &OptionsTable::refreshRequested, this, &OptionsView::refresh);
  connect(table_, &OptionsTable::currentRowChanged, this, &OptionsView::showCurrent);
  connect(model_, &OptionsModel::settingRequested, this, [this](const OptionSetting& setting) {
    bridge_->setOption(session_, setting);
    bridge_->readOptions(session_);  // carried out behind it: what the kernel made of it
  });
  connect(bridge_, &EngineBridge::optionsRead, this, &OptionsView::take);
  connect(bridge_, &EngineBridge::optionRefused, this, [this](SessionId id, const Error& error) {
    if (id == session_) model_->refuse(error);
  });
  connect(bridge_, &EngineBridge::sessionsChanged, this, &OptionsView::follow);
  connect(bridge_, &EngineBridge::sessionsForgotten, this, [this](const QList<SessionId>& ids) {
    for (const SessionId id : ids) lastReadings_.remove(id.value);
  });
}

void OptionsView::setSession(SessionId id) {
  if (id == session_) return;
  session_ = id;
  seen_ = id ? bridge_->snapshot(id) : std::nullopt;
  model_->clear();
  if (const QList<OptionReading>* last = lastReadings_.object(id.value)) model_->setReadings(*last);
  showState();
  if (isVisible()) read();
}

void OptionsView::read() {
  if (hasSocket(seen_)) bridge_->readOptions(session_);
}

void OptionsView::refresh() {
  model_->clearErrors();
  read();
}

void OptionsView::take(SessionId id, const QList<OptionReading>& readings) {
  if (!id || id != session_) return;
  model_->setReadings(readings);
  lastReadings_.insert(id.value, new QList<OptionReading>(readings));
  if (!table_->currentIndex().isValid() && table_->model()->rowCount() > 0) table_->selectRow(0);
  showState();
}

// The news comes with every counter that moves; only another state or socket has other options.
void OptionsView::follow(const QList<SessionSnapshot>& sessions) {
  const auto mine = std::ranges::find(sessions, session_, &SessionSnapshot::id);
  if (!session_ || mine == sessions.end()) return;
  const bool same = seen_ && seen_->state == mine->state && seen_->descriptor == mine->descriptor;
  seen_ = *mine;
  if (same) return;
  showState();
  if (isVisible()) read();
}

QString OptionsView::stateNote() const {
  if (!session_ || model_->rowCount() == 0) return {};
  if (!seen_ || !seen_->isOpen())
    return tr("The session is closed: these are the values that were read last.");
  if (sharesSocket(*seen_))
    return tr("This peer shares the socket of its server: what is set here holds for all of its peers.");
  return {};
}

void OptionsView::showState() {
  const bool socket = hasSocket(seen_);
  model_->setLive(socket);
  refresh_->setEnabled(socket);
  const QString note = stateNote();
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  table_->setHint(
      !session_ ? tr("Select a session, or a row of the timeline, to see the options of its socket.")
      : model_->rowCount() > 0   ? tr("No option matches.")
      : socket                   ? tr("Reading the options\u2026")
      : seen_ && seen_->isOpen() ? tr("It has no socket yet.")
                                 : tr("The session is closed; its options were not read while it was open."));
  showCurrent();
}

void OptionsView::showCurrent() {
  const auto error = model_->errorAt(table_->currentRow());
  if (error == shownError_) return;
  shownError_ = error;
  error ? message_->showError(*error) : message_->clear();
}

void OptionsView::focusTable() {
  table_->setFocus(Qt::OtherFocusReason);
}

void OptionsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  seen_ = session_ ? bridge_->snapshot(session_) : std::nullopt;
  showState();
  read();
}

}  // namespace sockbench::ui
