#include "core/engine/detail/stream_listener.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {
namespace {

constexpr int kAcceptsPerTurn = 64;
constexpr std::chrono::milliseconds kShortageRetry{100};

bool isShortage(const Error& error) {
  return error.isErrno(EMFILE) || error.isErrno(ENFILE) || error.isErrno(ENOBUFS) || error.isErrno(ENOMEM);
}

}  // namespace

StreamListener::StreamListener(Context& context, SessionSharedPtr session, ListenSpec spec)
    : Listener(context, std::move(session), std::move(spec)), retry_(worker().io()) {}

void StreamListener::waitToAccept() {
  watch_.whenReadable(self<StreamListener>(), &StreamListener::acceptSome);
}

void StreamListener::acceptSome() {
  for (int count = 0; count < kAcceptsPerTurn; ++count) {
    if (isFull())
      return pause(std::to_string(spec_.maxSessions) + " sessions are open, the rest wait in the backlog");
    if (!acceptOnce()) break;
  }
  if (!paused_ && !ended()) waitToAccept();
}

bool StreamListener::acceptOnce() {
  auto accepted = socket_.accept();
  if (!accepted) {
    if (accepted.error().isErrno(EAGAIN)) {
      resume();  // nobody waits any more: what comes next is told by readiness again
      return false;
    }
    if (isShortage(accepted.error())) {
      if (!paused_) journal_.error(accepted.error());
      pause("no connection can be accepted now; they wait in the backlog");
      retryLater();
      return false;
    }
    journal_.error(accepted.error());  // ECONNABORTED and its like: the next one may be well
    return true;
  }
  resume();
  if (const auto set = accepted->socket.setBlocking(false); !set) {
    journal_.error(set.error());
    return true;
  }
  Worker& home = context_.nextWorker();
  auto child = newChild(home, journal_.session().transport);
  auto session = std::make_shared<StreamSession>(context_, child, std::move(accepted->socket), rules_);
  home.post([&home, child, session, peer = accepted->peer] {
    home.adopt(child->id, session);
    session->begin(peer, RecordKind::accepted);
  });
  return true;
}

void StreamListener::pause(std::string why) {
  if (std::exchange(paused_, true)) return;
  journal_.note(RecordKind::paused, std::move(why));
}

void StreamListener::resume() {
  if (std::exchange(paused_, false)) journal_.note(RecordKind::resumed);
}

void StreamListener::retryLater() {
  retry_.expires_after(kShortageRetry);
  retry_.async_wait([listener = self<StreamListener>()](const std::error_code& ec) {
    if (ec || listener->ended()) return;
    listener->worker().turn([&] { listener->acceptSome(); });
  });
}

void StreamListener::childEnded() {
  if (ended() || !paused_ || isFull()) return;
  if (spec_.maxSessions > 0) resume();
  acceptSome();
}

}  // namespace sockbench::detail
