// OptionsTable: the rows of an OptionsModel, filtered. F2, Enter or a double click anywhere in a row edits
// its value; Space, too, turns a switch. Thread: gui. Object name: "detailsOptionsTable".
#pragma once

#include <QTableView>

class QSortFilterProxyModel;

namespace sockbench::ui {

class EmptyHint;
class OptionsModel;

class OptionsTable : public QTableView {
  Q_OBJECT
 public:
  explicit OptionsTable(OptionsModel* model, QWidget* parent = nullptr);

  void setFilter(const QString& words);  // each of them in the name or the meaning
  void setChangedOnly(bool only);
  void setHint(const QString& text);  // what stands in the empty table
  int currentRow() const;             // of the OptionsModel; -1: none
  void copySettings() const;          // OptionsModel::settingsText of what is selected

 signals:
  void currentRowChanged();
  void refreshRequested();

 protected:
  bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Filter;
  void change(const QModelIndex& index);  // a switch turns, a value is edited

  OptionsModel* model_;
  Filter* filter_;
  EmptyHint* hint_;
};

}  // namespace sockbench::ui
