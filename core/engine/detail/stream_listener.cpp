#include "core/engine/detail/stream_listener.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include "core/engine/detail/shortage.h"
#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {
namespace {

constexpr int kAcceptsPerTurn = 64;
constexpr std::chrono::nanoseconds kNonBlocking{0};

// Errors of the connection that would have been accepted, which is gone with them (accept(2)); the next one
// may be well.
bool isOfTheConnection(const Error& error) {
  static constexpr std::array kCodes = {ECONNABORTED, ECONNRESET, EPROTO,       ETIMEDOUT,  ENETDOWN,
                                        ENETUNREACH,  EHOSTDOWN,  EHOSTUNREACH, ENOPROTOOPT};
  return std::ranges::any_of(kCodes, [&](int code) { return error.isErrno(code); });
}

}  // namespace

StreamListener::StreamListener(Context& context, SessionSharedPtr session, ListenSpec spec)
    : Listener(context, std::move(session), std::move(spec)), retry_(worker().io()) {}

void StreamListener::waitToAccept() {
  watch_.whenReadable(self<StreamListener>(), &StreamListener::acceptSome);
}

void StreamListener::closing() {
  retry_.cancel();
  if (delay_) delay_->cancel();
}

void StreamListener::mannersChanged() {
  if (delay_) delay_->cancel();
  delaying_ = false;
  delayed_ = false;
  if (watch_.isOpen()) acceptSome();
}

bool StreamListener::isDelayed() {
  const auto time = rules_.manners.acceptDelay;
  if (time.count() <= 0 || std::exchange(delayed_, false)) return false;
  if (std::exchange(delaying_, true)) return true;
  if (!delay_) delay_ = std::make_unique<asio::steady_timer>(worker().io());
  delay_->expires_after(time);
  delay_->async_wait([listener = self<StreamListener>()](const std::error_code& ec) {
    if (ec || listener->ended() || !std::exchange(listener->delaying_, false)) return;
    listener->delayed_ = true;
    listener->worker().turn([&] { listener->acceptSome(); });
  });
  return true;
}

void StreamListener::acceptSome() {
  if (!rules_.manners.accepting || isDelayed()) return;
  const int most = rules_.manners.acceptDelay.count() > 0 ? 1 : kAcceptsPerTurn;
  Next next = Next::another;
  for (int count = 0; count < most && next == Next::another && !isFull(); ++count) next = acceptOnce();
  welcome();
  if (next == Next::later) return;
  if (next == Next::another && isFull())
    return halt(Halt::full,
                std::to_string(spec_.maxSessions) + " sessions are open, the rest wait in the backlog");
  resume();
  waitToAccept();
}

StreamListener::Next StreamListener::acceptOnce() {
  auto accepted = socket_.accept(kNonBlocking);
  if (!accepted) return refused(std::move(accepted.error()));
  Worker& home = context_.nextWorker();
  auto books = newChild(home, journal_.session().transport);
  auto session = std::make_shared<StreamSession>(context_, books, std::move(accepted->socket), rules_);
  newcomers_.push_back({std::move(books), std::move(session), accepted->peer});
  return Next::another;
}

StreamListener::Next StreamListener::refused(Error error) {
  if (error.isErrno(EAGAIN)) return Next::none;
  if (isOfTheConnection(error)) {
    journal_.error(std::move(error));
    return Next::another;
  }
  std::string why = error.symbol() + ": no connection can be accepted now; they wait in the backlog";
  if (halt_ != Halt::shortage) journal_.error(std::move(error));
  halt(Halt::shortage, std::move(why));
  context_.descriptorWaiters.add(journal_.sessionPtr());
  retryLater();
  return Next::later;
}

// One turn for all those of a worker: their rows and news become visible together.
void StreamListener::welcome() {
  while (!newcomers_.empty()) {
    Worker& home = newcomers_.front().books->worker;
    const auto others = std::ranges::stable_partition(
        newcomers_, [&](const Newcomer& one) { return &one.books->worker == &home; });
    std::vector<Newcomer> group(std::make_move_iterator(newcomers_.begin()),
                                std::make_move_iterator(others.begin()));
    newcomers_.erase(newcomers_.begin(), others.begin());
    home.post([&home, group = std::move(group)] {
      for (const Newcomer& one : group) {
        home.adopt(one.books->id, one.session);
        one.session->begin(one.peer, RecordKind::accepted);
      }
    });
  }
}

void StreamListener::halt(Halt why, std::string text) {
  if (std::exchange(halt_, why) != why) journal_.note(RecordKind::paused, std::move(text));
}

void StreamListener::resume() {
  if (std::exchange(halt_, Halt::none) == Halt::none) return;
  retry_.cancel();
  journal_.note(RecordKind::resumed);
}

void StreamListener::retry() {
  if (ended()) return;
  // Who may not receive now asks again when that has changed.
  worker().mayReceive() ? acceptSome() : waitToAccept();
}

void StreamListener::retryLater() {
  retry_.expires_after(kShortageRest);
  retry_.async_wait([listener = self<StreamListener>()](const std::error_code& ec) {
    if (ec) return;
    listener->worker().turn([&] { listener->retry(); });
  });
}

void StreamListener::childEnded() {
  if (halt_ != Halt::full || isFull()) return;
  resume();
  retry();
}

void StreamListener::descriptorFreed() {
  if (halt_ == Halt::shortage) retry();
}

}  // namespace sockbench::detail
