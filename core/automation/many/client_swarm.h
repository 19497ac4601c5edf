// ClientSwarm: N clients of one endpoint at once, and how they fare: states, errors, how long connecting and
// answers take.
//
//   auto swarm = ClientSwarm::start(engine, spec, [] { ... });
//   ... (*swarm)->board().totals() ...
//
// It opens them by a thread of its own; what each does afterwards is an agent of its session
// (session_agent.h). Their rows stand in the log as any session's do, with group() as their parent; a client
// that is over is forgotten by the engine (Engine::forget), since its status stays here.
//
// Times: of connecting, from when it was begun (a look-up included) until the session was open; of an answer,
// until its last byte was received, from when the message was given to the session, or, where messages have
// their times (SwarmSpec::interval), from the time at which it was to go, however late it went: a peer that
// stalls is not measured more seldom for it (what is called coordinated omission).
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/automation/many/swarm_board.h"
#include "core/automation/many/swarm_spec.h"
#include "core/base/error.h"
#include "core/base/ids.h"

namespace sockbench {

class Engine;
struct SwarmPlan;

class ClientSwarm {
 public:
  // The soft limit of descriptors is raised where it is too low. `over` is called once, by the swarm's
  // thread, when each client has ended; it must not block. Errors: EMFILE (makeRoomForDescriptors: so many
  // clients do not fit), badOptionValue (a number out of range), those of Message::read and of expanding it
  // for the first client, badSyntax (an empty message on a stream), EAGAIN (no thread). `engine` must outlive
  // the swarm. Thread: any.
  static Result<std::unique_ptr<ClientSwarm>> start(Engine& engine, SwarmSpec spec,
                                                    std::function<void()> over = {});
  // Closes those that are open, and does not wait for their ends.
  ~ClientSwarm();
  ClientSwarm(const ClientSwarm&) = delete;
  ClientSwarm& operator=(const ClientSwarm&) = delete;

  // Thread: any, all of these.
  const SwarmSpec& spec() const;
  SessionId group() const { return group_; }
  const SwarmBoard& board() const { return *board_; }
  // Opens no more, sends no more, closes all. At once; a second call does nothing.
  void stop();
  bool isOver() const { return over_; }      // each client that was begun has ended
  std::chrono::nanoseconds elapsed() const;  // since start(); once it is over: until then

 private:
  using Clock = std::chrono::steady_clock;
  ClientSwarm(Engine& engine, std::shared_ptr<const SwarmPlan> plan, std::function<void()> over);

  void run(const std::stop_token& left);
  void openAll(const std::stop_token& left);
  void openOne();
  std::size_t due(Clock::time_point now) const;  // clients that may have been begun by `now`
  Clock::time_point timeOf(std::size_t client) const;
  bool isStopped(const std::stop_token& left) const { return stopped_ || left.stop_requested(); }
  bool isTimeUp() const;
  bool haveAllEnded() const;
  void waitForAnswers(const std::stop_token& left);
  void closeAll();
  void forgetEnded();

  Engine& engine_;
  const std::shared_ptr<const SwarmPlan> plan_;
  const std::shared_ptr<SwarmBoard> board_;
  const std::function<void()> whenOver_;
  const SessionId group_;
  const Clock::time_point begun_;
  std::size_t opened_ = 0;          // begun; the thread's alone, as is the next
  std::vector<std::size_t> known_;  // begun and not forgotten yet
  std::atomic<bool> stopped_{false};
  std::atomic<bool> over_{false};
  std::atomic<std::int64_t> took_{0};
  std::jthread thread_;  // last: it begins when all of the above is there
};

}  // namespace sockbench
