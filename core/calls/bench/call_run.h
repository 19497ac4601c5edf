// CallRun: one call on its way through the bench: what its body sees, and what watches its system calls.
#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <set>

#include "core/calls/call_bench.h"
#include "core/calls/python/call_context.h"
#include "core/net/kernel_witness.h"

namespace sockbench {

class BenchState;

// What the bench notes of a run; guarded by its lock.
struct CallRunNotes {
  enum class Stage { queued, running, abandoned, over };
  Stage stage = Stage::queued;
  pthread_t thread{};  // while it runs, once `threadId` is not 0
  pid_t threadId = 0;
  std::chrono::steady_clock::time_point begun;  // on its thread; before: when it was started
  std::chrono::steady_clock::time_point interruptedAt;
  std::optional<std::chrono::steady_clock::time_point> heldSince;  // see CallOrder
  std::chrono::nanoseconds heldFor{};                              // once it has begun
  std::set<CallHandle> uses;                                       // sockets that its body has found
  std::vector<CallHandle> added;                                   // ... and has made
  bool tooManySockets = false;                                     // one that it made was refused
  bool closesWhatItMakes = false;
};

// A run belongs to its thread but for what is said to be any thread's.
class CallRun : public CallContext, public KernelWitness {
 public:
  CallRun(BenchState& bench, CallId id, CallRequest request, CallBench::Done done);

  // Thread: any.
  CallId id() const { return id_; }
  const CallRequest& request() const { return request_; }
  const CallBench::Done& done() const { return done_; }
  std::atomic<bool> isInterrupted{false};
  std::atomic<bool> isClosedUnder{false};  // a socket that it uses is being closed
  CallRunNotes notes;

  // Carries the request out. What Python's rules cannot foresee (no memory) is an os fault, too.
  void perform();

  // CallContext
  std::shared_ptr<CallSocket> find(CallHandle handle) override;
  CallHandle add(Socket socket, int family, int type, int protocol) override;
  int release(CallHandle handle) override;
  Result<void> close(CallHandle handle) override;
  void keepDescriptor(int descriptor) override;
  Timeout defaultTimeout() override;
  std::chrono::nanoseconds held() const override { return notes.heldFor; }
  void setDefaultTimeout(Timeout timeout) override;
  void tellSent(CallHandle handle, ByteView bytes, const SocketAddress& peer) override;
  void tellReceived(CallHandle handle, ByteView bytes, const SocketAddress& peer, int flags) override;
  void tellEvent(CallHandle handle, RecordKind kind, const EventDetail& detail,
                 const SocketAddress& peer) override;

  // KernelWitness
  void willWait() override;
  void made(std::string_view call, std::int64_t returned, int error, std::chrono::nanoseconds took,
            std::string note) override;
  bool interrupted() override { return isInterrupted; }

 private:
  BenchState& bench_;
  const CallId id_;
  const CallRequest request_;
  const CallBench::Done done_;
  bool hasTold_ = false;
};

using CallRunPtr = std::shared_ptr<CallRun>;

// OSError of `code`.
CallFault osFault(int code);

}  // namespace sockbench
