#include "ui/panels/traffic/traffic_bar.h"

#include <QActionEvent>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include "ui/widgets/filter_edit.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {
constexpr int kRoomForWords = 1180;  // pixels of the bar from which its buttons are words
constexpr int kRoomForTitle = 760;
constexpr int kSessionCharacters = 16;
constexpr int kFewSessionCharacters = 10;
constexpr int kLeastFilterWidth = 170;
}  // namespace

TrafficBar::TrafficBar(QWidget* parent)
    : QWidget(parent),
      title_(new QLabel(tr("TRAFFIC"), this)),
      onlySession_(named(new QComboBox(this), "trafficOnlySessionBox", tr("Sessions shown"))),
      filter_(named(new FilterEdit(this), "trafficFilterEdit", tr("Filter of the timeline"))),
      count_(new QLabel(this)),
      more_(new QMenu(this)) {
  title_->setProperty("title", true);
  filter_->setToolTip({});  // its own
  filter_->setMinimumWidth(kLeastFilterWidth);
  count_->setObjectName(QStringLiteral("trafficCountLabel"));
  count_->setProperty("dim", true);
  count_->setTextFormat(Qt::PlainText);
  makeSessionBox();
  makeButtons();
  arrange();
  fit();
}

void TrafficBar::makeSessionBox() {
  onlySession_->setToolTip({});
  onlySession_->addItem(tr("All sessions"));
  onlySession_->addItem(QString());
  onlySession_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
}

void TrafficBar::makeButtons() {
  shelf_ = makeButton("trafficFilterMenuButton", "saved", tr("Filters"),
                      tr("Saved and recent filters (Down in the filter's line)"));
  inspect_ = makeButton("trafficInspectButton", "inspect", tr("Inspect"),
                        tr("Show the selected row's bytes and details under the timeline"));
  pause_ = makeButton("trafficPauseButton", "freeze", tr("Freeze"),
                      tr("Keep showing what stands now; what comes is counted (Space)"));
  follow_ = makeButton("trafficFollowButton", "follow", tr("Follow"), tr("Keep the newest row in view"));
  clear_ = makeButton("trafficClearButton", "clear", tr("Clear"), tr("Forget every row so far"));
  moreButton_ =
      makeButton("trafficMoreButton", "more", tr("More"), tr("What else can be done with the timeline"));
  for (QToolButton* button : {inspect_, pause_, follow_}) button->setCheckable(true);
  inspect_->setChecked(true);
  moreButton_->setMenu(more_);
  moreButton_->setPopupMode(QToolButton::InstantPopup);
  moreButton_->setProperty("plainMenu", true);
  moreButton_->hide();
  more_->installEventFilter(this);
}

QToolButton* TrafficBar::makeButton(const char* name, const char* icon, const QString& text,
                                    const QString& toolTip) {
  auto* button = named(new QToolButton(this), name, text, toolTip);
  button->setText(text);
  button->setIcon(theme::icon(QString::fromLatin1(icon)));
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

void TrafficBar::arrange() {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 6, 10, 6);
  row->setSpacing(6);
  row->addWidget(title_);
  row->addWidget(onlySession_);
  row->addWidget(filter_, 1);
  row->addWidget(shelf_);
  row->addWidget(count_);
  QWidget* before = onlySession_;
  setTabOrder(before, filter_);
  before = filter_;
  for (QToolButton* button : {shelf_, inspect_, pause_, follow_, clear_, moreButton_}) {
    if (button != shelf_) row->addWidget(button);
    setTabOrder(before, button);
    before = button;
  }
}

QWidget* TrafficBar::last() const {
  return moreButton_;
}

void TrafficBar::setCount(const QString& text, const QString& brief) {
  countText_ = text;
  briefCount_ = brief;
  fit();
}

void TrafficBar::fit() {
  const bool words = width() >= kRoomForWords;
  const bool title = width() >= kRoomForTitle;
  for (QToolButton* button : {inspect_, pause_, follow_, clear_}) {
    button->setToolButtonStyle(words ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
  }
  title_->setVisible(title);
  onlySession_->setMinimumContentsLength(title ? kSessionCharacters : kFewSessionCharacters);
  count_->setText(title ? countText_ : briefCount_);
  count_->setToolTip(title ? QString() : countText_);
}

void TrafficBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

bool TrafficBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == more_ && (event->type() == QEvent::ActionAdded || event->type() == QEvent::ActionRemoved)) {
    QMetaObject::invokeMethod(
        this, [this] { moreButton_->setVisible(!more_->isEmpty()); }, Qt::QueuedConnection);
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace sockbench::ui
