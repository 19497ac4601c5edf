// ReadingsModel: what some bytes mean as numbers, a row a kind, the two byte orders side by side. Thread:
// gui.
#pragma once

#include <QAbstractTableModel>
#include <QList>

#include "core/base/bytes.h"

namespace sockbench::ui {

class ReadingsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Little, Big, kColumns };

  using QAbstractTableModel::QAbstractTableModel;

  // From the first byte on; they are read here and not held. Rows that use exactly `chosen` bytes stand out.
  void setBytes(ByteView bytes, qsizetype chosen);
  qsizetype used(const QModelIndex& index) const;  // bytes that the cell's value is made of; 0: it has none

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Cell {
    QString text;  // empty: the bytes are no such value
    qsizetype used = 0;
  };
  struct Row {
    QString name;
    Cell little;  // both are the same where the byte order does not matter
    Cell big;
  };
  const Cell& cell(const QModelIndex& index) const;

  QList<Row> rows_;
  qsizetype chosen_ = 0;
};

}  // namespace sockbench::ui
