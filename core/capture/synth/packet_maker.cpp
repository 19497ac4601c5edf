#include "core/capture/synth/packet_maker.h"

#include <algorithm>

#include "core/capture/pcapng/block_writer.h"
#include "core/capture/pcapng_format.h"
#include "core/capture/synth/exported_pdu.h"

namespace sockbench::synth {
namespace {

bool carriesBytes(const Record& record) {
  return record.kind == RecordKind::in || record.kind == RecordKind::out;
}

IpEnd endOf(const SocketAddress& address, bool mapped) {
  const ByteView bytes = address.ipBytes();
  return {mapped ? bytes.last(4) : bytes, address.port()};
}

bool isPlain(const SocketAddress& address) {
  return address.flowInfo() == 0 && address.scopeId() == 0;
}

std::uint32_t flagsOf(Direction direction) {
  if (direction == Direction::in) return pcapng::kInbound;
  return direction == Direction::out ? pcapng::kOutbound : 0;
}

}  // namespace

PacketMaker::PacketMaker(std::string& out) : out_(out) {
  pcapng::appendFileHead(out_);
}

std::optional<PacketMaker::Place> PacketMaker::placeOf(const Flow* flow) {
  if (flow == nullptr || !flow->otherTransport.empty() || isUnixTransport(flow->transport)) return {};
  if (!flow->local.isIp() || flow->local.family() != flow->peer.family()) return {};
  Place place;
  place.mapped = flow->local.isV4Mapped() && flow->peer.isV4Mapped();
  place.ends = {endOf(flow->local, place.mapped), endOf(flow->peer, place.mapped)};
  place.exact = isPlain(flow->local) && isPlain(flow->peer);
  if (place.ends.local.address.empty() || place.ends.peer.address.empty()) return {};
  return place;
}

std::size_t PacketMaker::add(const Row& row) {
  const std::size_t before = made_;
  const std::optional<Place> place = placeOf(row.flow);
  if (!place) {
    addEvent(row);
  } else if (row.flow->transport == Transport::tcp) {
    addTcp(row, *place);
  } else if (carriesBytes(row.record)) {
    addUdp(row, *place);
  } else {
    addEvent(row);
  }
  return made_ - before;
}

void PacketMaker::setComment(const Row& row, const Place& place, std::uint32_t part, std::uint32_t parts,
                             std::string_view remark) {
  comment_.clear();
  pcapng::appendRowComment(comment_, row, {.held = place.exact, .mapped = place.exact && place.mapped}, part,
                           parts, remark);
}

void PacketMaker::addEvent(const Row& row) {
  const ByteView payload = carriesBytes(row.record) ? row.payload : ByteView();
  const std::size_t parts =
      std::max<std::size_t>(1, (payload.size() + pcapng::kMostSegment - 1) / pcapng::kMostSegment);
  for (std::size_t part = 0; part < parts; ++part) {
    const ByteView rest = payload.subspan(part * pcapng::kMostSegment);
    setComment(row, {}, static_cast<std::uint32_t>(part + 1), static_cast<std::uint32_t>(parts), {});
    headers_.clear();
    appendPduTags(headers_, row.flow, row.record.direction, pcapng::rowWords(row));
    pcapng::PacketBlock block;
    block.interface = pcapng::kEventInterface;
    block.time = row.record.time;
    block.flags = flagsOf(row.record.direction);
    block.headers = headers_;
    block.payload = rest.first(std::min(rest.size(), pcapng::kMostSegment));
    if (row.record.kind == RecordKind::dropped) block.dropCount = row.record.value;
    block.personsComment = row.note.comment;
    block.comment = comment_;
    pcapng::appendPacket(out_, block);
    ++made_;
  }
}

std::size_t PacketMaker::addLost(std::uint64_t rows, WallNanos time) {
  const std::string words = std::to_string(rows) + " records were evicted before they could be written";
  comment_.clear();
  pcapng::appendFillerComment(comment_, {}, words);
  headers_.clear();
  appendPduTags(headers_, nullptr, Direction::none, words);
  pcapng::PacketBlock block;
  block.interface = pcapng::kEventInterface;
  block.time = time;
  block.headers = headers_;
  block.dropCount = rows;
  block.comment = comment_;
  pcapng::appendPacket(out_, block);
  ++made_;
  return 1;
}

void PacketMaker::addUdp(const Row& row, const Place& place) {
  std::size_t length = row.payload.size();
  if ((row.record.flags & kRecordTruncated) != 0) length = std::max<std::size_t>(length, row.record.value);
  if (length > mostUdpPayload(place.ends.local.address.size())) return addEvent(row);
  const bool isIn = row.record.kind == RecordKind::in;
  headers_.clear();
  appendUdpHeaders(headers_, {.from = isIn ? place.ends.peer : place.ends.local,
                              .to = isIn ? place.ends.local : place.ends.peer,
                              .payload = row.payload,
                              .length = length});
  setComment(row, place, 1, 1, {});
  pcapng::PacketBlock block;
  block.time = row.record.time;
  block.flags = isIn ? pcapng::kInbound : pcapng::kOutbound;
  block.headers = headers_;
  block.payload = row.payload;
  block.missing = static_cast<std::uint32_t>(length - row.payload.size());
  block.personsComment = row.note.comment;
  block.comment = comment_;
  pcapng::appendPacket(out_, block);
  ++made_;
}

}  // namespace sockbench::synth
