// DetailsTable: names and their values, line by line, side by side where there is room. Thread: gui.
#pragma once

#include <QList>
#include <QTableWidget>

#include "ui/models/record_details.h"

namespace sockbench::ui {

class DetailsTable : public QTableWidget {
  Q_OBJECT
 public:
  // `leastWidth`: of a name with its value in pixels; as many as fit stand side by side. 0: one.
  DetailsTable(const QString& name, const QString& title, int leastWidth, QWidget* parent = nullptr);

  // The selection and the place stay where the names are the same as before.
  void setDetails(const QList<RecordDetail>& details);

 protected:
  void keyPressEvent(QKeyEvent* event) override;  // Copy: the selected lines, "name<tab>value"
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  int pairsThatFit() const;
  void lay();
  void put(int row, int column, const QString& text, const QColor& ink);
  void fitColumns();
  void fitRows();

  QList<RecordDetail> details_;
  int leastWidth_;
  int pairs_ = 1;
};

}  // namespace sockbench::ui
