#include "app/cli/backlog.h"

#include <utility>

namespace sockbench::cli {

std::uint64_t Backlog::unprinted() const {
  const std::uint64_t published = log_.bytesPublished();
  return disbanded_ || published < printed_ ? 0 : published - printed_;
}

bool Backlog::hasRoom() {
  const std::scoped_lock lock(mutex_);
  if (haveRoom(most_)) return true;
  refused_ = true;
  return false;
}

void Backlog::waitForRoom(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (!haveRoom(most_)) room_.wait(lock, stop, [this] { return haveRoom(most_ / 2); });
}

void Backlog::othersCaughtUp() {
  const std::scoped_lock lock(mutex_);
  room_.notify_all();
}

bool Backlog::printed(std::uint64_t bytes) {
  const std::scoped_lock lock(mutex_);
  printed_ = bytes;
  if (unprinted() > most_ / 2) return false;
  room_.notify_all();
  return std::exchange(refused_, false);
}

void Backlog::disband() {
  const std::scoped_lock lock(mutex_);
  disbanded_ = true;
  room_.notify_all();
}

}  // namespace sockbench::cli
