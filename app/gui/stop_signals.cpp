#include "app/gui/stop_signals.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <QSocketNotifier>
#include <atomic>
#include <cerrno>

namespace sockbench::gui {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};
std::atomic<int> writeEnd{-1};

void handle(int) {
  const int keptErrno = errno;
  const char byte = 0;
  // Nothing can be done about a failure here (signal-safety(7)); a full pipe has already said it.
  [[maybe_unused]] const auto written = write(writeEnd.load(), &byte, 1);
  errno = keptErrno;
}

void setAction(void (*action)(int)) {
  struct sigaction how {};
  how.sa_handler = action;
  how.sa_flags = SA_RESTART;
  for (const int number : kSignals) sigaction(number, &how, nullptr);
}

}  // namespace

StopSignals::StopSignals(QObject* parent) : QObject(parent) {
  if (pipe2(pipe_, O_CLOEXEC | O_NONBLOCK) != 0) return;  // then they end the program as they always did
  notifier_ = std::make_unique<QSocketNotifier>(pipe_[0], QSocketNotifier::Read);
  connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
    char bytes[16];
    if (read(pipe_[0], bytes, sizeof bytes) > 0) emit requested();
  });
  writeEnd = pipe_[1];
  setAction(&handle);
}

StopSignals::~StopSignals() {
  if (!notifier_) return;
  setAction(SIG_DFL);
  writeEnd = -1;
  notifier_.reset();
  close(pipe_[0]);
  close(pipe_[1]);
}

}  // namespace sockbench::gui
