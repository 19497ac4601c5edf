// ExportDialog: rows of a timeline to a file: which, in which form, where to; with progress, and what became
// of it. Thread: gui.
//
// Object names: "exportDialog", "exportFormatBox", "exportAllButton", "exportFilteredButton",
// "exportSelectedButton", "exportDirectionBox", "exportPathEdit", "exportBrowseButton", "exportProgress",
// "exportStartButton", "exportCancelButton", "exportMessage".
#pragma once

#include <QDialog>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/capture/export.h"
#include "ui/bridge/export_job.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace sockbench::ui {

class InlineMessage;

// What can be chosen among.
struct ExportChoice {
  std::shared_ptr<TrafficLog> log;
  FilterPtr filter = nullptr;  // what the timeline shows; nullptr: all
  std::uint64_t filteredRows = 0;
  std::vector<std::uint64_t> selected;  // row numbers, ascending
  QString folder;                       // that is offered
};

class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  explicit ExportDialog(ExportChoice choice, QWidget* parent = nullptr);

 protected:
  void reject() override;  // while it runs: cancels, and stays

 private:
  enum Which : int { All, Filtered, Selected };
  QWidget* makeWhich();
  QWidget* makeWhere();
  void browse();
  void changeFormat();
  void start();
  void finish(const Result<ExportResult>& result);
  void showRunning(bool running);
  ExportFormat format() const;
  QString suffix() const;

  ExportChoice choice_;
  QString agreed_;  // the file that a person has agreed to replace
  ExportJob job_;
  QButtonGroup* which_;
  QComboBox* format_;
  QLabel* about_;
  QLabel* directionLabel_;
  QComboBox* direction_;
  QLineEdit* path_;
  QPushButton* browse_;
  QProgressBar* progress_;
  InlineMessage* message_;
  QPushButton* start_;
  QPushButton* cancel_;
};

}  // namespace sockbench::ui
