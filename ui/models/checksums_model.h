// ChecksumsModel: every checksum that core knows with its value over some bytes. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include "core/payload/checksum/checksum.h"
#include "core/traffic/traffic_log.h"
#include "ui/models/checksum_run.h"

namespace sockbench::ui {

class ChecksumsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Value, kColumns };

  explicit ChecksumsModel(QObject* parent = nullptr);

  // The values go until those of these bytes are known: at once for few bytes.
  void setBytes(const PinnedBytes& bytes);
  void cancel();  // what is not known stays so until the next setBytes()
  bool isRunning() const { return run_.isRunning(); }
  const PinnedBytes& bytes() const { return bytes_; }

  static const ChecksumInfo& info(int row);
  QString value(int row) const;              // "cbf43926"; empty: not known
  static int rowNamed(const QString& name);  // -1: none

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 signals:
  void progressed(int percent);
  void done();  // all values are known, or it was cancelled

 private:
  void forget();

  ChecksumRun run_;
  PinnedBytes bytes_;
  QList<Bytes> values_;  // by row; empty: not known
};

// Rows whose name, alias or value holds the text; case and - _ / . and spaces do not count.
class ChecksumsFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setText(const QString& text);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  QString wanted_;
};

}  // namespace sockbench::ui
