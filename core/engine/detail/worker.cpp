#include "core/engine/detail/worker.h"

#include <pthread.h>

#include <asio/posix/stream_descriptor.hpp>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>

#include "core/engine/detail/actor.h"

namespace sockbench::detail {
namespace {

// More than any datagram: 65,535 bytes for UDP, the send buffer (about 200 KiB by default) for UNIX sockets.
constexpr std::size_t kScratchBytes = std::size_t{512} << 10;
constexpr std::size_t kUdpBytes = std::size_t{64} << 10;
constexpr std::size_t kUnixBatch = 8;

}  // namespace

Worker::Worker(TrafficLog& log, EventQueue& events, std::function<bool()> mayReceive, unsigned number)
    : events_(events),
      guard_(asio::make_work_guard(io_)),
      writer_(log.makeWriter()),
      mayReceive_(std::move(mayReceive)),
      scratch_(kScratchBytes) {
  static_cast<void>(prepare());
  thread_ = std::thread([this, number] { run(number); });
}

Worker::~Worker() = default;

Result<void> Worker::prepare() {
  if (prepared_) return {};
  try {
    const asio::posix::stream_descriptor first(io_);
  } catch (const std::system_error& error) {
    return std::unexpected(Error::fromErrno(Operation::poll, error.code().value(), "the event loop"));
  }
  prepared_ = true;
  return {};
}

void Worker::run(unsigned number) {
  ::pthread_setname_np(::pthread_self(), ("io-" + std::to_string(number)).c_str());
  sigset_t all;  // signals are for the program's own threads
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
  io_.run();
}

void Worker::publish() {
  writer_->publish();
  for (SessionEvent& event : news_) events_.push(std::move(event));
  news_.clear();
}

std::shared_ptr<DatagramIo> Worker::datagramIo(Transport transport) {
  const bool udp = transport == Transport::udp;
  std::weak_ptr<DatagramIo>& known = udp ? udpIo_ : unixIo_;
  auto io = known.lock();
  if (!io)
    io = std::make_shared<DatagramIo>(udp ? kDatagramBatch : kUnixBatch, udp ? kUdpBytes : kScratchBytes);
  known = io;
  return io;
}

void Worker::resumeReceiving() {
  for (const auto& again : std::exchange(waiting_, {})) again();
}

void Worker::adopt(SessionId id, std::shared_ptr<Actor> actor) {
  actors_[id] = std::move(actor);
}

void Worker::release(SessionId id) {
  actors_.erase(id);
}

std::shared_ptr<Actor> Worker::find(SessionId id) const {
  const auto it = actors_.find(id);
  return it == actors_.end() ? nullptr : it->second;
}

std::vector<std::shared_ptr<Actor>> Worker::actors() const {
  std::vector<std::shared_ptr<Actor>> list;
  list.reserve(actors_.size());
  for (const auto& [id, actor] : actors_) list.push_back(actor);
  return list;
}

void Worker::stop() {
  post([this] {
    for (const auto& actor : actors()) actor->closeNow();
    actors_.clear();
    waiting_.clear();
    guard_.reset();
    io_.stop();
  });
  thread_.join();
}

}  // namespace sockbench::detail
