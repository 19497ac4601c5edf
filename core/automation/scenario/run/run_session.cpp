#include "core/automation/scenario/run/run_session.h"

#include <algorithm>
#include <utility>

namespace sockbench {

void RunSession::takeNews() {
  SessionLink::News news = link_->take();
  const std::size_t before = bytes_.size() - begin_;
  bytes_.insert(bytes_.end(), news.bytes.begin(), news.bytes.end());
  std::size_t end = before;
  for (const std::size_t length : news.messages) messages_.push_back(end += length);
  opened_ = news.opened;
  finished_ = news.finished;
  last_ = std::move(news.last);
  if (id_.value == 0) id_ = link_->id();
}

std::optional<SessionSnapshot> RunSession::snapshot(const Engine& engine) const {
  return last_ ? last_ : engine.snapshot(id_);
}

Unread::End RunSession::end() const {
  using End = Unread::End;
  if (last_ && last_->state == SessionState::reset && last_->by == Party::peer) return End::reset;
  if (last_ && last_->state == SessionState::failed)
    return last_->error && last_->error->isErrno(ECONNRESET) ? End::reset : End::failed;
  if (finished_) return End::finished;
  return last_ ? End::closed : End::open;
}

Unread RunSession::unread() const {
  return {ByteView(bytes_).subspan(begin_), messages_, opened_ && !isByteStream(link_->ends().transport),
          end()};
}

void RunSession::consume(std::size_t bytes, std::size_t messages, Engine& engine) {
  if (bytes == 0 && messages == 0) return;
  begin_ += bytes;
  messages_.erase(messages_.begin(), messages_.begin() + static_cast<std::ptrdiff_t>(messages));
  for (std::size_t& end : messages_) end -= bytes;
  if (begin_ * 2 >= bytes_.size()) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  link_->letGo(bytes, messages, engine);
}

}  // namespace sockbench
