// StreamSave: a conversation to a file, off the GUI thread, whole or not at all. Thread: gui.
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <memory>

#include "core/base/error.h"
#include "core/traffic/conversation/conversation.h"
#include "ui/panels/traffic/stream/stream_lines.h"

namespace sockbench::ui {

class StreamSave : public QObject {
  Q_OBJECT
 public:
  enum class What { received, sent, bothAsText };

  explicit StreamSave(QObject* parent = nullptr);
  ~StreamSave() override;  // what runs is given up

  bool isRunning() const { return static_cast<bool>(job_); }
  void start(const QString& path, What what, std::shared_ptr<const TrafficLog> log,
             std::shared_ptr<const Conversation> conversation, StreamStyle style);
  void cancel();  // the file stays as it was

 signals:
  void progressed(int percent);
  // `missing`: bytes that the log evicted before they could be written, and that are not in the file.
  void saved(const QString& path, quint64 bytes, quint64 missing);
  void failed(const sockbench::Error& error);
  void cancelled();

 private:
  struct Job {
    std::atomic<bool> cancelled{false};
    std::atomic<int> percent{0};
    std::atomic<std::uint64_t> missing{0};
  };
  std::shared_ptr<Job> job_;
  QTimer tick_;
};

}  // namespace sockbench::ui
