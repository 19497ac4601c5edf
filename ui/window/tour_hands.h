// The tour's hands: what a person does to a window, done to its widgets by their object names. Each answers
// false when no such widget is visible and enabled. Thread: gui.
#pragma once

#include <QString>

class QWidget;

namespace sockbench::ui {

class TourHands {
 public:
  explicit TourHands(QWidget* window) : window_(window) {}

  bool showPanel(const QString& panel) const;                 // "serverPanel": its tab of panelTabs
  bool type(const QString& edit, const QString& text) const;  // key by key, over what stood there
  bool pick(const QString& box, int index) const;             // an item of a combo box
  bool press(const QString& button) const;
  QString text(const QString& label) const;
  int rowCount(const QString& table) const;   // -1: not there
  QString cells(const QString& table) const;  // its rows, a line each, in columns
  bool selectRow(const QString& table, int row) const;

 private:
  QWidget* window_;
};

}  // namespace sockbench::ui
