#include "core/capture/read/fragment_assembler.h"

#include <algorithm>

namespace sockbench {
namespace {

constexpr std::size_t kMostBytes = 65535;

}  // namespace

void FragmentAssembler::insert(Datagram& datagram, std::size_t offset, ByteView piece) {
  auto after = datagram.pieces.upper_bound(offset);
  if (after != datagram.pieces.begin()) {
    const auto before = std::prev(after);
    const std::size_t end = before->first + before->second.size();
    const std::size_t known = std::min(end > offset ? end - offset : 0, piece.size());
    offset += known;
    piece = piece.subspan(known);
  }
  while (!piece.empty()) {
    const std::size_t room = after == datagram.pieces.end() ? piece.size() : after->first - offset;
    const ByteView fresh = piece.first(std::min(room, piece.size()));
    if (!fresh.empty()) datagram.pieces.emplace_hint(after, offset, Bytes(fresh.begin(), fresh.end()));
    datagram.bytes += fresh.size();
    if (fresh.size() == piece.size()) return;
    const std::size_t known = std::min(room + after->second.size(), piece.size());
    offset += known;
    piece = piece.subspan(known);
    ++after;
  }
}

void FragmentAssembler::giveUpOldest() {
  const auto oldest =
      std::ranges::min_element(datagrams_, {}, [](const auto& entry) { return entry.second.age; });
  givenUp_ += oldest->second.fragments;
  datagrams_.erase(oldest);
}

void FragmentAssembler::giveUpAll() {
  while (!datagrams_.empty()) giveUpOldest();
}

std::optional<IpPacket> FragmentAssembler::add(const IpPacket& fragment) {
  const std::size_t offset = fragment.fragmentOffset;
  if (fragment.payload.size() != fragment.realLength || offset + fragment.payload.size() > kMostBytes) {
    ++givenUp_;
    return std::nullopt;
  }
  const Key key{fragment.from.address, fragment.to.address, fragment.identification, fragment.protocol,
                fragment.isIpv6};
  if (!datagrams_.contains(key) && datagrams_.size() == kMostDatagrams) giveUpOldest();
  Datagram& datagram = datagrams_[key];
  datagram.age = ++age_;
  ++datagram.fragments;
  if (!fragment.moreFragments) datagram.length = offset + fragment.payload.size();
  insert(datagram, offset, fragment.payload);
  if (!datagram.length || datagram.bytes < *datagram.length) return std::nullopt;
  const auto& [lastOffset, last] = *datagram.pieces.rbegin();
  if (lastOffset + last.size() != *datagram.length) {  // it lies about where it ends
    givenUp_ += datagram.fragments;
    datagrams_.erase(key);
    return std::nullopt;
  }
  whole_.clear();
  for (const auto& [at, piece] : datagram.pieces) whole_.insert(whole_.end(), piece.begin(), piece.end());
  datagrams_.erase(key);
  IpPacket packet = fragment;
  packet.isFragment = packet.moreFragments = false;
  packet.fragmentOffset = 0;
  packet.payload = whole_;
  packet.realLength = whole_.size();
  return packet;
}

}  // namespace sockbench
