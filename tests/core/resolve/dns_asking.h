// A question asked and waited for.
#pragma once

#include <QTest>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "core/resolve/dns_client.h"

namespace fixture {

using DnsOutcome = sockbench::LookupOutcome<sockbench::DnsAnswer>;

// The outcome of a question; it may be dropped before it comes.
class Outcome {
 public:
  std::function<void(DnsOutcome)> taker() {
    return [box = box_](DnsOutcome outcome) {
      const std::scoped_lock lock(box->mutex);
      box->outcome = std::move(outcome);
      ++box->times;
      box->came.notify_all();
    };
  }

  // nullopt: it did not come in half a minute.
  std::optional<DnsOutcome> wait() {
    std::unique_lock lock(box_->mutex);
    box_->came.wait_for(lock, std::chrono::seconds(30), [this] { return box_->outcome.has_value(); });
    return box_->outcome;
  }

  int times() const {
    const std::scoped_lock lock(box_->mutex);
    return box_->times;
  }

 private:
  struct Box {
    std::mutex mutex;
    std::condition_variable came;
    std::optional<DnsOutcome> outcome;
    int times = 0;
  };
  std::shared_ptr<Box> box_ = std::make_shared<Box>();
};

inline std::optional<DnsOutcome> ask(sockbench::DnsClient& client, sockbench::DnsQuery query) {
  Outcome outcome;
  client.ask(std::move(query), outcome.taker());
  return outcome.wait();
}

inline sockbench::SocketAddress loopbackServer(quint16 port) {
  return sockbench::SocketAddress::fromIp("127.0.0.1", port).value();
}

}  // namespace fixture
