// IdlePeers: which of a datagram listener's peers have been quiet for too long. Nothing is searched: they
// stand in the order of their last datagram. One timer for all, none while there are no peers. Thread: the
// worker.
#pragma once

#include <asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>

namespace sockbench::detail {

class DatagramPeer;

class IdlePeers {
 public:
  using Clock = std::chrono::steady_clock;
  struct Entry {
    DatagramPeer* peer = nullptr;
    Clock::time_point lastUse;
  };
  using Place = std::list<Entry>::iterator;

  explicit IdlePeers(asio::io_context& io) : timer_(io) {}

  // Once, before the rest. `wake` is called by the timer, which keeps `owner` alive while it waits, when
  // expired() may have someone to answer.
  void start(std::weak_ptr<void> owner, std::function<void()> wake);
  void setLimit(std::chrono::milliseconds limit);  // 0 or less: peers may be quiet for ever
  Place add(DatagramPeer& peer, Clock::time_point now);
  void used(Place place, Clock::time_point now);
  void remove(Place place);
  void stop();  // the timer waits no more
  // The one that has been quiet for longest, when that is too long; nullptr: none, and the timer waits for
  // the next.
  DatagramPeer* expired();
  std::string why() const;  // "idle for 5 min"

 private:
  void arm();

  asio::steady_timer timer_;
  std::weak_ptr<void> owner_;
  std::function<void()> wake_;
  std::list<Entry> entries_;  // the one that has been quiet for longest first
  std::chrono::milliseconds limit_{0};
  bool armed_ = false;
};

}  // namespace sockbench::detail
