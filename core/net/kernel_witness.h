// Who watches the system calls that Socket makes on a thread: their results, and whether a wait is to end.
// A thread without a witness pays one load for it.
#pragma once

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace sockbench {

// Thread: the one that it is set on, but interrupted() answers what any thread has asked for.
class KernelWitness {
 public:
  virtual ~KernelWitness() = default;
  virtual void willWait() = 0;  // the next call is known to sleep in the kernel
  // A call has returned. `error`: errno where `returned` is -1, else 0. `note`: what it gave beside, may be
  // empty.
  virtual void made(std::string_view call, std::int64_t returned, int error, std::chrono::nanoseconds took,
                    std::string note) = 0;
  // Asked after EINTR: true ends the wait with EINTR instead of going on with it.
  virtual bool interrupted() = 0;

  static KernelWitness* ofThisThread();  // nullptr: nobody watches
};

// Sets the witness of this thread while it lives.
class WitnessedThread {
 public:
  explicit WitnessedThread(KernelWitness& witness);
  ~WitnessedThread();
  WitnessedThread(const WitnessedThread&) = delete;
  WitnessedThread& operator=(const WitnessedThread&) = delete;

 private:
  KernelWitness* before_;
};

// Makes `call` (-1 and errno as system calls do) and tells the thread's witness. errno is kept.
// `note` is asked, only where there is a witness, for what the call gave beside.
template <class Call, class Note>
auto witnessed(std::string_view name, Call call, Note note) {
  KernelWitness* const witness = KernelWitness::ofThisThread();
  if (witness == nullptr) return call();
  const auto begun = std::chrono::steady_clock::now();
  const auto returned = call();
  const int code = errno;
  const auto took = std::chrono::steady_clock::now() - begun;
  witness->made(name, static_cast<std::int64_t>(returned), returned == -1 ? code : 0, took, note(returned));
  errno = code;
  return returned;
}

template <class Call>
auto witnessed(std::string_view name, Call call) {
  return witnessed(name, call, [](auto) { return std::string(); });
}

// After EINTR: whether to end with it. Without a witness: never.
inline bool waitIsInterrupted() {
  KernelWitness* const witness = KernelWitness::ofThisThread();
  return witness != nullptr && witness->interrupted();
}

}  // namespace sockbench
