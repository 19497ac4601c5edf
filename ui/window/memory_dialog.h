// MemoryDialog: how much of the traffic is kept in memory, and whether what goes from there goes to disk.
// Applied at once. Thread: gui.
//
// Object names: "memoryDialog", "memoryBudgetSpin", "memorySpillCheck", "memorySpillSpin",
// "memoryFolderEdit", "memoryStatusLabel", "memoryMessage".
#pragma once

#include <QDialog>
#include <QTimer>

#include "core/traffic/traffic_log.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QSettings;
class QSpinBox;

namespace sockbench::ui {

class InlineMessage;

class MemoryDialog : public QDialog {
  Q_OBJECT
 public:
  static constexpr int kLeastBudget = 16;  // MiB

  // `settings`: where it is remembered; nullptr: nowhere.
  MemoryDialog(std::shared_ptr<TrafficLog> log, QSettings* settings, QWidget* parent = nullptr);

  // What was remembered; nothing: the log stays as it is.
  static void restore(TrafficLog& log, const QSettings& settings);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void build();
  void applyBudget();
  void applySpill();
  void tell();

  std::shared_ptr<TrafficLog> log_;
  QSettings* settings_;
  QSpinBox* budget_;
  QCheckBox* spill_;
  QSpinBox* limit_;
  QLineEdit* folder_;
  QLabel* status_;
  InlineMessage* message_;
  QTimer ticks_;  // while it is in sight
};

}  // namespace sockbench::ui
