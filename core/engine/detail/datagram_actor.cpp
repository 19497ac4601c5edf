#include "core/engine/detail/datagram_actor.h"

#include <array>
#include <cerrno>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "core/engine/detail/shortage.h"

namespace sockbench::detail {
namespace {

constexpr std::size_t kDatagramsPerTurn = 4 * kDatagramBatch;
constexpr std::chrono::milliseconds kShortageRetry{10};
constexpr std::chrono::seconds kLongestShortage{2};
constexpr int kMostAttempts = 64;

}  // namespace

bool DatagramActor::beginEnd() {
  later_.reset();
  return !std::exchange(ended_, true);
}

void DatagramActor::take(const Datagram& datagram, WallNanos time) {
  if (closing_ || rules_.manners.neverAnswer || rules_.responder == Responder::none ||
      rules_.responder == Responder::discard)
    journal_.noteReceived(datagram.bytes, datagram.realLength, time);
  else
    answer(journal_.received(datagram.bytes, datagram.realLength, time));
  if (agents()) agents()->received(datagram.bytes, time != 0 ? time : wallNow());
  if (!closing_ && endReceived_.feed(datagram.bytes, rules_.endWord)) {
    closing_ = true;
    journal_.session().queue.stopAccepting();
  }
}

void DatagramActor::answer(const PinnedBytes& datagram) {
  SendQueue& queue = journal_.session().queue;
  if (rules_.responder == Responder::echo) {
    if (queue.isCrowded()) return answerRefused(InputFault::queueFull, "the send queue is full");
    if (echoes_.notice(datagram.bytes))
      journal_.automatic(
          std::to_string(EchoRun::kNoticed) +
          " equal datagrams in a row were echoed: if the peer echoes, too, it goes on until one of "
          "the two is closed");
    return queue.pushEcho(datagram);
  }
  std::optional<Bytes> own = answers_.next(rules_, journal_.session());
  if (!own) return;
  if (!answers_.mayGo(own->size())) return answerIsTooMuch();
  if (!queue.pushAnswer(std::move(*own))) answerRefused(InputFault::queueFull, "the send queue is full");
}

void DatagramActor::answerIsTooMuch() {
  if (journal_.session().unanswered++ > 0) return;
  answerRefused(InputFault::rateLimit, "answers go no faster than " +
                                           std::to_string(rules_.chargenBytesPerSecond) +
                                           " bytes a second, and those beyond are only counted");
}

void DatagramActor::answerRefused(InputFault fault, const std::string& why) {
  journal_.refused(Error::fromInput(fault, journal_.subject(), std::nullopt,
                                    "a datagram was not answered: " + why, Operation::send));
}

std::string DatagramActor::leftUndone(std::size_t unsentBytes) const {
  std::string text = unsentText(unsentBytes);
  const std::uint64_t unanswered = journal_.session().unanswered;
  if (unanswered == 0) return text;
  if (!text.empty()) text += "; ";
  return text + std::to_string(unanswered) + " datagrams were not answered";
}

void DatagramActor::tell(const QueuedError& told) {
  journal_.error(Error::fromErrno(Operation::send, told.code, journal_.subject()), told.text(),
                 told.offender.ip());
}

void DatagramActor::flush() {
  flushUpTo(kDatagramsPerTurn);
}

void DatagramActor::flushUpTo(std::size_t most) {
  if (ended_ || flushing_) return;
  flushing_ = true;
  Step step = Step::gone;
  for (std::size_t left = most; step == Step::gone && left > 0; left -= std::min(left, kDatagramBatch))
    step = sendBatch(left);
  flushing_ = false;
  if (step == Step::gone) return waitToSend();
  if (step == Step::full) return;
  if (std::exchange(owesDrained_, false)) journal_.drained();
  if (std::exchange(owesAgents_, false) && agents()) agents()->drained();
  if (closing_) finish(SessionState::closed);
}

DatagramActor::Step DatagramActor::sendBatch(std::size_t most) {
  SendQueue& queue = journal_.session().queue;
  std::array<const OutItem*, kDatagramBatch> items;
  const std::size_t count = queue.peek(std::span(items).first(std::min(most, kDatagramBatch)));
  if (count == 0) return Step::empty;
  for (std::size_t i = 0; i < count; ++i) address(items[i]->rest());
  const WallNanos time = wallNow();
  auto outcome = intake().sender().send(sendingSocket());
  for (std::size_t i = 0; i < outcome.taken; ++i) noteSent(*items[i], time);
  queue.pop(outcome.taken);
  if (outcome.taken > 0) {
    shortSince_.reset();
    attempts_ = 0;
    if (pending_) pendingError(*std::exchange(pending_, std::nullopt));
    sendProgressed();
  }
  return outcome.error ? sendFailed(std::move(*outcome.error)) : Step::gone;
}

void DatagramActor::noteSent(const OutItem& item, WallNanos time) {
  owesDrained_ = owesDrained_ || !item.isAnswer;
  owesAgents_ = agents() != nullptr;
  journal_.sent(item, item.rest().size(), time);
  if (!endSent_.feed(item.rest(), rules_.endWord)) return;
  closing_ = true;
  journal_.session().queue.stopAccepting();
}

// The error is the front datagram's own, or the network's word about an earlier one, which any call of the
// socket's meets with and which sends nothing: the datagram is then tried again.
DatagramActor::Step DatagramActor::sendFailed(Error error) {
  if (error.isErrno(EAGAIN)) {
    waitToSend();
    return Step::full;
  }
  error.subject = journal_.subject();
  if (isShortage(error)) return waitOutShortage(error);
  std::optional<QueuedError> local;
  const bool told = intake().readErrors(sendingSocket(), &local);
  const bool again = journal_.session().transport == Transport::udp && ++attempts_ < kMostAttempts;
  if (local && error.isErrno(local->code)) {
    refuse(std::move(error), local->text());
  } else if (again && (told || intake().isSettled(error))) {
    return Step::gone;
  } else if (again && (!pending_ || pending_->code != error.code)) {
    if (pending_) pendingError(std::move(*pending_));
    pending_ = std::move(error);
  } else {
    refuse(std::move(error));
  }
  return Step::gone;
}

// A network interface's queue is full, and nothing tells when it has room.
DatagramActor::Step DatagramActor::waitOutShortage(const Error& error) {
  const auto now = std::chrono::steady_clock::now();
  if (!shortSince_) {
    shortSince_ = now;
    journal_.error(error, "it is tried again until there is room");
  }
  if (now - *shortSince_ > kLongestShortage) {
    shortSince_.reset();
    refuse(error);
    return Step::gone;
  }
  if (std::exchange(waitsLater_, true)) return Step::full;
  if (!later_) later_ = std::make_unique<asio::steady_timer>(worker().io());
  later_->expires_after(kShortageRetry);
  later_->async_wait([actor = self<DatagramActor>()](const std::error_code& ec) {
    actor->waitsLater_ = false;
    if (!ec) actor->worker().turn([&] { actor->flush(); });
  });
  return Step::full;
}

void DatagramActor::refuse(Error error, std::string remark) {
  SendQueue& queue = journal_.session().queue;
  owesDrained_ = owesDrained_ || !queue.front()->isAnswer;
  pending_.reset();
  attempts_ = 0;
  journal_.refused(std::move(error), std::move(remark));
  queue.pop();
}

void DatagramActor::close() {
  if (ended_) return;
  if (std::exchange(closing_, true)) return closeNow();
  journal_.session().queue.stopAccepting();
  flush();
}

void DatagramActor::closeNow() {
  if (ended_) return;
  closing_ = true;
  journal_.session().queue.stopAccepting();
  flushUpTo(std::numeric_limits<std::size_t>::max());
  if (!ended_) finish(SessionState::closed);
}

}  // namespace sockbench::detail
