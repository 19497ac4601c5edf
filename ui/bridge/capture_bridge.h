// CaptureBridge: one capture of a log at a time, to a file or into a program, for the window. Thread: gui.
//
// It never waits for the disk: a capture that ends is closed in the background. Idle, it runs no timer.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/capture/capture.h"
#include "core/capture/pipe_program.h"
#include "ui/bridge/news_door.h"

namespace sockbench::ui {

class EngineBridge;

class CaptureBridge : public QObject {
  Q_OBJECT
 public:
  // `engine`: whose sessions wait while a capture to a file is too far behind; nullptr: nobody's. It outlives
  // the bridge.
  CaptureBridge(std::shared_ptr<TrafficLog> log, EngineBridge* engine, QObject* parent = nullptr);
  ~CaptureBridge() override;  // writes what is left, and waits for it

  // nullopt: it runs. Only while isIdle().
  std::optional<Error> start(CaptureSettings settings);
  // The same into the standard input of a program, from the first row that the log holds.
  std::optional<Error> startInto(std::vector<std::string> command);
  // Ends it; what the log holds by now is still written. ended() comes when that is done.
  void stop();

  bool isIdle() const { return !capture_ && !ending_; }
  bool isRunning() const { return static_cast<bool>(capture_); }  // and was not asked to stop
  // Of the running one, else of the last; all 0 before the first.
  Capture::Status status() const;
  const QString& target() const { return target_; }       // the file's path, or the command
  bool isProgram() const { return program_ != nullptr; }  // the running or the last one
  const PipeProgram* program() const { return program_.get(); }

 public slots:
  void logChanged();

 signals:
  void changed();  // status(), isRunning()
  void ended();    // by stop(), or by itself: status().error tells why

 private:
  std::optional<Error> begin(CaptureSettings settings, bool holdsSessions);
  void look();
  void closeInBackground();

  std::shared_ptr<TrafficLog> log_;
  EngineBridge* engine_;
  std::shared_ptr<NewsDoor> door_;
  std::shared_ptr<Capture> capture_;
  std::unique_ptr<PipeProgram> program_;
  Capture::Status last_;
  QString target_;
  bool ending_ = false;
};

}  // namespace sockbench::ui
