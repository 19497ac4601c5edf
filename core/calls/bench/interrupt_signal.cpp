#include "core/calls/bench/interrupt_signal.h"

#include <sys/syscall.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>

namespace sockbench {
namespace {

// Neither the first ones, which debuggers and libraries take, nor the last.
int interruptSignal() {
  return SIGRTMIN + 9;
}

void installHandler() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigemptyset(&action.sa_mask);
  sigaction(interruptSignal(), &action, nullptr);
}

std::string taskFile(pid_t thread, const char* name) {
  std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Those by which a thread tells of its own faults stay open.
constexpr std::array kFaults{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};

}  // namespace

void beginInterruptibleThread() {
  static std::once_flag installed;
  std::call_once(installed, installHandler);
  pthread_setname_np(pthread_self(), "call");
  sigset_t deaf;
  sigfillset(&deaf);
  sigdelset(&deaf, interruptSignal());
  for (const int fault : kFaults) sigdelset(&deaf, fault);
  pthread_sigmask(SIG_SETMASK, &deaf, nullptr);
}

void interruptThread(pthread_t thread) {
  pthread_kill(thread, interruptSignal());
}

bool threadAwaitsEvent(pid_t thread) {
  // proc_pid_syscall(5): the number of the call in which it sleeps. Where the kernel tells none, it is
  // believed.
  const std::string call = taskFile(thread, "syscall");
  return threadSleeps(thread) && !call.starts_with(std::to_string(SYS_futex) + " ");
}

bool threadSleeps(pid_t thread) {
  const std::string text = taskFile(thread, "stat");
  // proc_pid_stat(5): the state follows the name in parentheses, which may hold anything.
  const std::size_t name = text.rfind(") ");
  if (name == std::string::npos || name + 2 >= text.size()) return false;
  return text[name + 2] == 'S';
}

}  // namespace sockbench
