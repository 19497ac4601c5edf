// ChecksumsView: all checksums of some bytes in a list that is filtered by name or by value, and a CRC of the
// person's own parameters. Thread: gui.
//
// Object names: `prefix` + "ChecksumsTable", "ChecksumsFilterEdit", "ChecksumsProgress",
// "ChecksumsCancelButton", "CrcEdit", "CrcValue".
#pragma once

#include <QWidget>

#include "core/payload/checksum/checksum.h"
#include "core/traffic/traffic_log.h"
#include "ui/models/checksum_run.h"

class QLabel;
class QLineEdit;
class QMenu;
class QTableView;
class QToolButton;

namespace sockbench::ui {

class ChecksumsFilter;
class ChecksumsModel;
class ElidedLabel;

class ChecksumsView : public QWidget {
  Q_OBJECT
 public:
  ChecksumsView(const QString& prefix, QWidget* parent = nullptr);

  void setBytes(const PinnedBytes& bytes);  // held until the next call, or until the sums are known
  ChecksumsModel* model() const { return model_; }

  QString crcText() const;  // as the person wrote it
  void setCrcText(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;  // Copy in the table

 private:
  QWidget* makeBar(const QString& prefix);
  QWidget* makeCrcLine(const QString& prefix);
  void makeTable(const QString& prefix);
  void showProgress(int percent);
  void openMenu(const QPoint& place);
  int currentRow() const;  // of the model; -1: none
  void copyValue(const QString& value);
  void calculateCrc();

  ChecksumsModel* model_;
  ChecksumsFilter* filter_;
  QTableView* table_;
  QLineEdit* filterEdit_;
  QLabel* progress_;
  QToolButton* cancel_;
  QLineEdit* crcEdit_;
  ElidedLabel* crcValue_;
  ChecksumRun crcRun_;
};

}  // namespace sockbench::ui
