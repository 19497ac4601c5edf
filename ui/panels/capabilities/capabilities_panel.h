// CapabilitiesPanel: which kinds of socket this machine gives to this person, each one tried for real, and
// what the others would take. They are tried when the panel is first seen, and again on demand, on a thread
// of their own. Thread: gui.
//
// Object names: "capabilitiesRefreshButton", "capabilitiesFilterEdit", "capabilitiesAllCheck",
// "capabilitiesTable", "capabilitiesRemarkLabel", "capabilitiesStatusLabel".
#pragma once

#include "ui/panels/panel.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace sockbench::ui {

class CapabilitiesFilter;
class CapabilitiesModel;
class EmptyHint;

class CapabilitiesPanel : public Panel {
  Q_OBJECT
 public:
  explicit CapabilitiesPanel(QWidget* parent = nullptr);

  void act() override;     // tries them all again
  void cancel() override;  // what is being tried is not shown
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeBar();
  void arrange();
  void makeTable();
  void filter();
  void showStatus();
  void explain();

  CapabilitiesModel* model_;
  CapabilitiesFilter* shown_;
  QPushButton* refresh_;
  QLineEdit* edit_;
  QCheckBox* all_;
  QTableView* table_;
  EmptyHint* hint_;
  QLabel* remark_;
  QLabel* status_;
  unsigned asked_ = 0;  // the trial that is under way, or was last
  bool trying_ = false;
};

}  // namespace sockbench::ui
