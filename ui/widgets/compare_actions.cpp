#include "ui/widgets/compare_actions.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

#include "ui/bridge/in_background.h"
#include "ui/models/earlier_row.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("CompareActions", text);
}

// As in the table: counted from 1.
QString shownNumber(std::uint64_t number) {
  return QString::number(number + 1);
}

bool hasBytes(const std::optional<LogRow>& row) {
  return row && (row->record.kind == RecordKind::in || row->record.kind == RecordKind::out);
}

// nullopt: not exactly two rows with bytes are selected.
std::optional<std::pair<LogRow, LogRow>> selectedPair(const TrafficTable& table) {
  if (table.trafficModel() == nullptr) return std::nullopt;
  QList<int> rows;
  for (const QItemSelectionRange& range : table.selectionModel()->selection()) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      rows.append(row);
      if (rows.size() > 2) return std::nullopt;
    }
  }
  if (rows.size() != 2) return std::nullopt;
  const auto one = table.trafficModel()->rowAt(std::min(rows[0], rows[1]));
  const auto two = table.trafficModel()->rowAt(std::max(rows[0], rows[1]));
  if (!hasBytes(one) || !hasBytes(two)) return std::nullopt;
  return std::pair(*one, *two);
}

void compareWithEarlier(TrafficTable* table, const LogRow& row) {
  inBackground(
      table,
      [log = table->trafficModel()->log().shared_from_this(), row] { return earlierRowAlike(*log, row); },
      [table, row](const std::optional<LogRow>& earlier) {
        if (earlier) return emit table->compareRequested(*earlier, row);
        emit table->compareRefused(
            tr("Before row %1 its session has no row in memory that went the same way.")
                .arg(shownNumber(row.number)));
      });
}

QAction* add(QMenu& menu, const char* name, const QString& text, bool enabled) {
  QAction* action = menu.addAction(text);
  action->setObjectName(QString::fromLatin1(name));
  action->setEnabled(enabled);
  return action;
}

}  // namespace

void addCompareActions(QMenu& menu, TrafficTable* table) {
  const auto pair = selectedPair(*table);
  QAction* both = add(menu, "trafficCompareAction", tr("Co&mpare the two rows"), pair.has_value());
  QObject::connect(both, &QAction::triggered, table,
                   [table, pair] { emit table->compareRequested(pair->first, pair->second); });

  const auto row = pair ? std::optional<LogRow>() : table->currentLogRow();
  const bool out = row && row->record.kind == RecordKind::out;
  QAction* earlier =
      add(menu, "trafficCompareEarlierAction",
          out ? tr("Compare &with what was sent before") : tr("Compare &with what was received before"),
          hasBytes(row));
  QObject::connect(earlier, &QAction::triggered, table, [table, row] { compareWithEarlier(table, *row); });

  if (!hasBytes(row)) return;
  const auto number = markedRowNear(table->trafficModel()->log(), row->number);
  const auto marked = number ? table->trafficModel()->log().read(*number) : std::nullopt;
  if (!hasBytes(marked)) return;
  QAction* with = add(menu, "trafficCompareMarkedAction",
                      tr("Compare with mar&ked row %1").arg(shownNumber(*number)), true);
  QObject::connect(with, &QAction::triggered, table, [table, row, marked] {
    const bool above = marked->number < row->number;
    emit table->compareRequested(above ? *marked : *row, above ? *row : *marked);
  });
}

}  // namespace sockbench::ui
