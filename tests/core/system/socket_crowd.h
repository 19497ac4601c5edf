// Sockets of every kind and in every state that one process can bring about by itself.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <QtGlobal>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/net/socket.h"

namespace fixture {

class SocketCrowd {
 public:
  using Address = sockbench::SocketAddress;

  // Opens all of them; ends the test program where the system refuses one that anybody may open.
  void open() {
    openTcp();
    openUdp();
    openUnix();
  }

  // Raw sockets need CAP_NET_RAW; false: they are not there.
  bool openRaw() {
    auto four = sockbench::Socket::open(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    auto six = sockbench::Socket::open(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
    if (!four || !six) return false;
    keep(std::move(*four));
    keep(std::move(*six));
    return true;
  }

  static Address at(std::string_view ip, std::uint16_t port = 0) { return must(Address::fromIp(ip, port)); }

  template <class Value>
  static Value must(sockbench::Result<Value> result) {
    if (!result) qFatal("%s", result.error().line().c_str());
    return std::move(*result);
  }
  static void must(const sockbench::Result<void>& result) {
    if (!result) qFatal("%s", result.error().line().c_str());
  }

  sockbench::Socket& bound(int family, int type, const Address& address, int listening = -1) {
    sockbench::Socket socket = must(sockbench::Socket::open(family, type));
    must(socket.bind(address));
    if (listening >= 0) must(socket.listen(listening));
    return keep(std::move(socket));
  }
  sockbench::Socket& connected(int family, int type, const Address& address) {
    sockbench::Socket socket = must(sockbench::Socket::open(family, type));
    must(socket.connect(address));
    return keep(std::move(socket));
  }
  sockbench::Socket& accepted(sockbench::Socket& listener) { return keep(must(listener.accept()).socket); }

 private:
  sockbench::Socket& keep(sockbench::Socket socket) {
    kept_.push_back(std::make_unique<sockbench::Socket>(std::move(socket)));
    return *kept_.back();
  }

  void openTcp() {
    auto& listener = bound(AF_INET, SOCK_STREAM, at("127.0.0.1"), 7);
    const Address there = must(listener.localAddress());
    auto& client = connected(AF_INET, SOCK_STREAM, there);
    static_cast<void>(client);
    auto& server = accepted(listener);
    must(server.sendAll(sockbench::asBytes("unread")));
    connected(AF_INET, SOCK_STREAM, there);  // waits to be accepted
    auto& half = connected(AF_INET, SOCK_STREAM, there);
    must(half.shutdown(sockbench::ShutdownHow::write));  // FIN_WAIT2, CLOSE_WAIT
    openTimeWait();
    openDualStack();
    openHandshakes();
    openTwins();
  }

  // Whoever closes first stays in TIME_WAIT.
  void openTimeWait() {
    sockbench::Socket listener = must(sockbench::Socket::open(AF_INET6, SOCK_STREAM));
    must(listener.bind(at("::1")));
    must(listener.listen(1));
    sockbench::Socket client = must(sockbench::Socket::open(AF_INET6, SOCK_STREAM));
    must(client.connect(must(listener.localAddress())));
    sockbench::Socket server = must(listener.accept()).socket;
    must(client.shutdown(sockbench::ShutdownHow::write));
    std::array<std::byte, 1> end{};
    must(server.recv(end));
    must(server.shutdown(sockbench::ShutdownHow::write));
    must(client.recv(end));
  }

  void openDualStack() {
    auto& both = bound(AF_INET6, SOCK_STREAM, at("::"), 3);
    const std::uint16_t port = must(both.localAddress()).port();
    connected(AF_INET, SOCK_STREAM, at("127.0.0.1", port));
    accepted(both);
    connected(AF_INET6, SOCK_STREAM, at("::1", port));
    accepted(both);
    sockbench::Socket only = must(sockbench::Socket::open(AF_INET6, SOCK_STREAM));
    must(only.setIntOption(IPPROTO_IPV6, IPV6_V6ONLY, 1));
    must(only.bind(at("::")));
    must(only.listen(2));
    keep(std::move(only));
  }

  // A listener that waits for data answers a handshake and stays SYN_RECV; one whose backlog is full does not
  // answer: SYN_SENT.
  void openHandshakes() {
    auto& patient = bound(AF_INET, SOCK_STREAM, at("127.0.0.1"), 5);
    must(patient.setIntOption(IPPROTO_TCP, TCP_DEFER_ACCEPT, 30));
    connected(AF_INET, SOCK_STREAM, must(patient.localAddress()));
    auto& full = bound(AF_INET, SOCK_STREAM, at("127.0.0.1"), 0);
    for (int i = 0; i < 3; ++i) {
      sockbench::Socket client = must(sockbench::Socket::open(AF_INET, SOCK_STREAM));
      must(client.setBlocking(false));
      static_cast<void>(client.connect(must(full.localAddress())));
      keep(std::move(client));
    }
  }

  void openTwins() {
    std::uint16_t port = 0;
    for (int i = 0; i < 2; ++i) {
      sockbench::Socket twin = must(sockbench::Socket::open(AF_INET, SOCK_STREAM));
      must(twin.setIntOption(SOL_SOCKET, SO_REUSEPORT, 1));
      must(twin.bind(at("127.0.0.1", port)));
      must(twin.listen(4));
      port = must(twin.localAddress()).port();
      keep(std::move(twin));
    }
  }

  void openUdp() {
    auto& here = bound(AF_INET, SOCK_DGRAM, at("127.0.0.1"));
    connected(AF_INET, SOCK_DGRAM, must(here.localAddress()));
    auto& sender = bound(AF_INET, SOCK_DGRAM, at("127.0.0.1"));
    static_cast<void>(must(sender.sendTo(sockbench::asBytes("unread"), must(here.localAddress()))));
    bound(AF_INET, SOCK_DGRAM, at("0.0.0.0"));
    bound(AF_INET6, SOCK_DGRAM, at("::"));
    bound(AF_INET6, SOCK_DGRAM, at("::1"));
  }

  void openUnix() {
    for (const int type : {SOCK_STREAM, SOCK_SEQPACKET}) {
      const std::string name = std::string(1, '\0') + "crowd-\xFF\x01-" + std::to_string(type);
      auto& listener = bound(AF_UNIX, type, must(Address::fromUnixPath(name)), 6);
      connected(AF_UNIX, type, must(Address::fromUnixPath(name)));  // waits to be accepted
      auto& client = connected(AF_UNIX, type, must(Address::fromUnixPath(name)));
      accepted(listener);
      must(client.sendAll(sockbench::asBytes("unread")));
    }
    const Address mailbox = must(Address::fromUnixPath(std::string("\0mailbox", 8)));
    bound(AF_UNIX, SOCK_DGRAM, mailbox);
    connected(AF_UNIX, SOCK_DGRAM, mailbox);
    auto pair = must(sockbench::Socket::pair(AF_UNIX, SOCK_STREAM));
    keep(std::move(pair.first));
    keep(std::move(pair.second));
    keep(must(sockbench::Socket::open(AF_UNIX, SOCK_STREAM)));
  }

  std::vector<std::unique_ptr<sockbench::Socket>> kept_;
};

}  // namespace fixture
