#include "core/calls/bench/call_journal.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sockbench {
namespace {

// What a row holds of a large message; the rest goes into the rows behind it. No log has smaller blocks.
constexpr std::size_t kMostPayload = 64 << 10;

constexpr std::array<std::pair<int, std::string_view>, 10> kFamilies{{
    {AF_PACKET, "packet"},
    {AF_NETLINK, "netlink"},
    {AF_CAN, "can"},
    {AF_VSOCK, "vsock"},
    {AF_TIPC, "tipc"},
    {AF_ALG, "alg"},
    {AF_BLUETOOTH, "bluetooth"},
    {AF_XDP, "xdp"},
    {AF_QIPCRTR, "qipcrtr"},
    {AF_RDS, "rds"},
}};

std::string_view familyWord(int family) {
  const auto found = std::ranges::find(kFamilies, family, &std::pair<int, std::string_view>::first);
  return found == kFamilies.end() ? "another family" : found->second;
}

std::string_view ipWord(const SocketKind& kind) {
  if (kind.type == SOCK_RAW) return "raw";
  if (kind.protocol == IPPROTO_ICMP || kind.protocol == IPPROTO_ICMPV6) return "icmp";
  if (kind.protocol == IPPROTO_MPTCP) return "mptcp";
  if (kind.protocol == IPPROTO_SCTP) return "sctp";
  if (kind.protocol == IPPROTO_UDPLITE) return "udplite";
  return "ip";
}

void nameTransport(Flow& flow, const SocketKind& kind) {
  const bool isIp = kind.family == AF_INET || kind.family == AF_INET6;
  if (const auto transport = transportOf(kind.family, kind.type, kind.protocol))
    flow.transport = *transport;
  else
    flow.otherTransport = isIp ? ipWord(kind) : familyWord(kind.family);
}

Record rowOf(SessionId session, RecordKind kind) {
  Record row;
  row.time = wallNow();
  row.session = session;
  row.kind = kind;
  return row;
}

bool isPlace(const SocketAddress& address) {
  return !address.empty() && !(address.isIp() && address.port() == 0);
}

}  // namespace

CallJournal::CallJournal(std::shared_ptr<TrafficLog> log, std::function<SessionId()> newSession)
    : newSession_(std::move(newSession)) {
  if (log && newSession_) writer_ = log->makeWriter();
}

void CallJournal::add(const CallSocket& socket, CallHandle listener) {
  if (!writer_) return;
  auto flow = std::make_shared<Flow>();
  flow->session = newSession_();
  nameTransport(*flow, kindOf(socket.descriptor(), {socket.family(), socket.type(), socket.protocol()}));
  const std::lock_guard lock(mutex_);
  if (const auto found = entries_.find(listener); found != entries_.end())
    flow->parent = found->second.flow->session;
  entries_.emplace(socket.handle(), Entry{std::move(flow)});
}

SessionId CallJournal::sessionOf(CallHandle handle) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(handle);
  return found == entries_.end() ? SessionId() : found->second.flow->session;
}

FlowPtr CallJournal::flowOf(Entry& entry, const CallSocket& socket, const SocketAddress& peer,
                            bool hasChanged) {
  const Flow& old = *entry.flow;
  SocketAddress local = old.local;
  SocketAddress far = peer.empty() ? old.peer : peer;
  const bool asksPeer = peer.empty() && (hasChanged || far.empty());
  if (hasChanged || asksPeer || !isPlace(local)) {
    // What cannot be asked any more, since the peer has gone, stays as it was.
    if (const SocketAddress now = localEnd(socket.descriptor()); !now.empty()) local = now;
    if (const SocketAddress now = asksPeer ? peerEnd(socket.descriptor()) : far; !now.empty()) far = now;
  }
  if (local == old.local && far == old.peer) return entry.flow;
  auto flow = std::make_shared<Flow>(old);
  flow->local = local;
  flow->peer = far;
  entry.flow = flow;
  return flow;
}

// A connected socket may refuse to go elsewhere, and its other threads send to the peer that it has.
FlowPtr CallJournal::flowTowards(Entry& entry, const CallSocket& socket, const SocketAddress& target) {
  if (peerEnd(socket.descriptor()).empty()) return flowOf(entry, socket, target, true);
  auto flow = std::make_shared<Flow>(*flowOf(entry, socket, {}, true));
  flow->peer = target;
  return flow;
}

void CallJournal::bytes(const CallSocket& socket, Record row, ByteView bytes, const SocketAddress& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(socket.handle());
  if (found == entries_.end()) return;
  const FlowPtr flow = flowOf(found->second, socket, peer, false);
  row.session = flow->session;
  do {
    const ByteView part = bytes.first(std::min(bytes.size(), kMostPayload));
    writer_->append(row, flow, part);
    bytes = bytes.subspan(part.size());
  } while (!bytes.empty());
  writer_->publish();
}

void CallJournal::sent(const CallSocket& socket, ByteView data, const SocketAddress& peer) {
  Record row = rowOf({}, RecordKind::out);
  row.direction = Direction::out;
  bytes(socket, row, data, peer);
}

void CallJournal::received(const CallSocket& socket, ByteView data, const SocketAddress& peer, int flags) {
  Record row = rowOf({}, RecordKind::in);
  row.direction = Direction::in;
  if ((flags & MSG_TRUNC) != 0) row.flags |= kRecordTruncated;
  if ((flags & MSG_OOB) != 0) row.flags |= kRecordUrgent;
  bytes(socket, row, data, peer);
}

void CallJournal::event(const CallSocket& socket, RecordKind kind, const EventDetail& detail,
                        const SocketAddress& peer, Party by, std::uint64_t value) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(socket.handle());
  if (found == entries_.end()) return;
  const FlowPtr flow =
      peer.empty() ? flowOf(found->second, socket, {}, true) : flowTowards(found->second, socket, peer);
  Record row = rowOf(flow->session, kind);
  row.by = by;
  row.value = value;
  writer_->appendEvent(row, flow, detail);
  writer_->publish();
}

void CallJournal::closed(CallHandle handle, std::string remark) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(handle);
  if (found == entries_.end()) return;
  Record row = rowOf(found->second.flow->session, RecordKind::closed);
  row.by = Party::us;
  writer_->appendEvent(row, found->second.flow, {.text = std::move(remark), .error = std::nullopt});
  writer_->publish();
  entries_.erase(found);
}

}  // namespace sockbench
