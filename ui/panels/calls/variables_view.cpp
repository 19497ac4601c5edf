#include "ui/panels/calls/variables_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>

#include "ui/bridge/core_types.h"
#include "ui/models/calls_variables_model.h"
#include "ui/widgets/aligned_header.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kCellPadding = 4;
constexpr int kRowPadding = 5;

class LineDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), option.fontMetrics.height() + kRowPadding};
  }

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    const bool fault = index.data(CallsVariablesModel::FaultRole).toBool();
    const bool dim = index.data(CallsVariablesModel::DimRole).toBool();
    const theme::Role role = fault ? theme::Role::error : dim ? theme::Role::dim : theme::Role::text;
    option->palette.setColor(QPalette::Text, theme::color(role));
    option->palette.setColor(QPalette::HighlightedText, theme::color(role));
  }
};

}  // namespace

VariablesView::VariablesView(CallsVariablesModel* model, QWidget* parent) : QTreeView(parent) {
  setObjectName(QStringLiteral("callsVariablesTable"));
  setAccessibleName(tr("Variables"));
  setProperty("framed", true);
  setFont(theme::tabularFont());
  setHeader(new AlignedHeader(kCellPadding, this));
  setModel(model);
  setUniformRowHeights(true);
  setItemDelegate(new LineDelegate(this));
  setIndentation(14);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  setExpandsOnDoubleClick(true);
  header()->setStretchLastSection(true);
  header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  header()->resizeSection(0, fontMetrics().averageCharWidth() * 15);
  connect(this, &QTreeView::expanded, this, [this, model](const QModelIndex& index) {
    const CallVariable* variable = model->variableOf(index);
    if (model->isOptions(index) && variable && variable->socket) emit optionsWanted(variable->socket->handle);
  });
  connect(this, &QTreeView::activated, this, [this, model](const QModelIndex& index) {
    if (const CallVariable* variable = model->variableOf(index))
      emit variableChosen(toQString(variable->name));
  });
}

void VariablesView::keyPressEvent(QKeyEvent* event) {
  if (!event->matches(QKeySequence::Copy) || !currentIndex().isValid())
    return QTreeView::keyPressEvent(event);
  const QModelIndex row = currentIndex();
  QApplication::clipboard()->setText(row.siblingAtColumn(CallsVariablesModel::Name).data().toString() +
                                     QLatin1Char('\t') +
                                     row.siblingAtColumn(CallsVariablesModel::Value).data().toString());
}

}  // namespace sockbench::ui
