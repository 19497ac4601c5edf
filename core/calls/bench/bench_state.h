// BenchState: what the threads of a bench share: its calls, their order, its sockets.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/calls/bench/call_journal.h"
#include "core/calls/bench/call_order.h"
#include "core/calls/bench/call_run.h"
#include "core/calls/bench/call_sockets.h"
#include "core/calls/bench/call_threads.h"
#include "core/calls/call_bench.h"

namespace sockbench {

// Thread: any. The threads of its calls hold it, a look-up's perhaps for ever.
class BenchState : public std::enable_shared_from_this<BenchState> {
 public:
  explicit BenchState(CallBenchSettings settings);
  void finish();  // the end: nothing is called afterwards but what was abandoned, which finds nothing

  // See CallBench.
  CallId start(CallRequest request, CallBench::Done done);
  void interrupt(CallId id);
  void interruptAll();
  void closeAll();
  std::optional<CallSocketFacts> socket(CallHandle handle) const;
  std::vector<CallSocketFacts> sockets() const;
  Result<Socket> duplicate(CallHandle handle) const;
  std::size_t waiting() const;
  void settle(std::chrono::milliseconds most);

  // For runs; see CallContext and KernelWitness.
  std::shared_ptr<CallSocket> find(CallRun& run, CallHandle handle);
  std::shared_ptr<CallSocket> known(CallHandle handle) const;  // closing ones, too
  CallHandle add(CallRun& run, Socket socket, int family, int type, int protocol);
  int release(CallRun& run, CallHandle handle);
  Result<void> close(CallRun& run, CallHandle handle);
  void keep(CallRun& run, int descriptor);
  void letNextBegin(CallRun& run);
  Timeout defaultTimeout() const;
  void setDefaultTimeout(Timeout timeout);
  CallJournal& journal() { return journal_; }

 private:
  using Lock = std::unique_lock<std::mutex>;
  using Clock = std::chrono::steady_clock;
  using Stage = CallRunNotes::Stage;
  struct Ending {
    CallRunPtr run;
    CallOutcome outcome;
  };
  // A number that an abandoned call may still use: it stays taken until that call has ended.
  struct Reserved {
    int descriptor;
    CallHandle handle;
  };

  // All of these are called with the lock held, those that take it let go of it in between.
  void beginReady();
  void work(const CallRunPtr& run);
  void end(Lock& lock, const CallRunPtr& run);
  void endAbandoned(Lock& lock, const CallRunPtr& run);
  void closeWhatItMade(Lock& lock, CallRun& run);
  void settle(CallRun& run);
  void tell(Lock& lock, const CallRunPtr& run, CallOutcome outcome);
  void over(CallRun& run);  // it leaves the books, and the next one begins
  void endLater(const CallRunPtr& run, CallFault fault);
  void interruptRun(const CallRunPtr& run);
  void endUsersOf(Lock& lock, const CallRun& closer, CallHandle handle);
  int take(CallHandle handle, std::string remark);
  bool isReserved(CallHandle handle) const;
  int closeDescriptor(Lock& lock, CallHandle handle, int descriptor);
  std::vector<CallHandle> hideAll();
  void closeSockets(Lock& lock, const std::vector<CallHandle>& handles);

  // The keeper's (bench_keeper.cpp).
  bool startKeeper();
  void wakeKeeper();
  bool keeperSleepsTooLong() const;
  bool allSleep() const;
  void keepWatch();
  void tellEndings(Lock& lock);
  std::optional<Clock::time_point> interruptSleepers();
  std::optional<Clock::time_point> passSleepers();
  void abandon(const CallRunPtr& run);

  mutable std::mutex mutex_;
  std::condition_variable changed_;  // a run is over or abandoned, or has been told
  CallJournal journal_;
  CallSockets sockets_;
  Timeout defaultTimeout_;
  CallThreads threads_;
  CallOrder order_;
  std::uint64_t lastId_ = 0;
  std::map<CallId, CallRunPtr> runs_;    // queued and running
  std::vector<CallRunPtr> abandoned_;    // their threads are still under way
  std::vector<CallRunPtr> interrupted_;  // those that are to end
  std::vector<Reserved> reserved_;
  std::vector<Ending> endings_;  // to be told by the keeper
  std::size_t telling_ = 0;      // Done functions under way
  std::uint64_t ended_ = 0;      // runs, ever

  std::thread keeper_;
  std::condition_variable keeperWake_;
  bool keeperIsAsked_ = false;
  Clock::time_point keeperWakesAt_ = Clock::time_point::max();
  bool isOver_ = false;
};

}  // namespace sockbench
