#include "core/automation/many/client_swarm.h"

#include <pthread.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "core/automation/many/swarm_client.h"
#include "core/engine/engine.h"
#include "core/net/descriptor_limit.h"

namespace sockbench {
namespace {

// How late a client may be noticed that has ended, or a stop, were a notification to be missed.
constexpr std::chrono::seconds kLongest{1};

Error wrong(std::string detail) {
  return Error::fromInput(InputFault::badOptionValue, {}, std::nullopt, std::move(detail));
}

Result<void> check(const SwarmSpec& spec) {
  if (spec.clients == 0 || spec.clients > SwarmSpec::kMostClients)
    return std::unexpected(
        wrong("1 to " + std::to_string(SwarmSpec::kMostClients) + " clients are possible"));
  if (!(spec.opensPerSecond >= 0)) return std::unexpected(wrong("a rate is 0 or more"));
  if (spec.mostConnecting == 0) return std::unexpected(wrong("at least one client must be let connect"));
  if (spec.interval.count() < 0 || spec.answerLimit.count() < 0)
    return std::unexpected(wrong("a time is 0 or more"));
  if (spec.answer.how == AnswerCheck::How::pattern && !spec.answer.pattern)
    return std::unexpected(wrong("the pattern of an answer is missing"));
  return {};
}

// What a field asks for is there, or the first client would tell.
Result<ExpandedMessage> tryOut(const Message& message, const SwarmSpec& spec) {
  const Variables variables = spec.columns.variablesOf(0);
  FieldValues values;
  values.peerAddress = values.localAddress = "127.0.0.1";
  values.variables = &variables;
  return message.expand(values);
}

Result<void> prepareMessage(SwarmPlan& plan) {
  if (!plan.spec.message) return {};
  auto message = Message::read(*plan.spec.message);
  if (!message) return std::unexpected(std::move(message.error()));
  auto first = tryOut(*message, plan.spec);
  if (!first) return std::unexpected(std::move(first.error()));
  if (first->bytes.empty() && isByteStream(plan.spec.connect.endpoint.transport))
    return std::unexpected(Error::fromInput(InputFault::badSyntax, plan.spec.message->body, std::nullopt,
                                            "the message is empty: on a stream nothing would be sent"));
  if (!message->hasFields()) plan.bytes = std::move(first->bytes);
  plan.message = std::move(*message);
  return {};
}

}  // namespace

Result<std::unique_ptr<ClientSwarm>> ClientSwarm::start(Engine& engine, SwarmSpec spec,
                                                        std::function<void()> over) {
  if (const auto good = check(spec); !good) return std::unexpected(good.error());
  auto plan = std::make_shared<SwarmPlan>();
  plan->spec = std::move(spec);
  if (const auto good = prepareMessage(*plan); !good) return std::unexpected(good.error());
  if (const auto room = makeRoomForDescriptors(plan->spec.clients); !room)
    return std::unexpected(room.error());
  plan->board = std::make_shared<SwarmBoard>(plan->spec.clients);
  try {
    return std::unique_ptr<ClientSwarm>(new ClientSwarm(engine, std::move(plan), std::move(over)));
  } catch (const std::system_error& error) {
    return std::unexpected(Error::fromErrno(Operation::none, error.code().value(), "a thread"));
  }
}

ClientSwarm::ClientSwarm(Engine& engine, std::shared_ptr<const SwarmPlan> plan, std::function<void()> over)
    : engine_(engine),
      plan_(std::move(plan)),
      board_(plan_->board),
      whenOver_(std::move(over)),
      group_(engine.newSessionId()),
      begun_(Clock::now()),
      thread_([this](const std::stop_token& left) { run(left); }) {}

ClientSwarm::~ClientSwarm() {
  thread_.request_stop();
  board_->notify();
}

const SwarmSpec& ClientSwarm::spec() const {
  return plan_->spec;
}

void ClientSwarm::stop() {
  stopped_ = true;
  board_->sending = false;
  board_->notify();
}

std::chrono::nanoseconds ClientSwarm::elapsed() const {
  if (over_) return std::chrono::nanoseconds(took_.load());
  return Clock::now() - begun_;
}

void ClientSwarm::run(const std::stop_token& left) {
  ::pthread_setname_np(::pthread_self(), "swarm");
  sigset_t all;  // signals are for the program's own threads
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);

  openAll(left);
  while (!isStopped(left) && !isTimeUp() && !haveAllEnded()) {
    const auto end = plan_->spec.duration ? begun_ + *plan_->spec.duration : Clock::now() + kLongest;
    board_->waitUntil(std::min<Clock::time_point>(end, Clock::now() + kLongest),
                      [&] { return isStopped(left); });
    forgetEnded();
  }
  board_->sending = false;
  waitForAnswers(left);
  closeAll();
  while (!left.stop_requested() && !haveAllEnded()) {
    board_->waitUntil(Clock::now() + kLongest, [&] { return left.stop_requested(); });
    forgetEnded();
  }
  forgetEnded();
  took_ = std::chrono::nanoseconds(Clock::now() - begun_).count();
  over_ = true;
  if (whenOver_ && !left.stop_requested()) whenOver_();
}

std::size_t ClientSwarm::due(Clock::time_point now) const {
  const SwarmSpec& spec = plan_->spec;
  if (spec.opensPerSecond == 0) return spec.clients;
  const double passed = std::chrono::duration<double>(now - begun_).count() * spec.opensPerSecond;
  return passed >= static_cast<double>(spec.clients) ? spec.clients : static_cast<std::size_t>(passed) + 1;
}

ClientSwarm::Clock::time_point ClientSwarm::timeOf(std::size_t client) const {
  const double rate = plan_->spec.opensPerSecond;
  const std::chrono::duration<double> after(rate > 0 ? static_cast<double>(client) / rate : 0);
  return begun_ + std::chrono::duration_cast<Clock::duration>(after);
}

void ClientSwarm::openAll(const std::stop_token& left) {
  const SwarmSpec& spec = plan_->spec;
  while (opened_ < spec.clients && !isStopped(left) && !isTimeUp()) {
    const bool crowded = board_->onTheWay >= spec.mostConnecting;
    if (!crowded && opened_ < due(Clock::now())) {
      openOne();
      continue;
    }
    forgetEnded();
    auto until = Clock::now() + kLongest;
    if (!crowded) until = std::min<Clock::time_point>(until, timeOf(opened_));
    if (spec.duration) until = std::min<Clock::time_point>(until, begun_ + *spec.duration);
    board_->waitUntil(until, [&] { return isStopped(left); });
  }
}

void ClientSwarm::openOne() {
  const std::size_t number = opened_++;
  ConnectSpec spec = plan_->spec.connect;
  spec.group = group_;
  const auto agent = std::make_shared<SwarmClient>(plan_, number, Clock::now());
  const SessionId id = engine_.connect(std::move(spec));
  board_->begun(number, id);
  engine_.attach(id, agent);
  known_.push_back(number);
}

bool ClientSwarm::isTimeUp() const {
  return plan_->spec.duration && Clock::now() - begun_ >= *plan_->spec.duration;
}

bool ClientSwarm::haveAllEnded() const {
  return std::ranges::all_of(known_, [&](std::size_t number) {
    const SwarmState state = board_->client(number).state;
    return state == SwarmState::closed || state == SwarmState::failed;
  });
}

void ClientSwarm::waitForAnswers(const std::stop_token& left) {
  const auto limit = plan_->spec.answerLimit.count() > 0
                         ? std::min<std::chrono::nanoseconds>(plan_->spec.answerLimit, SwarmSpec::kGrace)
                         : std::chrono::nanoseconds(SwarmSpec::kGrace);
  const auto until = Clock::now() + limit;
  while (!isStopped(left) && board_->waiting > 0 && Clock::now() < until)
    board_->waitUntil(until, [&] { return isStopped(left); });
}

void ClientSwarm::closeAll() {
  for (const std::size_t number : known_) engine_.close(board_->client(number).session);
}

void ClientSwarm::forgetEnded() {
  std::erase_if(known_, [&](std::size_t number) {
    const SwarmClientStatus client = board_->client(number);
    const bool ended = client.state == SwarmState::closed || client.state == SwarmState::failed;
    if (ended) engine_.forget(client.session);
    return ended;
  });
}

}  // namespace sockbench
