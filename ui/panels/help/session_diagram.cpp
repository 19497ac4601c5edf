#include "ui/panels/help/session_diagram.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/session_ladder.h"
#include "ui/widgets/ladder_view.h"

namespace sockbench::ui {
namespace {
constexpr std::size_t kMostRows = 400;  // half from the beginning, half from the end
}  // namespace

SessionDiagram::SessionDiagram(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      title_(new QLabel(this)),
      ladder_(new LadderView),
      own_{{}, FoundRows(bridge->log())},
      peers_{{}, FoundRows(bridge->log())} {
  setObjectName(QStringLiteral("helpDiagram"));
  title_->setObjectName(QStringLiteral("helpDiagramLabel"));
  title_->setTextFormat(Qt::PlainText);
  title_->setProperty("dim", true);
  title_->setContentsMargins(18, 6, 18, 0);
  auto* area = new QScrollArea(this);
  area->setObjectName(QStringLiteral("helpDiagramArea"));
  area->setAccessibleName(tr("Diagram of the session"));
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setWidget(ladder_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(title_);
  column->addWidget(area, 1);
  for (FoundRows* rows : {&own_.rows, &peers_.rows}) {
    connect(rows, &FoundRows::changed, this, &SessionDiagram::draw);
  }
  connect(bridge_, &EngineBridge::trafficChanged, this, [this] { read(); });
  connect(bridge_, &EngineBridge::sessionsChanged, this, [this] {
    choose();
    read();
  });
  choose();
  draw();
}

void SessionDiagram::setSession(SessionId session) {
  session_ = session;
  choose();
  read();
}

void SessionDiagram::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  choose();
  read();
}

SessionId SessionDiagram::peerOf(const SessionSnapshot& session) const {
  for (const SessionSnapshot& other : bridge_->snapshots()) {
    if (other.id != session.id && other.role != SessionRole::listener && !other.local.isUnnamed() &&
        other.transport == session.transport && other.local == session.peer && other.peer == session.local)
      return other.id;
  }
  return {};
}

void SessionDiagram::choose() {
  auto session = bridge_->snapshot(session_);
  if (session && session->role == SessionRole::listener) {
    for (const SessionSnapshot& other : bridge_->snapshots())
      if (other.parent == session_) session = other;
  }
  own_.session = session && session->role != SessionRole::listener ? session->id : SessionId{};
  peers_.session = own_.session ? peerOf(*session) : SessionId{};
}

void SessionDiagram::read() {
  if (!isVisible()) return;
  read(own_);
  read(peers_);
  draw();
}

void SessionDiagram::read(Side& side) {
  if (side.searched != side.session) {
    side.searched = side.session;
    side.rows.setFilter(side.session ? Filter::ofSession(side.session) : nullptr);
  }
  side.rows.dropBelow(bridge_->log().first());
  side.rows.logChanged();
}

std::vector<LogRow> SessionDiagram::rowsOf(const Side& side) const {
  std::vector<LogRow> rows;
  const std::size_t all = side.rows.size();
  for (std::size_t i = 0; i < all; ++i) {
    if (i == kMostRows / 2 && all > kMostRows) i = all - kMostRows / 2;
    if (auto row = bridge_->log().read(side.rows[i])) rows.push_back(std::move(*row));
  }
  return rows;
}

void SessionDiagram::draw() {
  const std::vector<LogRow> own = rowsOf(own_);
  if (own.empty()) {
    title_->setText(tr("An example: no session is chosen, or its rows have gone from the timeline"));
    ladder_->setLadder(sampleLadder());
    return;
  }
  QString title = tr("Session %1, from its rows of the timeline").arg(own_.session.value);
  if (peers_.session) title += tr(" and from those of its peer, session %1").arg(peers_.session.value);
  if (own_.rows.size() > kMostRows) title += tr("; only the first and the last %1").arg(kMostRows / 2);
  title_->setText(title);
  ladder_->setLadder(makeLadder(own, rowsOf(peers_)));
}

}  // namespace sockbench::ui
