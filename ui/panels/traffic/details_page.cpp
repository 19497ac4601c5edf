#include "ui/panels/traffic/details_page.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/record_details.h"
#include "ui/models/session_text.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/options_view.h"
#include "ui/panels/traffic/session_view.h"
#include "ui/widgets/details_table.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/state_badge.h"

namespace sockbench::ui {

DetailsPage::DetailsPage(TrafficSource* source, QWidget* parent)
    : QWidget(parent),
      bridge_(source->bridge()),
      row_(new DetailsTable(QStringLiteral("inspectorDetailsView"), tr("Details of the row"), 0, this)),
      stack_(new QStackedWidget(this)),
      buttons_(new QButtonGroup(this)),
      badge_(new StateBadge(QStringLiteral("detailsSessionLabel"), this)) {
  setHelpPage(this, QStringLiteral("tcp-states"));
  setBackgroundRole(QPalette::Base);
  setAutoFillBackground(true);
  stack_->addWidget(row_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(11, 4, 0, 4);
  column->setSpacing(4);
  if (bridge_) {
    addLiveViews();
    column->addWidget(makeBar());
  }
  column->addWidget(stack_, 1);
  connect(buttons_, &QButtonGroup::idClicked, this, [this](int id) { setView(static_cast<View>(id)); });
  setView(Row);
  showSession();
}

void DetailsPage::addLiveViews() {
  sessionView_ = new SessionView(bridge_, this);
  options_ = new OptionsView(bridge_, this);
  stack_->addWidget(sessionView_);
  stack_->addWidget(options_);
  connect(bridge_, &EngineBridge::sessionsChanged, this, [this](const QList<SessionSnapshot>& sessions) {
    if (std::ranges::find(sessions, session_, &SessionSnapshot::id) != sessions.end()) showSession();
  });
}

QWidget* DetailsPage::makeBar() {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 8, 0);
  row->setSpacing(4);
  addButton(row, Row, "detailsRowButton", tr("Row"), tr("What is known of the selected row"));
  addButton(row, Session, "detailsSessionButton", tr("Session"),
            tr("The session as it stands now, with what the kernel says of its socket"));
  addButton(row, Options, "detailsOptionsButton", tr("Options"),
            tr("The options of the session's socket: what was asked for, and what the kernel has"));
  row->addSpacing(8);
  row->addWidget(badge_, 1);
  row->addWidget(options_->controls());
  return bar;
}

void DetailsPage::addButton(QHBoxLayout* row, View view, const char* name, const QString& text,
                            const QString& toolTip) {
  auto* button = new QToolButton(this);
  button->setObjectName(QString::fromLatin1(name));
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(toolTip);
  button->setAutoRaise(true);
  button->setCheckable(true);
  button->setFocusPolicy(Qt::TabFocus);
  buttons_->addButton(button, view);
  row->addWidget(button);
}

void DetailsPage::setRow(const std::optional<LogRow>& row) {
  row_->setDetails(row ? recordDetails(*row) : QList<RecordDetail>());
  if (row) setSession(row->record.session);
}

void DetailsPage::setSession(SessionId id) {
  if (id == session_) return;
  session_ = id;
  if (bridge_) {
    sessionView_->setSession(id);
    options_->setSession(id);
  }
  showSession();
}

void DetailsPage::showSession() {
  const auto session = bridge_ && session_ ? bridge_->snapshot(session_) : std::nullopt;
  badge_->setVisible(session.has_value());
  if (!session) return;
  badge_->setSession(*session, sessionStateText(*session),
                     QStringLiteral("%1  %2").arg(session_.value).arg(sessionNameText(*session)));
}

DetailsPage::View DetailsPage::view() const {
  return static_cast<View>(stack_->currentIndex());
}

void DetailsPage::setView(View view) {
  stack_->setCurrentIndex(std::clamp<int>(view, Row, stack_->count() - 1));
  if (!bridge_) return;
  buttons_->button(stack_->currentIndex())->setChecked(true);
  options_->controls()->setVisible(view == Options);
}

void DetailsPage::focusView() {
  switch (view()) {
    case Row:
      return row_->setFocus(Qt::OtherFocusReason);
    case Session:
      return sessionView_->focusTable();
    case Options:
      return options_->focusTable();
  }
}

}  // namespace sockbench::ui
