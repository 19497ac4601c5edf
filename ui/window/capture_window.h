// CaptureWindow: a capture file in a window of its own: its timeline with all that belongs to one, while it
// is being read and after. Thread: gui.
//
// Object names: "captureWindow", "captureFileMessage", "captureFileProgress", "captureFileLabel".
#pragma once

#include <QMainWindow>
#include <memory>

#include "core/base/error.h"

class QLabel;
class QProgressBar;
class QSettings;

namespace sockbench::ui {

class FileTraffic;
class InlineMessage;
class TrafficPanel;

class CaptureWindow : public QMainWindow {
  Q_OBJECT
 public:
  // A file that cannot be opened is told in the window.
  // `like`: see TrafficPanel.
  explicit CaptureWindow(const QString& path, const TrafficPanel* like = nullptr, QWidget* parent = nullptr);
  ~CaptureWindow() override;  // gives reading up

  TrafficPanel* traffic() const { return panel_; }  // nullptr: the file could not be opened
  const FileTraffic* file() const { return file_.get(); }
  bool isOpen() const { return panel_ != nullptr; }
  void remember(QSettings* settings);  // see MainWindow::remember()

 signals:
  void openRequested();  // another file
  void helpRequested(const QString& page);

 protected:
  bool event(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void makeMenus();
  void makeStatusBar();
  void showStatus();

  std::unique_ptr<FileTraffic> file_;
  TrafficPanel* panel_ = nullptr;
  InlineMessage* message_;
  QLabel* label_;
  QProgressBar* progress_;
  QSettings* settings_ = nullptr;
};

}  // namespace sockbench::ui
