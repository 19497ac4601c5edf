#include "loopback.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <thread>

#include "child.h"
#include "report.h"

namespace bench {
namespace {

Descriptor makeSocket(int type) {
  Descriptor made(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
  if (*made < 0) fail("socket", errno);
  return made;
}

void bindTo(const Descriptor& socket, std::uint16_t port) {
  const sockaddr_in address = loopback(port);
  if (::bind(*socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("bind", errno);
}

void connectTo(const Descriptor& socket, std::uint16_t port) {
  const sockaddr_in address = loopback(port);
  if (::connect(*socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    fail("connect to port " + std::to_string(port), errno);
}

// A line of /proc/net/tcp: " 0: 0100007F:1F90 00000000:0000 0A ..."; 0A is LISTEN. The same in tcp6.
bool listensIn(const char* table, std::uint16_t port) {
  char end[8];
  std::snprintf(end, sizeof end, ":%04X", port);
  std::ifstream lines(table);
  std::string number, local, remote, state, rest;
  while (lines >> number >> local >> remote >> state && std::getline(lines, rest))
    if (state == "0A" && local.ends_with(end)) return true;
  return false;
}

}  // namespace

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::uint16_t portOf(const Descriptor& socket) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  if (::getsockname(*socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) fail("getsockname", errno);
  return ntohs(address.sin_port);
}

Descriptor listenTcp(int backlog, std::uint16_t port) {
  Descriptor listener = makeSocket(SOCK_STREAM);
  const int yes = 1;
  ::setsockopt(*listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  bindTo(listener, port);
  if (::listen(*listener, backlog) != 0) fail("listen", errno);
  return listener;
}

Descriptor acceptOne(const Descriptor& listener) {
  Descriptor accepted(::accept4(*listener, nullptr, nullptr, SOCK_CLOEXEC));
  if (*accepted < 0) fail("accept4", errno);
  return accepted;
}

Descriptor connectTcp(std::uint16_t port) {
  Descriptor client = makeSocket(SOCK_STREAM);
  connectTo(client, port);
  return client;
}

Descriptor bindUdp(int receiveBuffer) {
  Descriptor server = makeSocket(SOCK_DGRAM);
  if (receiveBuffer > 0 &&
      ::setsockopt(*server, SOL_SOCKET, SO_RCVBUFFORCE, &receiveBuffer, sizeof receiveBuffer) != 0 &&
      ::setsockopt(*server, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer) != 0)
    fail("SO_RCVBUF", errno);
  bindTo(server, 0);
  return server;
}

Descriptor connectUdp(std::uint16_t port) {
  Descriptor client = makeSocket(SOCK_DGRAM);
  connectTo(client, port);
  return client;
}

Descriptor connectUnix(int type, const std::string& name) {
  Descriptor client(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  // A datagram socket gets a name of its own, so that it can be answered.
  const sockaddr_un own{AF_UNIX, {}};
  if (type == SOCK_DGRAM &&
      ::bind(*client, reinterpret_cast<const sockaddr*>(&own), sizeof(sa_family_t)) != 0)
    fail("bind", errno);
  if (::connect(*client, reinterpret_cast<const sockaddr*>(&address), length) != 0)
    fail("connect to @" + name, errno);
  return client;
}

void limitWaits(const Descriptor& socket, std::chrono::milliseconds most) {
  const timeval limit{.tv_sec = most.count() / 1000, .tv_usec = most.count() % 1000 * 1000};
  for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO})
    if (::setsockopt(*socket, SOL_SOCKET, option, &limit, sizeof limit) != 0) fail("setsockopt", errno);
}

void setBlocking(const Descriptor& socket, bool blocking) {
  const int flags = ::fcntl(*socket, F_GETFL);
  if (::fcntl(*socket, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK) != 0)
    fail("fcntl", errno);
}

void sendAll(int socket, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) fail("send", errno);
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
}

bool receiveAll(int socket, void* data, std::size_t size) {
  auto* bytes = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = ::recv(socket, bytes, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("recv", errno);
    if (got == 0) return false;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

std::uint16_t freePort() {
  return portOf(listenTcp());
}

void waitForListener(std::uint16_t port) {
  const auto start = Clock::now();
  while (!listensIn("/proc/net/tcp", port) && !listensIn("/proc/net/tcp6", port)) {
    if (Clock::now() - start > kPatience) fail("nothing listens on port " + std::to_string(port));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void raiseDescriptorLimit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) fail("setrlimit", errno);
}

double processCpuSeconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace bench
