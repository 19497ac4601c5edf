// What PacketMaker makes of the rows of a TCP session.
//
// Wireshark's analysis must find nothing amiss. So an empty ACK is made only where it acknowledges something
// new, and what is sent stays within the window: its SYN has the window unscaled, so that the first flight is
// one segment at most.
#include <algorithm>

#include "core/capture/pcapng/block_writer.h"
#include "core/capture/pcapng_format.h"
#include "core/capture/synth/packet_maker.h"

namespace sockbench::synth {
namespace {

constexpr std::uint32_t kMostUnacknowledged = 1U << 20;
constexpr std::string_view kMadeUp = "(synthesized from what the socket told)";
constexpr std::string_view kCompletes = "synthesized: completes the TCP connection";

bool showsConnection(RecordKind kind) {
  switch (kind) {
    case RecordKind::connected:
    case RecordKind::accepted:
    case RecordKind::in:
    case RecordKind::out:
    case RecordKind::halfClosed:
    case RecordKind::reset:
      return true;
    default:
      return false;
  }
}

bool isSame(const IpEnd& a, const IpEnd& b) {
  return a.port == b.port && std::ranges::equal(a.address, b.address);
}

}  // namespace

void PacketMaker::addTcp(const Row& row, const Place& place) {
  const Record& record = row.record;
  // A socket that is connected to itself has one direction in packets, and two in fact.
  const bool isWhole =
      place.ends.local.port != 0 && place.ends.peer.port != 0 && !isSame(place.ends.local, place.ends.peer);
  if (!isWhole || !record.session) return addEvent(row);
  const bool isNew = streams_.find(record.session) == nullptr;
  if (isNew && !showsConnection(record.kind)) return addEvent(row);
  TcpStream& stream = streams_.findOrBegin(record.session, place.ends);
  const bool isOver = record.kind == RecordKind::closed || record.kind == RecordKind::reset;
  if (stream.isOtherEnd) {
    addEvent(row);
  } else if ((record.kind == RecordKind::connected || record.kind == RecordKind::accepted) &&
             !stream.us.spoke && !stream.peer.spoke) {
    addHandshake(stream, row, place, record.kind == RecordKind::connected ? Side::us : Side::peer);
  } else if (record.kind == RecordKind::in && !row.payload.empty()) {
    addData(stream, row, place, Side::peer);
  } else if (record.kind == RecordKind::out && !row.payload.empty()) {
    addData(stream, row, place, Side::us);
  } else if (record.kind == RecordKind::halfClosed) {
    addHalfClose(stream, row, place);
  } else if (record.kind == RecordKind::closed) {
    addClose(stream, row, place);
  } else if (record.kind == RecordKind::reset) {
    addReset(stream, row, place);
  } else {
    addRemark(stream, row, place);
  }
  if (isOver) streams_.end(record.session);
}

void PacketMaker::addHandshake(TcpStream& stream, const Row& row, const Place& place, Side first) {
  const Side second = first == Side::us ? Side::peer : Side::us;
  setComment(row, place, 1, 1, kMadeUp);
  addSegment(stream, row, place, first, kSyn);
  addSegment(stream, row, place, second, kSyn | kAck);
  addSegment(stream, row, place, first, kAck);
}

void PacketMaker::addData(TcpStream& stream, const Row& row, const Place& place, Side from) {
  const Side to = from == Side::us ? Side::peer : Side::us;
  const TcpSide& sender = from == Side::us ? stream.us : stream.peer;
  const TcpSide& receiver = from == Side::us ? stream.peer : stream.us;
  const std::size_t parts = (row.payload.size() + pcapng::kMostSegment - 1) / pcapng::kMostSegment;
  const std::uint8_t urgent = (row.record.flags & kRecordUrgent) != 0 ? kUrg : 0;
  ByteView rest = row.payload;
  for (std::size_t part = 1; part <= parts; ++part) {
    const ByteView payload = rest.first(std::min(rest.size(), pcapng::kMostSegment));
    rest = rest.subspan(payload.size());
    const std::uint32_t unacknowledged = sender.next - receiver.acked;
    const std::uint32_t most = receiver.scaled ? kMostUnacknowledged : pcapng::kMostSegment;
    if (unacknowledged > 0 && unacknowledged + payload.size() > most) acknowledge(stream, row, place, to);
    setComment(row, place, static_cast<std::uint32_t>(part), static_cast<std::uint32_t>(parts), {});
    addSegment(stream, row, place, from,
               static_cast<std::uint8_t>(kAck | urgent | (part == parts ? kPsh : 0)), payload);
  }
}

void PacketMaker::addHalfClose(TcpStream& stream, const Row& row, const Place& place) {
  const Side side = row.record.by == Party::us ? Side::us : Side::peer;
  if ((side == Side::us ? stream.us : stream.peer).finished) return addRemark(stream, row, place);
  setComment(row, place, 1, 1, kMadeUp);
  addSegment(stream, row, place, side, kFin | kAck);
}

// The end that closed first has sent its FIN; where it was the peer, ours has gone by now as well.
void PacketMaker::addClose(TcpStream& stream, const Row& row, const Place& place) {
  setComment(row, place, 1, 1, kMadeUp);
  if (row.record.by == Party::peer && !stream.peer.finished)
    addSegment(stream, row, place, Side::peer, kFin | kAck);
  if (!stream.us.finished) addSegment(stream, row, place, Side::us, kFin | kAck);
  if (!comment_.empty()) return addRemark(stream, row, place);
  if (!stream.peer.finished) return;
  acknowledge(stream, row, place, Side::us);
  acknowledge(stream, row, place, Side::peer);
}

void PacketMaker::addReset(TcpStream& stream, const Row& row, const Place& place) {
  setComment(row, place, 1, 1, kMadeUp);
  addSegment(stream, row, place, row.record.by == Party::us ? Side::us : Side::peer, kRst | kAck);
}

void PacketMaker::addRemark(TcpStream& stream, const Row& row, const Place& place) {
  comment_.clear();
  if (stream.us.spoke && stream.us.acked == stream.peer.next) return addEvent(row);
  setComment(row, place, 1, 1, kMadeUp);
  addSegment(stream, row, place, Side::us, kAck);
}

// Unless there is nothing new to acknowledge.
void PacketMaker::acknowledge(TcpStream& stream, const Row& row, const Place& place, Side from) {
  const TcpSide& side = from == Side::us ? stream.us : stream.peer;
  const TcpSide& other = from == Side::us ? stream.peer : stream.us;
  if (side.spoke && side.acked == other.next) return;
  comment_.clear();
  addSegment(stream, row, place, from, kAck);
}

void PacketMaker::addSegment(TcpStream& stream, const Row& row, const Place& place, Side from,
                             std::uint8_t flags, ByteView payload) {
  TcpSide& side = from == Side::us ? stream.us : stream.peer;
  const TcpSide& other = from == Side::us ? stream.peer : stream.us;
  const bool acknowledges = (flags & kAck) != 0;
  TcpSegment segment;
  segment.from = from == Side::us ? place.ends.local : place.ends.peer;
  segment.to = from == Side::us ? place.ends.peer : place.ends.local;
  segment.sequence = side.next;
  segment.acknowledged = acknowledges ? other.next : 0;
  segment.flags = flags;
  segment.urgent = (flags & kUrg) != 0 ? 1 : 0;
  segment.payload = payload;
  headers_.clear();
  appendTcpHeaders(headers_, segment);
  side.next += static_cast<std::uint32_t>(payload.size());
  if ((flags & (kSyn | kFin)) != 0) ++side.next;
  side.spoke = side.spoke || acknowledges;
  side.scaled = side.scaled || (flags & kSyn) == 0;
  side.finished = side.finished || (flags & kFin) != 0;
  if (acknowledges) side.acked = other.next;
  appendTcp(row, from, payload);
}

void PacketMaker::appendTcp(const Row& row, Side from, ByteView payload) {
  const bool carriesRow = !comment_.empty();
  if (!carriesRow) pcapng::appendFillerComment(comment_, row.record.session, kCompletes);
  pcapng::PacketBlock block;
  block.time = row.record.time;
  block.flags = from == Side::us ? pcapng::kOutbound : pcapng::kInbound;
  block.headers = headers_;
  block.payload = payload;
  if (carriesRow) block.personsComment = row.note.comment;
  block.comment = comment_;
  pcapng::appendPacket(out_, block);
  comment_.clear();
  ++made_;
}

}  // namespace sockbench::synth
