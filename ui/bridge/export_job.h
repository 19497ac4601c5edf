// ExportJob: rows written to a file in the background, with progress. Thread: gui.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/capture/export.h"

namespace sockbench::ui {

// One export at a time. Destruction cancels it.
class ExportJob : public QObject {
  Q_OBJECT
 public:
  explicit ExportJob(QObject* parent = nullptr);
  ~ExportJob() override;

  void start(std::shared_ptr<TrafficLog> log, ExportSettings settings);  // only while it does not run
  void cancel();  // finished() tells ECANCELED then, unless it was done already
  bool isRunning() const { return running_; }

 signals:
  void progressed(double share);  // 0 to 1, a few times a second
  void finished(const sockbench::Result<sockbench::ExportResult>& result);

 private:
  struct Shared;
  void tell();

  std::shared_ptr<Shared> shared_;
  std::stop_source stop_;
  QTimer ticks_;  // only while it runs
  bool running_ = false;
};

}  // namespace sockbench::ui
