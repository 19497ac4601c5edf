#include "core/resolve/dns/channel.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sockbench::dns {

namespace {

// The most datagrams that are looked at before other questions have their turn.
constexpr int kMostPerTurn = 64;
// More than any datagram has, so that none is cut.
constexpr std::size_t kDatagramSpace = 65536;

Channel& self(void* user) {
  return *static_cast<Channel*>(user);
}

ares_addr_port_node toNode(const SocketAddress& server) {
  ares_addr_port_node node{};
  node.family = server.family();
  node.udp_port = node.tcp_port = server.port();
  const ByteView ip = server.ipBytes();
  std::memcpy(&node.addr, ip.data(), std::min(ip.size(), sizeof(node.addr)));
  return node;
}

bool sameHost(const SocketAddress& a, const sockaddr* raw, socklen_t length) {
  const SocketAddress b = SocketAddress::fromRaw(raw, length);
  return a.port() == b.port() && std::ranges::equal(a.ipBytes(), b.ipBytes());
}

int answerErrno(int code) {
  errno = code;
  return -1;
}

// Each value is given, so that c-ares reads no resolv.conf, no hosts file and no environment.
int initialise(ares_channel* channel, const ChannelSettings& settings, ares_sock_state_cb watch, void* user) {
  std::string lookups = "b";
  in_addr placeholder{};
  ares_options options{};
  options.flags = ARES_FLAG_IGNTC | ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES |
                  (settings.tcp ? ARES_FLAG_USEVC : 0);
  options.timeout = static_cast<int>(settings.timeout.count());
  options.tries = settings.tries;
  options.ndots = 1;
  options.ndomains = 0;
  options.lookups = lookups.data();
  options.servers = &placeholder;
  options.nservers = 1;
  options.sock_state_cb = watch;
  options.sock_state_cb_data = user;
  return ares_init_options(channel, &options,
                           ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
                               ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS | ARES_OPT_SERVERS | ARES_OPT_NOROTATE |
                               ARES_OPT_SOCK_STATE_CB);
}

int setServers(ares_channel channel, const std::vector<SocketAddress>& servers) {
  std::vector<ares_addr_port_node> nodes;
  for (const SocketAddress& server : servers) nodes.push_back(toNode(server));
  for (std::size_t i = 1; i < nodes.size(); ++i) nodes[i - 1].next = &nodes[i];
  return ares_set_servers_ports(channel, nodes.data());
}

}  // namespace

const ares_socket_functions Channel::kSocketFunctions{
    .asocket = [](int family, int type, int, void* user) { return self(user).openSocket(family, type); },
    .aclose = [](ares_socket_t s, void* user) { return self(user).closeSocket(s); },
    .aconnect = [](ares_socket_t s, const sockaddr* address, ares_socklen_t length,
                   void* user) { return self(user).connectSocket(s, address, length); },
    .arecvfrom = [](ares_socket_t s, void* data, std::size_t size, int, sockaddr* from,
                    ares_socklen_t* fromLength,
                    void* user) { return self(user).receive(s, data, size, from, fromLength); },
    .asendv = [](ares_socket_t s, const iovec* parts, int count,
                 void* user) { return self(user).send(s, parts, count); },
};

Result<std::unique_ptr<Channel>> Channel::open(const ChannelSettings& settings, Question question) {
  static const int ready = ares_library_init(ARES_LIB_INIT_ALL);
  std::unique_ptr<Channel> channel(new Channel(settings, std::move(question)));
  const int status = ready == ARES_SUCCESS ? channel->start(settings) : ready;
  if (status != ARES_SUCCESS) return std::unexpected(Error::fromErrno(Operation::dns, ENOMEM));
  return channel;
}

Channel::Channel(const ChannelSettings& settings, Question question)
    : question_(std::move(question)),
      packet_(question_.message()),
      servers_(settings.servers),
      tcp_(settings.tcp) {}

Channel::~Channel() {
  if (channel_ != nullptr) ares_destroy(channel_);
}

int Channel::start(const ChannelSettings& settings) {
  const auto watch = [](void* user, ares_socket_t descriptor, int, int writes) {
    if (Link* link = self(user).find(descriptor)) link->writes = writes != 0;
  };
  if (const int status = initialise(&channel_, settings, watch, this); status != ARES_SUCCESS) return status;
  if (const int status = setServers(channel_, servers_); status != ARES_SUCCESS) return status;
  ares_set_socket_functions(channel_, &kSocketFunctions, this);
  const auto ended = [](void* user, int status, int, unsigned char*, int) { self(user).end(status); };
  ares_send(channel_, reinterpret_cast<const unsigned char*>(packet_.data()),
            static_cast<int>(packet_.size()), ended, this);
  return ARES_SUCCESS;
}

// While the connections are still there: how far an answer came that did not end.
void Channel::end(int status) {
  ended_ = status;
  if (status != ARES_ETIMEOUT) return;
  for (const Link& link : links_) {
    if (link.stream.isWithinMessage())
      fail(link.server, Operation::recv, 0, "stopped " + link.stream.progress());
  }
}

void Channel::appendPolls(std::vector<pollfd>& polls) const {
  for (const Link& link : links_) {
    const int events = POLLIN | (link.writes ? POLLOUT : 0);
    polls.push_back({.fd = link.descriptor, .events = static_cast<short>(events), .revents = 0});
  }
}

std::optional<std::chrono::milliseconds> Channel::timeLeft() const {
  timeval left{};
  if (ares_timeout(channel_, nullptr, &left) == nullptr) return std::nullopt;
  // Rounded up: woken too early, it would turn round and round through the last millisecond.
  return std::chrono::milliseconds(static_cast<std::int64_t>(left.tv_sec) * 1000 +
                                   (left.tv_usec + 999) / 1000);
}

void Channel::process(const pollfd& event) {
  const bool failed = (event.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
  const bool reads = failed || (event.revents & POLLIN) != 0;
  const bool writes = failed || (event.revents & POLLOUT) != 0;
  turn_ = 0;
  ares_process_fd(channel_, reads ? event.fd : ARES_SOCKET_BAD, writes ? event.fd : ARES_SOCKET_BAD);
}

void Channel::processTime() {
  ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

std::string Channel::silentServers() const {
  std::string list;
  for (const SocketAddress& server : servers_) {
    if (std::ranges::find(troubles_, server, &Trouble::server) != troubles_.end()) continue;
    list += (list.empty() ? "" : ", ") + server.text();
  }
  return list;
}

ares_socket_t Channel::openSocket(int family, int type) {
  const int descriptor = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    const int code = errno;
    fail(SocketAddress(), Operation::socket, code);
    return answerErrno(code);
  }
  links_.push_back({.descriptor = descriptor});
  return descriptor;
}

int Channel::closeSocket(ares_socket_t descriptor) {
  std::erase_if(links_, [&](const Link& link) { return link.descriptor == descriptor; });
  return ::close(descriptor);
}

int Channel::connectSocket(ares_socket_t descriptor, const sockaddr* address, ares_socklen_t length) {
  Link& link = *find(descriptor);
  // Our own address of it: c-ares knows no zones.
  const auto server = std::ranges::find_if(
      servers_, [&](const SocketAddress& one) { return sameHost(one, address, length); });
  link.server = server != servers_.end() ? *server : SocketAddress::fromRaw(address, length);
  if (tcp_) {
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    ++sent_;
  }
  if (::connect(descriptor, link.server.data(), link.server.length()) == 0) return 0;
  const int code = errno;
  if (code != EINPROGRESS) fail(link.server, Operation::connect, code);
  return answerErrno(code);
}

ares_ssize_t Channel::send(ares_socket_t descriptor, const iovec* parts, int count) {
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(parts);
  message.msg_iovlen = static_cast<std::size_t>(count);
  const ares_ssize_t sent = ::sendmsg(descriptor, &message, MSG_NOSIGNAL);
  if (sent >= 0) {
    if (!tcp_) ++sent_;
    return sent;
  }
  const int code = errno;
  if (code != EAGAIN) fail(find(descriptor)->server, Operation::send, code);
  return answerErrno(code);
}

ares_ssize_t Channel::receive(ares_socket_t descriptor, void* data, std::size_t size, sockaddr* from,
                              ares_socklen_t* fromLength) {
  Link& link = *find(descriptor);
  if (from != nullptr) {
    *fromLength = std::min(*fromLength, link.server.length());
    std::memcpy(from, link.server.data(), *fromLength);
  }
  return tcp_ ? receiveStream(link, data, size) : receiveDatagram(link, data, size);
}

// c-ares gets as much of the datagram as it has room for; what counts is the whole, which is kept here.
ares_ssize_t Channel::receiveDatagram(Link& link, void* data, std::size_t size) {
  static thread_local std::array<std::byte, kDatagramSpace> space;
  while (!reply_ && turn_++ < kMostPerTurn) {
    const ares_ssize_t got = ::recv(link.descriptor, space.data(), space.size(), 0);
    if (got < 0) {
      const int code = errno;
      if (code != EAGAIN) fail(link.server, Operation::recv, code);
      return answerErrno(code);
    }
    const auto bytes = static_cast<std::size_t>(got);
    consider(Bytes(space.begin(), space.begin() + got), link.server);
    // To c-ares an empty one would be the end of a stream.
    if (bytes == 0) continue;
    std::memcpy(data, space.data(), std::min(bytes, size));
    return static_cast<ares_ssize_t>(std::min(bytes, size));
  }
  return answerErrno(EAGAIN);
}

ares_ssize_t Channel::receiveStream(Link& link, void* data, std::size_t size) {
  const ares_ssize_t got = ::recv(link.descriptor, data, size, 0);
  if (got > 0) {
    const ByteView bytes(static_cast<const std::byte*>(data), static_cast<std::size_t>(got));
    if (auto message = link.stream.take(bytes)) {
      // c-ares ends the connection without a word.
      if (message->empty()) fail(link.server, Operation::recv, 0, "sent a message of no bytes");
      consider(*std::move(message), link.server);
    }
    return got;
  }
  const int code = got < 0 ? errno : 0;
  if (code != EAGAIN) {
    fail(link.server, Operation::recv, code, "closed the connection " + link.stream.progress());
  }
  errno = code;
  return got;
}

Channel::Link* Channel::find(ares_socket_t descriptor) {
  const auto link = std::ranges::find(links_, descriptor, &Link::descriptor);
  return link == links_.end() ? nullptr : &*link;
}

void Channel::consider(Bytes message, const SocketAddress& server) {
  if (reply_) return;
  switch (fitOf(message, question_)) {
    case Fit::fits:
      reply_ = Reply{.message = std::move(message), .server = server};
      break;
    case Fit::notDns:
      ++ignored_.notDns;
      break;
    case Fit::otherId:
      ++ignored_.otherId;
      break;
    case Fit::otherQuestion:
      ++ignored_.otherQuestion;
      break;
  }
}

void Channel::fail(const SocketAddress& server, Operation op, int code, std::string what) {
  std::erase_if(troubles_, [&](const Trouble& trouble) { return trouble.server == server; });
  troubles_.push_back({.server = server, .op = op, .code = code, .what = std::move(what)});
}

}  // namespace sockbench::dns
