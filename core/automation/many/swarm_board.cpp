#include "core/automation/many/swarm_board.h"

#include <algorithm>
#include <array>

namespace sockbench {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

// Each number of a client has one writer.
template <class Number, class By>
void raise(std::atomic<Number>& number, By by) {
  number.store(number.load(kRelaxed) + static_cast<Number>(by), kRelaxed);
}

}  // namespace

std::string_view swarmStateName(SwarmState state) {
  static constexpr std::array<std::string_view, kSwarmStates> kNames = {"idle", "connecting", "open",
                                                                        "closed", "failed"};
  return kNames.at(static_cast<std::size_t>(state));
}

SwarmBoard::SwarmBoard(std::size_t clients) : size_(clients), cells_(std::make_unique<Cell[]>(clients)) {}

SwarmClientStatus SwarmBoard::client(std::size_t number) const {
  const Cell& cell = cells_[number];
  SwarmClientStatus now;
  now.state = cell.state.load(std::memory_order_acquire);
  now.by = cell.by.load(kRelaxed);
  now.session = SessionId{cell.session.load(kRelaxed)};
  now.localPort = cell.localPort.load(kRelaxed);
  now.connecting = std::chrono::nanoseconds(cell.connecting.load(kRelaxed));
  now.lastAnswer = std::chrono::nanoseconds(cell.lastAnswer.load(kRelaxed));
  now.slowest = std::chrono::nanoseconds(cell.slowest.load(kRelaxed));
  now.sent = cell.sent.load(kRelaxed);
  now.answered = cell.answered.load(kRelaxed);
  now.givenUp = cell.givenUp.load(kRelaxed);
  now.refused = cell.refused.load(kRelaxed);
  now.bytesOut = cell.bytesOut.load(kRelaxed);
  now.bytesIn = cell.bytesIn.load(kRelaxed);
  now.error = cell.error.load(kRelaxed);
  return now;
}

SwarmTotals SwarmBoard::totals() const {
  SwarmTotals totals;
  for (std::size_t i = 0; i < size_; ++i) {
    const SwarmClientStatus one = client(i);
    ++totals.clients[static_cast<std::size_t>(one.state)];
    if (one.state == SwarmState::closed && one.by == Party::peer) ++totals.closedByPeer;
    if (one.connecting.count() > 0) ++totals.opened;
    totals.sent += one.sent;
    totals.answered += one.answered;
    totals.givenUp += one.givenUp;
    totals.refused += one.refused;
    totals.bytesOut += one.bytesOut;
    totals.bytesIn += one.bytesIn;
  }
  return totals;
}

std::vector<SwarmError> SwarmBoard::errors() const {
  const std::scoped_lock lock(errorsMutex_);
  return errors_;
}

void SwarmBoard::begun(std::size_t client, SessionId session) {
  cells_[client].session.store(session.value, kRelaxed);
  cells_[client].state.store(SwarmState::connecting, std::memory_order_release);
  ++onTheWay;
}

void SwarmBoard::opened(std::size_t client, std::uint16_t localPort, std::chrono::nanoseconds took) {
  Cell& cell = cells_[client];
  took = std::max(took, std::chrono::nanoseconds(1));
  cell.localPort.store(localPort, kRelaxed);
  cell.connecting.store(took.count(), kRelaxed);
  cell.state.store(SwarmState::open, std::memory_order_release);
  connecting_.record(took);
  --onTheWay;
  notify();
}

void SwarmBoard::sent(std::size_t client, std::size_t bytes) {
  raise(cells_[client].sent, 1U);
  raise(cells_[client].bytesOut, bytes);
}

void SwarmBoard::received(std::size_t client, std::size_t bytes) {
  raise(cells_[client].bytesIn, bytes);
}

void SwarmBoard::answered(std::size_t client, std::chrono::nanoseconds took) {
  Cell& cell = cells_[client];
  raise(cell.answered, 1U);
  cell.lastAnswer.store(took.count(), kRelaxed);
  if (took.count() > cell.slowest.load(kRelaxed)) cell.slowest.store(took.count(), kRelaxed);
  answers_.record(took);
}

void SwarmBoard::gaveUp(std::size_t client, std::size_t messages) {
  raise(cells_[client].givenUp, messages);
}

void SwarmBoard::refused(std::size_t client, const Error& error) {
  raise(cells_[client].refused, 1U);
  met(client, error);
}

void SwarmBoard::met(std::size_t client, const Error& error) {
  const std::scoped_lock lock(errorsMutex_);
  auto known = std::ranges::find_if(errors_, [&](const SwarmError& one) {
    return one.first.op == error.op && one.first.domain == error.domain && one.first.code == error.code;
  });
  if (known == errors_.end()) known = errors_.insert(known, {error, 0});
  ++known->count;
  cells_[client].error.store(static_cast<int>(known - errors_.begin()), kRelaxed);
}

void SwarmBoard::ended(std::size_t client, SwarmState state, Party by, std::uint64_t bytesOut) {
  Cell& cell = cells_[client];
  if (cell.state.load(kRelaxed) == SwarmState::connecting) --onTheWay;
  cell.by.store(by, kRelaxed);
  cell.bytesOut.store(bytesOut, kRelaxed);
  cell.state.store(state, std::memory_order_release);
  notify();
}

void SwarmBoard::notify() {
  {
    const std::scoped_lock lock(mutex_);
    news_ = true;
  }
  changed_.notify_one();
}

}  // namespace sockbench
