#include "ui/panels/traffic/session_view.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/session_facts.h"
#include "ui/widgets/details_table.h"
#include "ui/widgets/empty_hint.h"

namespace sockbench::ui {
namespace {
constexpr int kLeastFactWidth = 310;  // pixels, of a name with its value
}

SessionView::SessionView(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      table_(new DetailsTable(QStringLiteral("detailsSessionTable"), tr("Details of the session"),
                              kLeastFactWidth, this)),
      ticks_(this) {
  auto* hint = new EmptyHint(table_);
  hint->setHint(tr("Select a session, or a row of the timeline, to see how it stands."));
  hint->follow(table_->model());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_);
  ticks_.setInterval(kTick);
  connect(&ticks_, &QTimer::timeout, this, [this] { bridge_->sample({session_}); });
  connect(bridge_, &EngineBridge::sessionsChanged, this, &SessionView::follow);
}

void SessionView::setSession(SessionId id) {
  if (id == session_) return;
  session_ = id;
  show(id ? bridge_->snapshot(id) : std::nullopt);
  if (ticks_.isActive()) bridge_->sample({session_});
}

void SessionView::follow(const QList<SessionSnapshot>& sessions) {
  const auto mine = std::ranges::find(sessions, session_, &SessionSnapshot::id);
  if (session_ && mine != sessions.end()) show(*mine);
}

void SessionView::show(const std::optional<SessionSnapshot>& session) {
  open_ = session && session->isOpen();
  updateTicks();
  if (seen_) table_->setDetails(session ? sessionFacts(*session) : QList<RecordDetail>());
}

void SessionView::updateTicks() {
  const bool wanted = seen_ && open_;
  if (wanted != ticks_.isActive()) wanted ? ticks_.start() : ticks_.stop();
}

void SessionView::focusTable() {
  table_->setFocus(Qt::OtherFocusReason);
}

void SessionView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  seen_ = true;
  show(session_ ? bridge_->snapshot(session_) : std::nullopt);
  if (ticks_.isActive()) bridge_->sample({session_});
}

void SessionView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  seen_ = false;
  updateTicks();
}

}  // namespace sockbench::ui
