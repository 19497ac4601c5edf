#include "core/calls/bench/call_sockets.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/net/tcp_state.h"

namespace sockbench {
namespace {

int optionOr(int descriptor, int name, int otherwise) {
  int value = 0;
  socklen_t length = sizeof value;
  return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : otherwise;
}

std::string tcpStateOf(int descriptor, const SocketKind& kind) {
  if ((kind.family != AF_INET && kind.family != AF_INET6) || kind.type != SOCK_STREAM) return {};
  tcp_info info{};
  socklen_t length = sizeof info;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return {};
  return std::string(kernelTcpStateName(info.tcpi_state));
}

template <class Call>
SocketAddress endOf(int descriptor, Call call) {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  return call(descriptor, address, &length) == 0 ? SocketAddress::fromRaw(address, length) : SocketAddress();
}

}  // namespace

SocketAddress localEnd(int descriptor) {
  return endOf(descriptor, ::getsockname);
}

SocketAddress peerEnd(int descriptor) {
  return endOf(descriptor, ::getpeername);
}

SocketKind kindOf(int descriptor, SocketKind asked) {
  return {.family = optionOr(descriptor, SO_DOMAIN, asked.family),
          .type = optionOr(descriptor, SO_TYPE, asked.type),
          .protocol = optionOr(descriptor, SO_PROTOCOL, asked.protocol)};
}

std::shared_ptr<CallSocket> CallSockets::add(Socket socket, int family, int type, int protocol) {
  const int descriptor = socket.fileno();
  std::erase_if(kept_, [&](const Kept& kept) { return kept.descriptor == descriptor; });
  if (most_ != 0 && entries_.size() >= most_) return nullptr;
  auto added = std::make_shared<CallSocket>(unusedHandle(), std::move(socket), family, type, protocol);
  entries_.emplace(added->handle(), Entry{added});
  return added;
}

std::shared_ptr<CallSocket> CallSockets::find(CallHandle handle) const {
  const auto closed = closed_.find(handle);
  return closed == closed_.end() ? findOpen(handle) : closed->second;
}

std::shared_ptr<CallSocket> CallSockets::findOpen(CallHandle handle) const {
  const auto found = entries_.find(handle);
  return found == entries_.end() || found->second.isHidden ? nullptr : found->second.socket;
}

std::shared_ptr<CallSocket> CallSockets::known(CallHandle handle) const {
  const auto found = entries_.find(handle);
  return found == entries_.end() ? nullptr : found->second.socket;
}

bool CallSockets::hide(CallHandle handle) {
  const auto found = entries_.find(handle);
  return found != entries_.end() && !std::exchange(found->second.isHidden, true);
}

int CallSockets::take(CallHandle handle) {
  const auto found = entries_.find(handle);
  if (found == entries_.end() || !found->second.isHidden) return -1;
  const int descriptor = found->second.socket->descriptor_.exchange(-1);
  if (keepsClosed_) closed_.emplace(handle, std::move(found->second.socket));
  if (closed_.size() > kMostClosed) closed_.erase(closed_.begin());
  entries_.erase(found);
  return descriptor;
}

std::vector<CallHandle> CallSockets::open() const {
  std::vector<CallHandle> handles;
  for (const auto& [handle, entry] : entries_)
    if (!entry.isHidden) handles.push_back(handle);
  return handles;
}

std::optional<CallSocketFacts> CallSockets::facts(CallHandle handle) const {
  const std::shared_ptr<CallSocket> socket = findOpen(handle);
  if (!socket) return std::nullopt;
  const int descriptor = socket->descriptor();
  const SocketKind kind = kindOf(descriptor, {socket->family(), socket->type(), socket->protocol()});
  CallSocketFacts facts;
  facts.handle = handle;
  facts.descriptor = descriptor;
  facts.family = kind.family;
  facts.type = kind.type;
  facts.protocol = kind.protocol;
  facts.timeout = socket->timeout();
  facts.local = localEnd(descriptor);
  facts.peer = peerEnd(descriptor);
  facts.kernelState = tcpStateOf(descriptor, kind);
  return facts;
}

void CallSockets::keep(int descriptor) {
  struct stat about {};
  if (fstat(descriptor, &about) == 0) kept_.push_back({descriptor, about.st_dev, about.st_ino});
}

void CallSockets::closeKept() {
  for (const Kept& kept : std::exchange(kept_, {})) {
    struct stat about {};
    const bool isThere = fstat(kept.descriptor, &about) == 0;
    if (isThere && about.st_dev == kept.device && about.st_ino == kept.inode) ::close(kept.descriptor);
  }
}

}  // namespace sockbench
