// What every table of the window has in common. Thread: gui.
#pragma once

#include <QList>
#include <QString>

class QTableView;

namespace sockbench::ui {

// Rows of one height without grid or row numbers, whole rows selected, titles to the left over their cells,
// elided text, digits of one width, a thin frame. `name` is its object name, `title` its accessible name.
void styleTable(QTableView* table, const QString& name, const QString& title);

// The first columns' widths in characters of the table's font, and never narrower than their titles.
void setColumnWidths(QTableView* table, const QList<int>& characters);

// Copies the selected cells: tabs between columns, a line each.
void copySelection(const QTableView* table);

}  // namespace sockbench::ui
