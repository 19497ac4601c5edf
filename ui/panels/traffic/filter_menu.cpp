#include "ui/panels/traffic/filter_menu.h"

#include <QItemSelection>
#include <QItemSelectionModel>
#include <QMenu>

#include "ui/bridge/core_types.h"
#include "ui/models/filter_terms.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {
namespace {

constexpr qsizetype kShownTerm = 60;  // characters of it in a menu

QString alone(const QString& term) {
  return toQString(filterAnd({}, toUtf8(term)));
}
QString negated(const QString& term) {
  return toQString(filterAndNot({}, toUtf8(term)));
}
QString either(const QString& text, const QString& term) {
  return text.isEmpty() ? term : QStringLiteral("(%1) or %2").arg(text, term);
}

// The menu takes an ampersand for a key.
QString shown(const QString& term) {
  QString text = term.size() > kShownTerm ? term.left(kShownTerm) + QChar(0x2026) : term;
  return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

// The first of them: a selection may be ten million rows long.
QModelIndexList selectedRows(const TrafficTable& table) {
  constexpr qsizetype kMost = 1'000;
  QModelIndexList rows;
  const QItemSelection selection = table.selectionModel()->selection();
  for (const QItemSelectionRange& range : selection) {
    for (int row = range.top(); row <= range.bottom() && rows.size() < kMost; ++row)
      rows.append(table.trafficModel()->index(row, 0));
  }
  return rows;
}

}  // namespace

void FilterMenu::addTo(QMenu* menu, const QModelIndex& cell) const {
  const TrafficModel* model = table_->trafficModel();
  const QModelIndexList rows = selectedRows(*table_);
  const QString term = filterTermOf(*model, rows.isEmpty() ? QModelIndexList{cell} : rows, cell.column());
  const std::string before = toUtf8(edit_->appliedText());
  const auto add = [&](const QString& text, const std::string& filter) {
    QAction* action =
        menu->addAction(text, edit_, [edit = edit_, filter] { edit->apply(toQString(filter)); });
    action->setEnabled(!term.isEmpty());
  };
  menu->addSection(term.isEmpty() ? tr("Nothing to filter by in this cell") : shown(term));
  add(tr("Only the&se"), filterAnd(before, toUtf8(term)));
  add(tr("&Hide these"), filterAndNot(before, toUtf8(term)));
  QMenu* apply = menu->addMenu(tr("&Apply as filter"));
  apply->setObjectName(QStringLiteral("applyFilterMenu"));
  addWays(apply, term, Way::apply);
  QMenu* prepare = menu->addMenu(tr("&Prepare as filter"));
  prepare->setObjectName(QStringLiteral("prepareFilterMenu"));
  addWays(prepare, term, Way::prepare);
}

void FilterMenu::addWays(QMenu* menu, const QString& term, Way way) const {
  menu->setEnabled(!term.isEmpty());
  const QString text = edit_->appliedText();
  const QString no = negated(term);
  const auto add = [&](const QString& words, const QString& filter, bool enabled = true) {
    QAction* action = menu->addAction(words, edit_, [edit = edit_, filter, way] {
      way == Way::apply ? edit->apply(filter) : edit->prepare(filter);
    });
    action->setEnabled(enabled);
  };
  const bool more = !text.isEmpty();
  add(tr("&Selected"), alone(term));
  add(tr("&Not selected"), no);
  menu->addSeparator();
  add(tr("\u2026 &and selected"), toQString(filterAnd(toUtf8(text), toUtf8(term))), more);
  add(tr("\u2026 &or selected"), either(text, term), more);
  add(tr("\u2026 and no&t selected"), toQString(filterAndNot(toUtf8(text), toUtf8(term))), more);
  add(tr("\u2026 or not s&elected"), either(text, no), more);
}

}  // namespace sockbench::ui
