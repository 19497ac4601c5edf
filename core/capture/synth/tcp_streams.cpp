#include "core/capture/synth/tcp_streams.h"

#include <algorithm>
#include <string_view>

namespace sockbench::synth {
namespace {

constexpr std::size_t kEndBytes = 18;  // of an address and its port

std::array<std::byte, kEndBytes> endBytes(const IpEnd& end) {
  std::array<std::byte, kEndBytes> bytes{};
  std::ranges::copy(end.address, bytes.begin());
  bytes[16] = static_cast<std::byte>(end.port >> 8);
  bytes[17] = static_cast<std::byte>(end.port & 0xFF);
  return bytes;
}

// Sessions that have the same addresses one after another begin at other numbers, so that they are told
// apart.
std::uint32_t firstNumber(SessionId session, std::uint32_t salt) {
  return (session.value * 2 + salt) * 2654435761U;
}

}  // namespace

std::size_t TcpStreams::TupleHash::operator()(const Tuple& tuple) const noexcept {
  return std::hash<std::string_view>()(asChars(tuple.bytes));
}

TcpStreams::Tuple TcpStreams::tupleOf(const Ends& ends, bool& localIsLower) {
  const auto local = endBytes(ends.local);
  const auto peer = endBytes(ends.peer);
  localIsLower = local < peer;
  Tuple tuple;
  std::ranges::copy(localIsLower ? local : peer, tuple.bytes.begin());
  std::ranges::copy(localIsLower ? peer : local, tuple.bytes.begin() + kEndBytes);
  return tuple;
}

TcpStream* TcpStreams::find(SessionId session) {
  const auto found = sessions_.find(session);
  return found == sessions_.end() ? nullptr : &found->second.stream;
}

// True: these addresses are the session's now. Of two sessions that have the same local end, the earlier one
// is over.
bool TcpStreams::own(SessionId session, const Tuple& tuple, bool localIsLower) {
  const auto [owner, isNew] = owners_.try_emplace(tuple, Owner{session, localIsLower});
  if (isNew) return true;
  if (owner->second.localIsLower != localIsLower) return false;
  sessions_.erase(owner->second.session);
  owner->second.session = session;
  return true;
}

TcpStream& TcpStreams::findOrBegin(SessionId session, const Ends& ends) {
  bool localIsLower = false;
  const Tuple tuple = tupleOf(ends, localIsLower);
  const auto found = sessions_.find(session);
  if (found != sessions_.end() && found->second.tuple == tuple) return found->second.stream;
  if (found != sessions_.end()) end(session);
  Entry entry;
  entry.tuple = tuple;
  entry.stream.isOtherEnd = !own(session, tuple, localIsLower);
  entry.stream.us.next = firstNumber(session, 0);
  entry.stream.peer.next = firstNumber(session, 1);
  entry.stream.us.acked = entry.stream.peer.next;
  entry.stream.peer.acked = entry.stream.us.next;
  return sessions_.insert_or_assign(session, std::move(entry)).first->second.stream;
}

void TcpStreams::end(SessionId session) {
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return;
  const auto owner = owners_.find(found->second.tuple);
  if (owner != owners_.end() && owner->second.session == session) owners_.erase(owner);
  sessions_.erase(found);
}

}  // namespace sockbench::synth
