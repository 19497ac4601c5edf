#include "ui/panels/resolver/race/race_table.h"

#include <QAction>
#include <QHeaderView>
#include <algorithm>

#include "ui/panels/resolver/race/race_bars.h"
#include "ui/panels/resolver/race/race_model.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kLeastCourse = 27;  // characters
constexpr int kLeastHeight = 68;  // the titles, a row and a scroll bar

}  // namespace

RaceTable::RaceTable(RaceModel* model, QWidget* parent) : QTableView(parent) {
  setModel(model);
  styleTable(this, QStringLiteral("resolverRaceTable"), tr("Connections to each address"));
  setColumnWidths(this, {14, 14, 30, 4, 8});
  setItemDelegateForColumn(RaceModel::Course, new RaceBarsDelegate(this));
  setMinimumHeight(kLeastHeight);
  setContextMenuPolicy(Qt::CustomContextMenu);
  showHosts(false);
  auto* hint = new EmptyHint(this);
  hint->setHint(tr("Look up a host first: its stream addresses come here"));
  hint->follow(model);
  auto* copy = new QAction(theme::icon(QStringLiteral("copy")), tr("Copy"), this);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  connect(copy, &QAction::triggered, this, [this] { copySelection(this); });
  addAction(copy);
}

void RaceTable::showHosts(bool several) {
  setColumnHidden(RaceModel::Host, !several);
}

// Never too little to be read.
void RaceTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  const int others = horizontalHeader()->length() - columnWidth(RaceModel::Course);
  const int least = fontMetrics().averageCharWidth() * kLeastCourse;
  setColumnWidth(RaceModel::Course, std::max(least, viewport()->width() - others));
}

}  // namespace sockbench::ui
