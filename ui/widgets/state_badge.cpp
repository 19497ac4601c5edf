#include "ui/widgets/state_badge.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/models/session_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

// A full dot where a socket is open, a ring where none is.
class StateDot final : public QWidget {
 public:
  explicit StateDot(QWidget* parent) : QWidget(parent) { setFixedSize(12, 12); }
  void setState(SessionState state, bool full) {
    state_ = state;
    full_ = full;
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = theme::stateColor(state_);
    painter.setPen(QPen(ink, 2));
    if (full_) painter.setBrush(ink);
    painter.drawEllipse(QRectF(rect()).adjusted(2, 2, -2, -2));
  }

 private:
  SessionState state_ = SessionState::idle;
  bool full_ = false;
};

}  // namespace

QString stateText(const SessionSnapshot& session) {
  return sessionStateText(session);
}

StateBadge::StateBadge(const QString& labelName, QWidget* parent)
    : QWidget(parent),
      dot_(new StateDot(this)),
      state_(new ElidedLabel(this)),
      remark_(new ElidedLabel(this)) {
  state_->setObjectName(labelName);
  state_->setProperty("badgeState", true);
  remark_->setProperty("dim", true);
  QFont bold = state_->font();
  bold.setWeight(QFont::DemiBold);
  state_->setFont(bold);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(dot_);
  row->addWidget(state_);
  row->addWidget(named(new HelpButton(QStringLiteral("tcp-states"), tr("the states of a connection"), this),
                       "stateHelpButton", tr("Help: the states of a connection")));
  row->addWidget(remark_, 1);
  setIdle();
}

void StateBadge::setIdle(const QString& remark) {
  setSession(SessionSnapshot{}, remark);
}

void StateBadge::setSession(const SessionSnapshot& session, const QString& remark, const QString& words) {
  shown_ = session.state;
  static_cast<StateDot*>(dot_)->setState(session.state, session.isOpen());
  const QString text = words.isEmpty() ? stateText(session) : words;
  if (state_->text() != text) state_->setText(text);
  if (remark_->text() != remark) remark_->setText(remark);
  setAccessibleName(remark.isEmpty() ? text : text + QStringLiteral(", ") + remark);
  recolor();
}

void StateBadge::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  const bool newTheme = event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange;
  if (newTheme && state_) recolor();
}

void StateBadge::recolor() {
  const QColor ink = theme::stateColor(shown_);
  if (state_->palette().color(QPalette::WindowText) == ink) return;
  QPalette palette = state_->palette();
  palette.setColor(QPalette::WindowText, ink);
  state_->setPalette(palette);
}

}  // namespace sockbench::ui
