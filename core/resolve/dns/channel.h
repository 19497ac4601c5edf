// Channel: one question to some name servers over one transport, by a c-ares channel of its own (so each
// question has its own source port). Private to core/resolve. Thread: the client's own.
#pragma once

#include <ares.h>
#include <poll.h>
#include <sys/uio.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/net/socket_address.h"
#include "core/resolve/dns/message.h"
#include "core/resolve/dns/replies.h"

namespace sockbench::dns {

struct ChannelSettings {
  std::vector<SocketAddress> servers;  // at least one, with ports
  bool tcp = false;
  std::chrono::milliseconds timeout{};  // for the first try of each server; it doubles with each further one
  int tries = 1;                        // of each server
};

struct Reply {
  Bytes message;
  SocketAddress server;
};

class Channel {
 public:
  // Sends the question at once. ENOMEM is the only error.
  static Result<std::unique_ptr<Channel>> open(const ChannelSettings& settings, Question question);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  void appendPolls(std::vector<pollfd>& polls) const;
  std::optional<std::chrono::milliseconds> timeLeft() const;  // until process() is due without an event
  void process(const pollfd& event);
  void processTime();

  // It has ended: with a reply that fits the question, or without.
  bool isOver() const { return reply_ || ended_; }
  std::optional<Reply>& reply() { return reply_; }
  bool timedOut() const { return ended_ == ARES_ETIMEOUT; }
  int sent() const { return sent_; }  // questions
  const Ignored& ignored() const { return ignored_; }
  const std::vector<Trouble>& troubles() const { return troubles_; }  // one a server
  std::string silentServers() const;  // those that there is no trouble with, as text
  bool isTcp() const { return tcp_; }

 private:
  struct Link {
    int descriptor = -1;
    bool writes = false;
    SocketAddress server{};
    StreamMessages stream{};
  };

  Channel(const ChannelSettings& settings, Question question);
  int start(const ChannelSettings& settings);
  void end(int status);

  // What c-ares calls in place of the system calls: so each errno, server and reply is known.
  ares_socket_t openSocket(int family, int type);
  int closeSocket(ares_socket_t descriptor);
  int connectSocket(ares_socket_t descriptor, const sockaddr* address, ares_socklen_t length);
  ares_ssize_t receive(ares_socket_t descriptor, void* data, std::size_t size, sockaddr* from,
                       ares_socklen_t* fromLength);
  ares_ssize_t receiveDatagram(Link& link, void* data, std::size_t size);
  ares_ssize_t receiveStream(Link& link, void* data, std::size_t size);
  ares_ssize_t send(ares_socket_t descriptor, const iovec* parts, int count);

  static const ares_socket_functions kSocketFunctions;
  Link* find(ares_socket_t descriptor);
  void consider(Bytes message, const SocketAddress& server);
  void fail(const SocketAddress& server, Operation op, int code, std::string what = {});

  ares_channel channel_ = nullptr;
  Question question_;
  Bytes packet_;
  std::vector<SocketAddress> servers_;
  bool tcp_;
  std::vector<Link> links_;
  std::optional<Reply> reply_;
  std::optional<int> ended_;  // c-ares' status
  int sent_ = 0;
  int turn_ = 0;  // datagrams looked at in this turn
  Ignored ignored_;
  std::vector<Trouble> troubles_;
};

}  // namespace sockbench::dns
