#include "core/resolve/lookup_thread.h"

#include <pthread.h>

#include <csignal>

namespace sockbench {

void beginThread(const std::string& name) {
  ::pthread_setname_np(::pthread_self(), name.substr(0, 15).c_str());
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace sockbench
