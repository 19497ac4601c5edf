#include "core/capture/read/foreign_traffic.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace sockbench {
namespace {

// Of all connections together; a file may have very many that all wait.
constexpr std::size_t kMostPending = std::size_t{64} << 20;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 32);
}

std::uint64_t mixed(std::uint64_t hash, const PacketEnd& end) {
  std::uint64_t half = 0;
  std::memcpy(&half, end.address.data(), sizeof half);
  hash = mixed(hash, half);
  std::memcpy(&half, end.address.data() + sizeof half, sizeof half);
  return mixed(mixed(hash, half), end.port);
}

}  // namespace

std::size_t ForeignTraffic::KeyHash::operator()(const Key& key) const {
  return mixed(mixed(mixed(key.protocol, key.low), key.high), std::uint64_t{key.isIpv6});
}

ForeignTraffic::Key ForeignTraffic::keyOf(const TransportPacket& packet) {
  const auto [low, high] = std::minmax(packet.ip.from, packet.ip.to);
  return {low, high, packet.ip.protocol, packet.ip.isIpv6};
}

bool ForeignTraffic::take(const CapturedPacket& captured) {
  IpPacket ip;
  if (!decodeFrame(captured.linkType, captured.bytes, captured.realLength, ip)) return false;
  if (ip.isFragment) {
    const std::optional<IpPacket> whole = fragments_.add(ip);
    if (!whole) return true;
    ip = *whole;
  }
  TransportPacket packet;
  if (!decodeTransport(ip, packet)) return false;
  const auto [place, isNew] = sessions_.try_emplace(keyOf(packet));
  Session& session = place->second;
  if (isNew) session = makeSession(packet);
  if (session.tcp) {
    takeSegment(session, packet, captured);
  } else {
    takeDatagram(session, packet, captured);
  }
  return true;
}

ForeignTraffic::Session ForeignTraffic::makeSession(const TransportPacket& packet) {
  const bool isTcp = packet.ip.protocol == kProtocolTcp;
  const bool isSyn = (packet.flags & kTcpSyn) != 0;
  const bool isAnswer = isSyn && (packet.flags & kTcpAck) != 0;
  const bool isByPort = isTcp && !isSyn;
  const bool fromUs = isByPort ? packet.ip.from.port >= packet.ip.to.port : !isAnswer;
  Session session;
  session.us = fromUs ? packet.ip.from : packet.ip.to;
  Flow flow;
  flow.session = rows_.newSession();
  flow.transport = isTcp ? Transport::tcp : Transport::udp;
  flow.local = socketAddress(session.us, packet.ip.isIpv6);
  flow.peer = socketAddress(fromUs ? packet.ip.to : packet.ip.from, packet.ip.isIpv6);
  session.flow = std::make_shared<Flow>(flow);
  if (isTcp) session.tcp = std::make_unique<TcpSession>(rows_, session.flow);
  return session;
}

void ForeignTraffic::takeDatagram(Session& session, const TransportPacket& packet,
                                  const CapturedPacket& captured) {
  const bool fromUs = packet.ip.from == session.us;
  Record record;
  record.kind = fromUs ? RecordKind::out : RecordKind::in;
  record.direction = fromUs ? Direction::out : Direction::in;
  record.time = captured.time;
  record.session = session.flow->session;
  record.flags = kRecordKernelTime;
  if (packet.ip.realLength > packet.ip.payload.size()) {
    record.flags |= kRecordTruncated;
    record.value = packet.ip.realLength;
  }
  rows_.addBytes(record, session.flow, packet.ip.payload);
}

void ForeignTraffic::takeSegment(Session& session, const TransportPacket& packet,
                                 const CapturedPacket& captured) {
  if (session.tcp->isOfAnother(packet)) {
    pendingBytes_ -= session.tcp->pendingBytes();
    session.tcp->finish();
    session = makeSession(packet);
  }
  TcpSession& tcp = *session.tcp;
  const std::size_t before = tcp.pendingBytes();
  tcp.take(packet, packet.ip.from == session.us, captured.time);
  pendingBytes_ += tcp.pendingBytes() - before;
  // More than before only by what waits here: without it they are below the bound again.
  if (pendingBytes_ <= kMostPending) return;
  pendingBytes_ -= tcp.pendingBytes();
  tcp.giveUpGaps();
}

void ForeignTraffic::finish() {
  // In the order in which they began, so that a file always gives the same rows.
  std::vector<TcpSession*> open;
  for (auto& [key, session] : sessions_)
    if (session.tcp) open.push_back(session.tcp.get());
  std::ranges::sort(open, {}, &TcpSession::id);
  for (TcpSession* session : open) session->finish();
  fragments_.giveUpAll();
}

}  // namespace sockbench
