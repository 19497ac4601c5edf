// A peer of the answering sessions: a blocking socket of any transport, and the listener that it talks to.
#pragma once

#include <QByteArray>
#include <QTemporaryDir>
#include <algorithm>
#include <string>

#include "core/net/socket.h"
#include "tests/core/engine/engine_fixture.h"

namespace sockbench::test {

// Listens at an endpoint of the transport ("tcp", "unix", ...) with the rules, in an engine of its own.
class AnswerDesk {
 public:
  AnswerDesk(const std::string& transport, SessionRules rules) : transport_(transport) {
    const std::string endpoint = isUnix()              ? transport + ":" + path("server")
                                 : transport == "udp6" ? "udp://[::1]:0"
                                                       : transport + "://127.0.0.1:0";
    listener_ = f.listen(endpoint, std::move(rules));
    f.waitForState(listener_, SessionState::listening);
  }

  // A connected socket that waits 20 s at most; not open when it failed.
  Socket dial() {
    const SocketAddress server = f.now(listener_).local;
    auto socket = Socket::open(server.family(), type());
    if (!socket || !socket->setTimeout(std::chrono::seconds(20))) return {};
    const bool named = transport_ != "unix-dgram" ||
                       socket->bind(SocketAddress::fromUnixPath(path("peer")).value()).has_value();
    return named && socket->connect(server) ? std::move(*socket) : Socket();
  }

  SessionId listener() const { return listener_; }
  SessionId child() { return f.childOf(listener_); }

  EngineFixture f;

 private:
  bool isUnix() const { return transport_.starts_with("unix"); }
  std::string path(const char* name) const { return dir_.filePath(QString::fromLatin1(name)).toStdString(); }
  int type() const {
    if (transport_ == "unix-seqpacket") return SOCK_SEQPACKET;
    return transport_.starts_with("udp") || transport_ == "unix-dgram" ? SOCK_DGRAM : SOCK_STREAM;
  }

  QTemporaryDir dir_;
  std::string transport_;
  SessionId listener_;
};

// One recv(); empty at the end of the stream and when it fails.
inline std::string receive(Socket& socket, std::size_t most = 64 << 10) {
  Bytes into(most);
  const auto got = socket.recv(into);
  return std::string(asChars(ByteView(into).first(got.value_or(0))));
}

// Until there are `count` bytes, or the stream ends.
inline std::string receiveBytes(Socket& socket, std::size_t count) {
  std::string all;
  while (all.size() < count) {
    const std::string part = receive(socket, std::min(count - all.size(), std::size_t{64} << 10));
    if (part.empty()) break;
    all += part;
  }
  return all;
}

inline std::string receiveToTheEnd(Socket& socket) {
  return receiveBytes(socket, SIZE_MAX);
}

}  // namespace sockbench::test
