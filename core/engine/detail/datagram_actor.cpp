#include "core/engine/detail/datagram_actor.h"

#include <cerrno>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace sockbench::detail {
namespace {

constexpr int kDatagramsPerTurn = 64;

}  // namespace

void DatagramActor::take(ByteView datagram, std::size_t realLength) {
  const PinnedBytes bytes = journal_.received(datagram, realLength);
  if (!closing_) answer(bytes);
  if (endReceived_.feed(datagram, rules_.endWord) && !closing_) close();
}

void DatagramActor::answer(const PinnedBytes& datagram) {
  SendQueue& queue = journal_.session().queue;
  if (rules_.responder == Responder::echo) {
    if (queue.isCrowded()) return answerRefused(InputFault::queueFull, "the send queue is full");
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

void DatagramActor::flush() {
  flushUpTo(kDatagramsPerTurn);
}

void DatagramActor::flushUpTo(int most) {
  if (ended_ || flushing_) return;
  flushing_ = true;
  SendQueue& queue = journal_.session().queue;
  OutItem* item = queue.front();
  for (int count = 0; item && count < most; ++count) {
    owesDrained_ = owesDrained_ || !item->isAnswer;
    if (!sendOnce(*item)) break;
    item = queue.front();
  }
  flushing_ = false;
  if (item) return waitToSend();
  if (std::exchange(owesDrained_, false)) journal_.drained();
  if (closing_) finish(SessionState::closed);
}

bool DatagramActor::sendOnce(OutItem& item) {
  SendQueue& queue = journal_.session().queue;
  const ByteView datagram = item.rest();
  const WallNanos time = wallNow();
  const auto gone = transmit(datagram);
  if (!gone && gone.error().isErrno(EAGAIN)) return false;
  if (gone) {
    journal_.sent(item, *gone, time);
    if (endSent_.feed(datagram, rules_.endWord)) {
      closing_ = true;
      queue.stopAccepting();
    }
  } else {
    Error error = gone.error();
    error.subject = journal_.subject();
    // The pending error of an earlier datagram is not this one's: it is told, and this one is tried again.
    if (error.isErrno(ECONNREFUSED) && journal_.session().transport == Transport::udp) {
      journal_.error(std::move(error));
      return true;
    }
    journal_.refused(std::move(error));
  }
  queue.pop();
  return true;
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
  flushUpTo(std::numeric_limits<int>::max());
  if (!ended_) finish(SessionState::closed);
}

}  // namespace sockbench::detail
