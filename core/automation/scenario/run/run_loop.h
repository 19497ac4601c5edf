// RunLoop: a run from its first step to its end, on the thread that calls run().
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/automation/scenario/run/mailbox.h"
#include "core/automation/scenario/run/run_session.h"
#include "core/automation/scenario/run/strand.h"
#include "core/automation/scenario/scenario_run.h"

namespace sockbench {

class RunLoop {
 public:
  using Clock = std::chrono::steady_clock;

  RunLoop(Engine& engine, const Scenario& scenario, const ScenarioSettings& settings,
          ScenarioObserver& observer, std::shared_ptr<Mailbox> mailbox);
  ScenarioOutcome run();

 private:
  // The loop (run_loop.cpp).
  bool prepare();  // the variables; false: one cannot be made
  void turn();
  void handle(Mailbox::Mail mail);
  RunSession* sessionOf(const std::shared_ptr<SessionLink>& link);  // a new one: it was accepted
  void wakeDue(Clock::time_point now);
  std::optional<Clock::time_point> nextWake() const;
  void fail(std::string problem, std::optional<Error> error = std::nullopt);
  void giveUp();
  void closeEverything();
  // Those that nobody knows: they were accepted in the run's last moment.
  void closeStrangers(const std::vector<std::shared_ptr<SessionLink>>& links);
  bool isSending() const;
  ScenarioOutcome outcome();

  // Strands (run_strands.cpp).
  Strand& newStrand(Strand* parent, const std::vector<ScenarioStep>& steps, std::uint64_t client);
  void ready(StrandId id);
  void wake(RunSession& session);
  void advance(Strand& strand);
  bool beginNext(Strand& strand);  // false: it may not, or there is nothing left to do
  bool mayBegin(const Strand& strand, const StepBegun& next);
  void begin(Strand& strand, const ScenarioStep* step, const ScenarioState* state);
  bool settle(Strand& strand, Acted acted);  // false: it waits
  bool leaveFrame(Strand& strand);           // the steps of the top frame are done; false: the strand's own
  void tellEnd(const Doing& doing, StepOutcome::Verdict verdict, Acted acted);
  void failStrand(Strand& strand);
  void endStrand(Strand& strand);
  StepBegun nextBegun(const Strand& strand, const ScenarioStep* step, const ScenarioState* state) const;

  // Steps (run_steps.cpp, run_sessions.cpp): called again and again until they do not answer `pending`.
  Acted act(Strand& strand);
  Acted listen(Strand& strand, Doing& doing);
  Acted beginListen(Strand& strand, Doing& doing);
  Acted accept(Strand& strand, Doing& doing);
  Acted connect(Strand& strand, Doing& doing);
  Acted beginConnect(Strand& strand, Doing& doing);
  Acted send(Strand& strand, Doing& doing);
  Acted expect(Strand& strand, Doing& doing);
  Acted expectFailed(const Doing& doing, std::string problem) const;
  Acted waitOver(Strand& strand, Doing& doing);
  Acted order(Strand& strand, Doing& doing);
  Acted holdReading(Strand& strand, Doing& doing);
  Acted set(Strand& strand, Doing& doing);
  Acted enterSequence(Strand& strand);
  Acted enterLoop(Strand& strand, Doing& doing);
  Acted nextRound(Strand& strand, Doing& doing);  // pending: there is one
  Acted parallel(Strand& strand, Doing& doing);
  Acted check(Strand& strand, Doing& doing, const ScenarioState& state);

  Acted waitFor(Strand& strand, RunSession& session);  // answers pending
  void wakeAt(Strand& strand, Clock::time_point when);
  FieldValues fieldsOf(const Strand& strand, const RunSession* session) const;
  Result<Endpoint> endpointOf(const Strand& strand, const std::string& text) const;
  Result<Endpoint> placeOf(const Strand& strand, const ScenarioEndpoint& endpoint) const;
  Result<Endpoint> bindOf(const Strand& strand, const ScenarioEndpoint& endpoint, Transport transport) const;
  static Acted noSession(const std::string& name);
  Result<std::vector<OptionSetting>> optionsOf(const Strand& strand, const ScenarioEndpoint& endpoint) const;
  RunSession& addSession(std::unique_ptr<RunSession> session);
  // The step's name for it is the strand's from now on, and its end the session's.
  void giveTo(Strand& strand, const ScenarioStep& step, RunSession& session);
  std::vector<RunSession*> sessionsOf(const Strand& strand, const Doing& doing,
                                      const ScenarioState& state) const;

  Engine& engine_;
  const Scenario& scenario_;
  const ScenarioSettings& settings_;
  ScenarioObserver& observer_;
  const std::shared_ptr<Mailbox> mailbox_;
  const std::shared_ptr<HeldBytes> held_ = std::make_shared<HeldBytes>();
  const Clock::time_point begun_ = Clock::now();
  std::optional<Clock::time_point> deadline_;
  std::map<std::string, const ScenarioSequence*, std::less<>> sequences_;
  Variables variables_;

  std::unordered_map<StrandId, std::unique_ptr<Strand>> strands_;
  StrandId lastStrand_ = 0;
  std::vector<StrandId> over_;  // clients that have ended
  std::deque<StrandId> ready_;
  std::deque<StrandId> gated_;  // would begin a step, but the run is paused
  std::priority_queue<std::pair<Clock::time_point, StrandId>,
                      std::vector<std::pair<Clock::time_point, StrandId>>, std::greater<>>
      timers_;

  std::vector<std::unique_ptr<RunSession>> sessions_;  // in the order in which they came
  std::unordered_map<const SessionLink*, RunSession*> byLink_;
  std::map<std::uint32_t, RunSession*> listeners_;  // by the number that their links have
  std::uint32_t lastListener_ = 0;

  bool paused_ = false;
  bool toldPause_ = false;
  std::uint64_t credits_ = 0;
  bool isOver_ = false;
  std::uint64_t rounds_ = 0;  // of loops; they count as steps, so that empty ones are bounded
  std::vector<bool> begunSteps_;
  std::size_t begunExpectations_ = 0;
  ScenarioOutcome outcome_;
};

}  // namespace sockbench
