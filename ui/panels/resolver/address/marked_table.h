// MarkedTable: a table of MarkedRows, with a field to search it where it is long. Thread: gui.
// Object names: NAME + "Table" and NAME + "Edit".
#pragma once

#include <QWidget>

#include "ui/panels/resolver/grouped_rows_model.h"

class QLineEdit;
class QSettings;
class QTableView;

namespace sockbench::ui {

class MarkedRows;

class MarkedTable : public QWidget {
  Q_OBJECT
 public:
  struct Contents {
    QString name;   // of its object names
    QString title;  // for assistive tools
    QStringList titles;
    QList<int> numbers;  // columns aligned to the right
    QList<int> widths;   // of each column, in characters
    QList<TextRow> rows;
    bool searchable = false;
  };
  explicit MarkedTable(const Contents& contents, QWidget* parent = nullptr);

  // As MarkedRows::mark(); the best one is scrolled to.
  void mark(const QSet<int>& rows, int best);

  void saveState(QSettings& settings) const;  // under names of its own
  void restoreState(QSettings& settings);

 private:
  QString name_;
  GroupedRowsModel* rows_;
  MarkedRows* shown_;
  QLineEdit* edit_;
  QTableView* table_;
};

}  // namespace sockbench::ui
