#include "core/engine/detail/idle_peers.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace sockbench::detail {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongest = std::chrono::hours(24 * 365 * 100);

// "5 min", "90 s", "0.2 s".
std::string durationText(milliseconds time) {
  if (time >= std::chrono::minutes(2) && time % std::chrono::minutes(1) == milliseconds(0))
    return std::to_string(time / std::chrono::minutes(1)) + " min";
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.6g s", static_cast<double>(time.count()) / 1000);
  return text.data();
}

}  // namespace

void IdlePeers::start(std::weak_ptr<void> owner, std::function<void()> wake) {
  owner_ = std::move(owner);
  wake_ = std::move(wake);
}

void IdlePeers::setLimit(milliseconds limit) {
  limit_ = std::clamp(limit, milliseconds(0), kLongest);
  stop();
  arm();
}

IdlePeers::Place IdlePeers::add(DatagramPeer& peer, Clock::time_point now) {
  entries_.push_back({&peer, now});
  if (!armed_) arm();
  return std::prev(entries_.end());
}

void IdlePeers::used(Place place, Clock::time_point now) {
  place->lastUse = now;
  entries_.splice(entries_.end(), entries_, place);
}

void IdlePeers::remove(Place place) {
  entries_.erase(place);
  if (entries_.empty()) stop();
}

void IdlePeers::stop() {
  timer_.cancel();
  armed_ = false;
}

DatagramPeer* IdlePeers::expired() {
  if (entries_.empty() || limit_ == milliseconds(0)) return nullptr;
  if (entries_.front().lastUse + limit_ <= Clock::now()) return entries_.front().peer;
  if (!armed_) arm();
  return nullptr;
}

std::string IdlePeers::why() const {
  return "idle for " + durationText(limit_);
}

void IdlePeers::arm() {
  if (entries_.empty() || limit_ == milliseconds(0)) return;
  armed_ = true;
  timer_.expires_at(entries_.front().lastUse + limit_);
  timer_.async_wait([this, owner = owner_.lock()](const std::error_code& ec) {
    if (ec) return;
    armed_ = false;
    wake_();
  });
}

}  // namespace sockbench::detail
