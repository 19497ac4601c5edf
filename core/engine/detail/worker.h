// Worker: one thread, one event loop, and the sessions that live on it.
#pragma once

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/engine/detail/datagram_io.h"
#include "core/engine/event_queue.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::detail {

class Actor;

class Worker {
 public:
  // `mayReceive`: see EngineSettings.
  Worker(TrafficLog& log, EventQueue& events, std::function<bool()> mayReceive, unsigned number);
  ~Worker();  // stop() must have been called

  // Sees to it that the loop has its own descriptors. The constructor does: made by the first session, they
  // would be missing just when descriptors are short. Where that failed, each session that begins here tries
  // it again. Errors: the errno of epoll_create1(2), eventfd(2). Thread: the worker's.
  Result<void> prepare();
  bool isPrepared() const { return prepared_; }  // Thread: any

  // Runs `work` on the worker's thread and publishes what it logged. Thread: any.
  template <class Work>
  void post(Work work) {
    asio::post(io_, [this, work = std::move(work)]() mutable { turn(work); });
  }

  // The rest: only on the worker's thread.
  // Runs one turn of work; at its end what it logged becomes visible, and then its news.
  template <class Work>
  void turn(Work&& work) {
    work();
    publish();
  }
  void tell(SessionEvent event) { news_.push_back(std::move(event)); }
  asio::io_context& io() { return io_; }
  TrafficWriter& writer() { return *writer_; }
  std::span<std::byte> scratch() { return scratch_; }  // for one datagram; free again when the turn goes on
  // For the datagram sockets of this worker, in turn; the memory goes with the last socket that has it.
  std::shared_ptr<DatagramIo> datagramIo(Transport transport);

  bool mayReceive() const { return !mayReceive_ || mayReceive_(); }
  // Runs `again` at the next resumeReceiving().
  void whenResumed(std::function<void()> again) { waiting_.push_back(std::move(again)); }
  void resumeReceiving();

  void adopt(SessionId id, std::shared_ptr<Actor> actor);  // replaces the one of the same id
  void release(SessionId id);
  std::shared_ptr<Actor> find(SessionId id) const;  // nullptr: none
  std::vector<std::shared_ptr<Actor>> actors() const;

  // Closes every session, then ends the loop and joins the thread. Thread: any but the worker's; once.
  void stop();

 private:
  void run(unsigned number);
  void publish();

  EventQueue& events_;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  std::unique_ptr<TrafficWriter> writer_;
  std::vector<SessionEvent> news_;
  const std::function<bool()> mayReceive_;
  std::vector<std::function<void()>> waiting_;  // for resumeReceiving()
  std::vector<std::byte> scratch_;
  std::weak_ptr<DatagramIo> udpIo_;
  std::weak_ptr<DatagramIo> unixIo_;
  std::unordered_map<SessionId, std::shared_ptr<Actor>> actors_;
  std::atomic<bool> prepared_{false};
  std::thread thread_;
};

}  // namespace sockbench::detail
