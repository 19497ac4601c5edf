#include "ui/widgets/page_tabs.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QPainter>
#include <QPixmap>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

constexpr int kMostTitleCharacters = 28;

bool isFilled(SessionState state) {
  switch (state) {
    case SessionState::idle:
    case SessionState::closed:
    case SessionState::reset:
    case SessionState::failed:
      return false;
    default:
      return true;
  }
}

}  // namespace

QIcon stateDot(SessionState state, qreal devicePixelRatio) {
  constexpr int kSize = 12;
  QPixmap image(QSize(kSize, kSize) * devicePixelRatio);
  image.setDevicePixelRatio(devicePixelRatio);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor colour = theme::stateColor(state);
  painter.setPen(QPen(colour, 2));
  painter.setBrush(isFilled(state) ? QBrush(colour) : QBrush(Qt::NoBrush));
  painter.drawEllipse(QRectF(2.5, 2.5, 7, 7));
  QIcon icon(image);
  icon.addPixmap(image, QIcon::Selected);  // as it is: a style would tint it, and the colour means something
  icon.addPixmap(image, QIcon::Disabled);
  return icon;
}

PageTabs::PageTabs(const QString& prefix, QWidget* parent)
    : QWidget(parent), bar_(new QTabBar), stack_(new QStackedWidget), newPage_(new QToolButton) {
  bar_->setObjectName(prefix + QLatin1String("PageTabs"));
  bar_->setAccessibleName(tr("Pages"));
  bar_->setDocumentMode(true);
  bar_->setDrawBase(false);
  bar_->setExpanding(false);
  bar_->setTabsClosable(true);
  bar_->setUsesScrollButtons(true);
  bar_->setElideMode(Qt::ElideRight);
  newPage_->setObjectName(prefix + QLatin1String("NewPageButton"));
  newPage_->setText(QStringLiteral("+"));
  newPage_->setAutoRaise(true);
  // A strip within a panel is quieter, and lower, than the window's own.
  bar_->setStyleSheet(QStringLiteral("QTabBar::tab { padding: 4px 10px 3px 10px }"));

  auto* strip = new QHBoxLayout;
  strip->setContentsMargins(0, 0, 0, 0);
  strip->setSpacing(4);
  strip->addWidget(bar_);
  strip->addWidget(newPage_);
  strip->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(strip);
  column->addWidget(stack_, 1);

  connect(bar_, &QTabBar::currentChanged, this, [this](int index) {
    stack_->setCurrentIndex(index);
    if (QWidget* shown = page(index)) emit currentChanged(shown);
  });
  connect(bar_, &QTabBar::tabCloseRequested, this, [this](int index) { emit closeRequested(page(index)); });
  connect(newPage_, &QToolButton::clicked, this, &PageTabs::newPageRequested);
}

void PageTabs::addPage(QWidget* page) {
  stack_->addWidget(page);
  bar_->addTab(QString());
}

void PageTabs::removePage(QWidget* page) {
  const int index = stack_->indexOf(page);
  if (index < 0) return;
  stack_->removeWidget(page);
  bar_->removeTab(index);
  stack_->setCurrentIndex(bar_->currentIndex());
}

void PageTabs::setTitle(QWidget* page, const QString& title, SessionState state, const QString& toolTip) {
  const int index = stack_->indexOf(page);
  if (index < 0) return;
  QString text = fontMetrics().elidedText(title, Qt::ElideMiddle,
                                          fontMetrics().averageCharWidth() * kMostTitleCharacters);
  text.replace(QLatin1Char('&'), QLatin1String("&&"));
  if (bar_->tabText(index) != text) bar_->setTabText(index, text);
  bar_->setTabToolTip(index, toolTip.toHtmlEscaped());
  if (bar_->tabData(index) != QVariant(static_cast<int>(state)) || bar_->tabIcon(index).isNull()) {
    bar_->setTabData(index, static_cast<int>(state));
    bar_->setTabIcon(index, stateDot(state, devicePixelRatioF()));
  }
}

int PageTabs::count() const {
  return bar_->count();
}
QWidget* PageTabs::page(int index) const {
  return stack_->widget(index);
}
QWidget* PageTabs::current() const {
  return stack_->currentWidget();
}
void PageTabs::setCurrent(QWidget* page) {
  bar_->setCurrentIndex(stack_->indexOf(page));
}

void PageTabs::setNewPageText(const QString& toolTip) {
  newPage_->setToolTip(toolTip);
  newPage_->setAccessibleName(toolTip);
}

void PageTabs::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) refreshDots();
}

void PageTabs::refreshDots() {
  for (int index = 0; index < bar_->count(); ++index) {
    const auto state = static_cast<SessionState>(bar_->tabData(index).toInt());
    bar_->setTabIcon(index, stateDot(state, devicePixelRatioF()));
  }
}

}  // namespace sockbench::ui
