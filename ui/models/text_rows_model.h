// TextRowsModel: a small table of words and numbers that are made elsewhere. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

namespace sockbench::ui {

class TextRowsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  // `textColumns` are words, to the left; the others are numbers, to the right.
  TextRowsModel(QStringList titles, QList<int> textColumns, QObject* parent = nullptr);
  // As many cells each as there are titles. Rows that stay keep their selection.
  void setRows(const QList<QStringList>& rows);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  const QStringList titles_;
  const QList<int> textColumns_;
  QList<QStringList> rows_;
};

}  // namespace sockbench::ui
