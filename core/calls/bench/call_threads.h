// CallThreads: as many threads as there are jobs at once. One without a job waits a while for the next.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace sockbench {

// Thread: any.
class CallThreads {
 public:
  CallThreads();
  // See finish().
  ~CallThreads();
  CallThreads(const CallThreads&) = delete;
  CallThreads& operator=(const CallThreads&) = delete;

  // Runs `job` on a thread of its own. False: no thread could be started, and it will not be run.
  bool run(std::function<void()> job);
  // Waits until every thread has ended, but for `abandoned` ones whose jobs may never end.
  void finish(std::size_t abandoned);

 private:
  struct State;
  static void work(const std::shared_ptr<State>& state, std::function<void()> job);
  std::shared_ptr<State> state_;
};

}  // namespace sockbench
