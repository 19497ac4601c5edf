#include "core/resolve/dns/exchange.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/shortage.h"
#include "core/resolve/dns/servers.h"

namespace sockbench::dns {

namespace {

constexpr int kFormErr = 1;
constexpr int kMostRetries = 10;
constexpr std::chrono::milliseconds kLongestTimeout = std::chrono::hours(24);

// Not to be guessed: with the source port it is what an answer is known by (RFC 5452).
std::uint16_t randomId() {
  std::uint16_t id = 0;
  // For so few bytes the call never ends early.
  while (::getrandom(&id, sizeof(id), 0) < 0 && errno == EINTR) {
  }
  return id;
}

}  // namespace

Exchange::Exchange(DnsQuery query) : query_(std::move(query)) {
  begin();
  advance();
}

void Exchange::begin() {
  auto name = readQuestionName(query_.name);
  if (!name) {
    outcome_ = std::unexpected(std::move(name.error()));
    return;
  }
  name_ = *std::move(name);
  question_ = {.name = name_.wire,
               .id = randomId(),
               .type = query_.type,
               .recursionDesired = query_.recursionDesired,
               .udpPayload = query_.udpPayload};
  if (query_.server) {
    const SocketAddress& server = *query_.server;
    if (!server.isIp()) return fail(DnsFault::noServer, "a name server has an IP address");
    return send({server.port() == 0 ? server.withPort(kPort) : server}, query_.tcp);
  }
  auto servers = configuredDnsServers();
  if (!servers) {
    outcome_ = std::unexpected(std::move(servers.error()));
    return;
  }
  send(*std::move(servers), query_.tcp);
}

void Exchange::send(std::vector<SocketAddress> servers, bool tcp) {
  if (channel_) {
    sentBefore_ += channel_->sent();
    ignoredBefore_ += channel_->ignored();
  }
  const ChannelSettings settings{
      .servers = std::move(servers),
      .tcp = tcp,
      .timeout = std::clamp(query_.timeout, std::chrono::milliseconds(1), kLongestTimeout),
      .tries = 1 + std::clamp(query_.retries, 0, kMostRetries)};
  auto channel = Channel::open(settings, question_);
  if (!channel) {
    outcome_ = std::unexpected(std::move(channel.error()));
    return;
  }
  channel_ = *std::move(channel);
}

std::size_t Exchange::appendPolls(std::vector<pollfd>& polls) const {
  const std::size_t before = polls.size();
  channel_->appendPolls(polls);
  return polls.size() - before;
}

void Exchange::process(std::span<const pollfd> events) {
  for (const pollfd& event : events) {
    if (event.revents != 0 && !channel_->isOver()) channel_->process(event);
  }
  if (!channel_->isOver()) channel_->processTime();
  advance();
}

// A channel that was opened may be over at once, as where there is no route.
void Exchange::advance() {
  while (!outcome_ && channel_->isOver()) {
    if (auto reply = std::exchange(channel_->reply(), std::nullopt)) {
      consider(*reply);
    } else {
      giveUp();
    }
  }
}

void Exchange::consider(const Reply& reply) {
  auto message = readMessage(reply.message);
  const bool truncated = message ? message->truncated : saysTruncated(reply.message);
  if (truncated && !channel_->isTcp()) {
    wasTruncated_ = true;
    return send({reply.server}, true);
  }
  if (!message) {
    return fail(DnsFault::badAnswer,
                reply.server.text() + " sent an answer that cannot be read: " + message.error());
  }
  if (!message->isResponse) {
    return fail(DnsFault::badAnswer,
                reply.server.text() + " sent a question back, not an answer; it may be an echo server");
  }
  if (message->opcode != 0) {
    return fail(DnsFault::badAnswer, reply.server.text() + " sent a message of another kind (opcode " +
                                         std::to_string(message->opcode) + ")");
  }
  // What an old server says to a question with EDNS (RFC 6891, section 7).
  if (message->rcode == kFormErr && !message->hasEdns && question_.udpPayload > 0) {
    question_.udpPayload = 0;
    return send({reply.server}, channel_->isTcp());
  }
  conclude(reply, *std::move(message));
}

void Exchange::conclude(const Reply& reply, Message message) {
  DnsAnswer answer{.name = query_.name,
                   .asciiName = name_.ascii,
                   .unicodeName = name_.unicode,
                   .type = query_.type,
                   .server = reply.server,
                   .overTcp = channel_->isTcp(),
                   .wasTruncated = wasTruncated_,
                   .rcode = message.rcode,
                   .flags = std::move(message.flags),
                   .bytes = reply.message.size(),
                   .tries = sentBefore_ + channel_->sent(),
                   .answers = std::move(message.sections[0]),
                   .authority = std::move(message.sections[1]),
                   .additional = std::move(message.sections[2])};
  outcome_ = std::move(answer);
}

void Exchange::giveUp() {
  const std::vector<Trouble>& troubles = channel_->troubles();
  const auto shortage =
      std::ranges::find_if(troubles, [](const Trouble& trouble) { return isShortage(trouble.code); });
  if (shortage != troubles.end()) {
    outcome_ = std::unexpected(Error::fromErrno(shortage->op, shortage->code, query_.name));
    return;
  }
  std::string detail = wasTruncated_ ? "the answer over UDP was truncated, and over TCP " : "";
  detail += channel_->timedOut() ? "no answer came in time" : "no name server could be reached";
  const std::string silent = channel_->timedOut() ? channel_->silentServers() : std::string();
  if (!silent.empty()) detail += " from " + silent;
  std::string sentences;
  for (const Trouble& trouble : troubles) sentences += (sentences.empty() ? "" : "; ") + trouble.sentence();
  if (!sentences.empty()) detail += ": " + sentences;
  Ignored ignored = ignoredBefore_;
  ignored += channel_->ignored();
  fail(channel_->timedOut() ? DnsFault::timeout : DnsFault::unreachable,
       ignored.all() == 0 ? detail : detail + "; " + ignored.sentence());
}

void Exchange::fail(DnsFault fault, std::string detail) {
  outcome_ = std::unexpected(Error::fromDns(Operation::dns, fault, query_.name, std::move(detail)));
}

}  // namespace sockbench::dns
