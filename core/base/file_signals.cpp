#include "core/base/file_signals.h"

#include <pthread.h>

#include <array>
#include <ctime>

namespace sockbench {

FileSignals::FileSignals() {
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  sigemptyset(&ours_);
  for (const int signal : std::array{SIGPIPE, SIGXFSZ})
    if (sigismember(&before, signal) == 0) sigaddset(&ours_, signal);
  pthread_sigmask(SIG_BLOCK, &ours_, nullptr);
}

// What was raised meanwhile waits for this thread: it is taken before it can be delivered.
FileSignals::~FileSignals() {
  const timespec now{};
  while (sigtimedwait(&ours_, nullptr, &now) > 0) continue;
  pthread_sigmask(SIG_UNBLOCK, &ours_, nullptr);
}

}  // namespace sockbench
