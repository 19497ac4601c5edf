#include "core/capture/read/tcp_session.h"

#include <cerrno>
#include <string>

namespace sockbench {

void TcpSession::Side::streamed(const StreamPiece& piece) {
  Record row = session.record(fromUs ? RecordKind::out : RecordKind::in, piece.time);
  row.direction = fromUs ? Direction::out : Direction::in;
  row.flags = kRecordKernelTime;
  if (piece.urgent) row.flags |= kRecordUrgent;
  if (piece.realLength > piece.bytes.size()) {
    row.flags |= kRecordTruncated;
    row.value = piece.realLength;
    session.rows_.addMissing(session.flow_, piece.realLength - piece.bytes.size());
  }
  session.rows_.addBytes(row, session.flow_, piece.bytes);
}

void TcpSession::Side::missed(std::uint64_t bytes, WallNanos time) {
  Record row = session.record(RecordKind::dropped, time);
  row.direction = fromUs ? Direction::out : Direction::in;
  row.value = bytes;
  session.rows_.addMissing(session.flow_, bytes);
  session.rows_.addEvent(row, session.flow_,
                         {.text = std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes") +
                                  " of the stream, which the capture does not hold",
                          .error = {}});
}

void TcpSession::Side::ended(WallNanos time) {
  const RecordKind kind = ++session.ends_ == 1 ? RecordKind::halfClosed : RecordKind::closed;
  session.addEvent(kind, fromUs ? Party::us : Party::peer, time);
}

Record TcpSession::record(RecordKind kind, WallNanos time) const {
  Record row;
  row.kind = kind;
  row.time = time;
  row.session = flow_->session;
  return row;
}

void TcpSession::addEvent(RecordKind kind, Party by, WallNanos time, std::uint64_t value) {
  Record row = record(kind, time);
  row.by = by;
  row.value = value;
  rows_.addEvent(row, flow_);
}

bool TcpSession::isOfAnother(const TransportPacket& packet) const {
  if ((packet.flags & (kTcpSyn | kTcpAck)) != kTcpSyn) return false;
  const bool isOver = reset_ || ends_ == 2;
  if (!synNumber_) return isOver || connected_;
  return packet.sequence != *synNumber_ && (isOver || connected_);
}

void TcpSession::take(const TransportPacket& packet, bool fromUs, WallNanos time) {
  TcpStream& stream = fromUs ? ours_ : theirs_;
  TcpStream& other = fromUs ? theirs_ : ours_;
  Side& side = fromUs ? fromUs_ : fromPeer_;
  if ((packet.flags & kTcpRst) != 0) return takeReset(fromUs, time);
  if ((packet.flags & kTcpSyn) != 0) takeSyn(packet, fromUs, time);
  const bool isSyn = (packet.flags & kTcpSyn) != 0;
  const bool isFin = (packet.flags & kTcpFin) != 0;
  if (isFin || packet.ip.realLength > 0) {
    connected_ = connected_ || !isSyn;
    TcpSegment segment{.sequence = packet.sequence + (isSyn ? 1 : 0),
                       .bytes = packet.ip.payload,
                       .realLength = packet.ip.realLength,
                       .urgentByte = {},
                       .fin = isFin,
                       .time = time};
    // RFC 6093, 3: the pointer names the byte behind the urgent one.
    if ((packet.flags & kTcpUrg) != 0 && packet.urgentPointer > 0)
      segment.urgentByte = segment.sequence + packet.urgentPointer - 1;
    stream.take(segment, side);
  }
  if ((packet.flags & kTcpAck) != 0)
    other.acknowledged(packet.acknowledgement, time, fromUs ? fromPeer_ : fromUs_);
}

void TcpSession::takeSyn(const TransportPacket& packet, bool fromUs, WallNanos time) {
  TcpStream& stream = fromUs ? ours_ : theirs_;
  TcpStream& other = fromUs ? theirs_ : ours_;
  if (!stream.hasBegun()) stream.begin(packet.sequence + 1);
  if ((packet.flags & kTcpAck) == 0) {
    if (synNumber_) return;
    synNumber_ = packet.sequence;
    synTime_ = time;
    return addEvent(RecordKind::connecting, Party::none, time);
  }
  if (!other.hasBegun()) other.begin(packet.acknowledgement);
  if (connected_) return;
  connected_ = true;
  const bool isTimed = synNumber_ && time > synTime_;
  addEvent(RecordKind::connected, Party::none, time,
           isTimed ? static_cast<std::uint64_t>(time - synTime_) : 0);
}

void TcpSession::takeReset(bool fromUs, WallNanos time) {
  if (reset_ || ends_ == 2) return;
  giveUpGaps();
  reset_ = true;
  if (fromUs || connected_ || !synNumber_)
    return addEvent(RecordKind::reset, fromUs ? Party::us : Party::peer, time);
  rows_.addEvent(
      record(RecordKind::error, time), flow_,
      {.text = {}, .error = Error::fromErrno(Operation::connect, ECONNREFUSED, flow_->peer.text())});
}

void TcpSession::giveUpGaps() {
  while (ours_.hasGap()) ours_.giveUpGap(fromUs_);
  while (theirs_.hasGap()) theirs_.giveUpGap(fromPeer_);
}

void TcpSession::finish() {
  ours_.finish(fromUs_);
  theirs_.finish(fromPeer_);
}

}  // namespace sockbench
