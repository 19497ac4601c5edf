// NumbersPage: what the bytes at the cursor of a HexView mean as numbers, in step with it both ways, and the
// checksums of what is selected in it (of all bytes where nothing is). Thread: gui.
//
// Object names: `prefix` + "NumbersTable", "NumbersButton", "ChecksumsButton", "NumbersNote", and those of
// ChecksumsView.
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QStackedWidget;
class QTableView;

namespace sockbench::ui {

class ChecksumsView;
class ElidedLabel;
class HexView;
class ReadingsModel;

class NumbersPage : public QWidget {
  Q_OBJECT
 public:
  NumbersPage(const QString& prefix, HexView* hex, QWidget* parent = nullptr);  // the view outlives it

  enum Part : int { Numbers, Checksums };
  Part part() const;
  void setPart(Part part);
  ChecksumsView* checksums() const { return checksums_; }

  QSize minimumSizeHint() const override { return {180, 60}; }

 protected:
  void showEvent(QShowEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;  // Copy in the table

 private:
  QWidget* makeBar(const QString& prefix);
  void addButton(QHBoxLayout* row, Part part, const QString& name, const QString& text,
                 const QString& toolTip);
  void makeTable(const QString& prefix);
  void follow();
  void refresh();
  void showNote();
  void choose(const QModelIndex& index);
  void openMenu(const QPoint& place);

  HexView* hex_;
  ReadingsModel* model_;
  QTableView* table_;
  ChecksumsView* checksums_;
  QStackedWidget* stack_;
  QButtonGroup* buttons_;
  ElidedLabel* note_;
  bool stale_ = true;
};

}  // namespace sockbench::ui
