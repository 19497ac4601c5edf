// SIGINT, SIGTERM and SIGHUP as a signal of Qt's, so that the window closes its sockets and remembers its
// state. One at a time in a process. Thread: gui.
#pragma once

#include <QObject>
#include <memory>

class QSocketNotifier;

namespace sockbench::gui {

class StopSignals : public QObject {
  Q_OBJECT
 public:
  explicit StopSignals(QObject* parent = nullptr);  // from now on these signals only wake `requested`
  ~StopSignals() override;

 signals:
  void requested();

 private:
  int pipe_[2] = {-1, -1};
  std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace sockbench::gui
