// Exchange: one question of the client's from its making to its answer: over UDP; again without EDNS where a
// server does not know it; again over TCP where the answer was truncated. Private to core/resolve. Thread:
// the client's own.
#pragma once

#include <poll.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/resolve/dns/channel.h"
#include "core/resolve/dns/question_name.h"
#include "core/resolve/dns_client.h"

namespace sockbench::dns {

class Exchange {
 public:
  explicit Exchange(DnsQuery query);  // sends the question

  std::optional<Result<DnsAnswer>>& outcome() { return outcome_; }  // nullopt: it is under way

  // While it is under way: see Channel. `events` are the polls that it appended, in that order.
  std::size_t appendPolls(std::vector<pollfd>& polls) const;
  std::optional<std::chrono::milliseconds> timeLeft() const { return channel_->timeLeft(); }
  void process(std::span<const pollfd> events);

 private:
  void begin();
  void send(std::vector<SocketAddress> servers, bool tcp);
  void advance();
  void consider(const Reply& reply);
  void conclude(const Reply& reply, Message message);
  void giveUp();
  void fail(DnsFault fault, std::string detail);

  DnsQuery query_;
  QuestionName name_{};
  Question question_{};
  std::unique_ptr<Channel> channel_;
  std::optional<Result<DnsAnswer>> outcome_;
  // Of the channels before this one.
  int sentBefore_ = 0;
  Ignored ignoredBefore_{};
  bool wasTruncated_ = false;
};

}  // namespace sockbench::dns
