#include "ui/panels/scenario/steps_view.h"

#include <QHeaderView>
#include <QPainter>
#include <QPainterPath>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/widgets/aligned_header.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

using State = ScenarioStepsModel::State;

constexpr int kCellPadding = 4;
constexpr int kRowPadding = 5;
constexpr int kMark = 12;

theme::Role roleOf(State state) {
  switch (state) {
    case State::running:
      return theme::Role::accent;
    case State::held:
      return theme::Role::good;
    case State::failed:
      return theme::Role::error;
    case State::waiting:
    case State::skipped:
      return theme::Role::dim;
  }
  return theme::Role::dim;
}

class StepDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), option.fontMetrics.height() + kRowPadding};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    const int state = index.data(ScenarioStepsModel::StateRole).toInt();
    if (index.column() != ScenarioStepsModel::Step || state < 0) return;
    const QRect mark(option.rect.left() + kCellPadding, option.rect.center().y() - kMark / 2 + 1, kMark,
                     kMark);
    paintStepMark(*painter, mark, static_cast<State>(state));
  }

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    const int state = index.data(ScenarioStepsModel::StateRole).toInt();
    const bool isResult = index.column() == ScenarioStepsModel::Result;
    theme::Role role = index.column() == ScenarioStepsModel::Step ? theme::Role::text : theme::Role::dim;
    if (isResult && state == static_cast<int>(State::failed)) role = theme::Role::error;
    option->palette.setColor(QPalette::Text, theme::color(role));
    option->palette.setColor(QPalette::HighlightedText, theme::color(role));
    if (index.column() == ScenarioStepsModel::Time)
      option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    if (index.column() == ScenarioStepsModel::Step && state >= 0) {
      option->features |= QStyleOptionViewItem::HasDecoration;  // room for the mark
      option->decorationSize = QSize(kMark + kCellPadding, kMark);
    }
  }
};

}  // namespace

void paintStepMark(QPainter& painter, const QRect& place, State state) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(place.center() + QPointF(0.5, 0.5));
  painter.setPen(QPen(theme::color(roleOf(state)), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  switch (state) {
    case State::waiting:
      painter.setPen(QPen(theme::color(roleOf(state)), 1.2));
      painter.drawEllipse(QPointF(0, 0), 3, 3);
      break;
    case State::running:
      painter.setBrush(theme::color(roleOf(state)));
      painter.drawPolygon(QPolygonF{{-2.5, -3.5}, {3.5, 0}, {-2.5, 3.5}});
      break;
    case State::held:
      painter.drawPolyline(QPolygonF{{-4, 0.5}, {-1.2, 3.2}, {4, -3.2}});
      break;
    case State::failed:
      painter.drawLine(QPointF(-3.2, -3.2), QPointF(3.2, 3.2));
      painter.drawLine(QPointF(-3.2, 3.2), QPointF(3.2, -3.2));
      break;
    case State::skipped:
      painter.drawLine(QPointF(-3, 0), QPointF(3, 0));
      break;
  }
  painter.restore();
}

StepsView::StepsView(ScenarioStepsModel* model, QWidget* parent) : QTreeView(parent) {
  setObjectName(QStringLiteral("scenarioStepsTree"));
  setAccessibleName(tr("Steps"));
  setProperty("framed", true);
  setHeader(new AlignedHeader(kCellPadding, this));
  setModel(model);
  setUniformRowHeights(true);
  setItemDelegate(new StepDelegate(this));
  setIndentation(16);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  setExpandsOnDoubleClick(true);
  header()->setStretchLastSection(true);
  header()->setMinimumSectionSize(40);
  header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  connect(model, &QAbstractItemModel::modelReset, this, &QTreeView::expandAll);
}

void StepsView::showStep(const QModelIndex& step) {
  const QScopedValueRollback guard(isShowing_, true);
  if (step.isValid() && step != currentIndex()) setCurrentIndex(step);
}

void StepsView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTreeView::currentChanged(current, previous);
  if (!isShowing_ && current.isValid()) emit stepChosen(current);
}

void StepsView::resizeEvent(QResizeEvent* event) {
  QTreeView::resizeEvent(event);
  const int time = fontMetrics().averageCharWidth() * 11;
  header()->resizeSection(ScenarioStepsModel::Step, std::max(120, (viewport()->width() - time) * 3 / 5));
  header()->resizeSection(ScenarioStepsModel::Time, time);
}

}  // namespace sockbench::ui
