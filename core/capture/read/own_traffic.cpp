#include "core/capture/read/own_traffic.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "core/capture/pcapng_format.h"
#include "core/capture/read/byte_order.h"
#include "core/capture/read/packet_decoder.h"

namespace sockbench {
namespace {

// What a record in many packets may have; no row of ours is larger.
constexpr std::size_t kMostRecord = std::size_t{64} << 20;

// Notes of one file. They are in no budget, and a file may have one of 4 KiB beside each row.
constexpr std::size_t kMostNotes = 100'000;
constexpr std::size_t kMostNoteBytes = std::size_t{64} << 20;

// Flow::otherTransport points at text that stays for ever. Whoever writes many such words is no Sockbench.
std::string_view lasting(const std::string& text) {
  constexpr std::size_t kMostWords = 64;
  constexpr std::size_t kMostLength = 32;
  static std::mutex mutex;
  static std::set<std::string> words;
  if (text.empty()) return {};
  const std::scoped_lock lock(mutex);
  if (const auto known = words.find(text); known != words.end()) return *known;
  if (words.size() == kMostWords || text.size() > kMostLength) return "other";
  return *words.insert(text).first;
}

// What follows an exported PDU's tags.
std::optional<ByteView> exportedPayload(ByteView bytes) {
  for (std::size_t at = 0; at + 4 <= bytes.size();) {
    const auto tag = networkNumberAt<std::uint16_t>(bytes, at);
    const std::size_t length = networkNumberAt<std::uint16_t>(bytes, at + 2);
    at += 4 + ((length + 3) & ~std::size_t{3});
    if (at > bytes.size()) return std::nullopt;
    if (tag == pcapng::kTagEnd) return bytes.subspan(at);
  }
  return std::nullopt;
}

PacketEnd mappedIntoIpv6(const PacketEnd& end) {
  PacketEnd mapped;
  mapped.port = end.port;
  mapped.address[10] = mapped.address[11] = std::byte{0xFF};
  std::copy_n(end.address.begin(), 4, mapped.address.begin() + 12);
  return mapped;
}

bool carriesBytes(const OwnComment& comment) {
  return comment.kind == RecordKind::in || comment.kind == RecordKind::out;
}

}  // namespace

struct OwnTraffic::Content {
  ByteView payload;
  std::optional<TransportPacket> ip;  // nullopt: an exported PDU

  static std::optional<Content> of(const CapturedPacket& packet) {
    if (packet.linkType == pcapng::kLinkUpperPdu) {
      const std::optional<ByteView> payload = exportedPayload(packet.bytes);
      return payload ? std::optional<Content>({*payload, {}}) : std::nullopt;
    }
    IpPacket ip;
    TransportPacket transport;
    if (!decodeFrame(packet.linkType, packet.bytes, packet.realLength, ip) || !decodeTransport(ip, transport))
      return std::nullopt;
    return Content{transport.ip.payload, transport};
  }
};

OwnTraffic::Taken OwnTraffic::take(const CapturedPacket& packet) {
  const auto ours = std::find_if(packet.comments.rbegin(), packet.comments.rend(), &isOwnComment);
  if (ours == packet.comments.rend()) return Taken::notOurs;
  const std::optional<OwnComment> comment = parseOwnComment(*ours);
  if (!comment) return Taken::damaged;
  any_ = true;
  if (!comment->kind) return Taken::ours;
  return takeRecord(*comment, packet) ? Taken::ours : Taken::damaged;
}

bool OwnTraffic::takeRecord(const OwnComment& comment, const CapturedPacket& packet) {
  const std::optional<Content> content = Content::of(packet);
  if (!content) return false;
  const FlowPtr flow = flowOf(comment, packet, *content);
  if (!flow) return false;
  Record record;
  record.time = packet.time;
  record.kind = *comment.kind;
  record.session = flow->session;
  record.direction = comment.direction;
  record.by = comment.by;
  record.flags = comment.flags;
  record.value = comment.value;
  if (partial_ && comment.part == 1) finish();
  if (!carriesBytes(comment)) {
    if (comment.part != comment.parts) return true;
    addNotes(comment);
    rows_.addEvent(record, flow, comment.detail);
  } else if (comment.parts > 1) {
    addPart(record, flow, comment, content->payload);
  } else {
    addNotes(comment);
    rows_.addBytes(record, flow, content->payload);
  }
  return true;
}

// A part that is missing ends the record: what follows it would stand in the wrong place.
void OwnTraffic::addPart(const Record& record, const FlowPtr& flow, const OwnComment& comment,
                         ByteView payload) {
  const bool continues = partial_ && partial_->next == comment.part && partial_->flow == flow &&
                         partial_->bytes.size() <= kMostRecord;
  if (!continues) {
    finish();
    addNotes(comment);
    partial_ = Partial{record, flow, 0, {}};
  }
  partial_->bytes.insert(partial_->bytes.end(), payload.begin(), payload.end());
  partial_->next = comment.part + 1;
  if (comment.part != comment.parts) return;
  rows_.addBytes(partial_->record, partial_->flow, partial_->bytes);
  partial_.reset();
}

void OwnTraffic::finish() {
  if (!partial_) return;
  partial_->record.flags |= kRecordTruncated;
  rows_.addBytes(partial_->record, partial_->flow, partial_->bytes);
  partial_.reset();
}

// Before the row is added, whose number is the next one.
void OwnTraffic::addNotes(const OwnComment& comment) {
  if (!comment.mark && comment.note.empty()) return;
  // One byte more than is kept, so that RowNotes sees where a character ends; no longer text stays allocated.
  std::string note = comment.note.substr(0, RowNotes::kMostComment + 1);
  if (notes_ >= kMostNotes || noteBytes_ + note.size() > kMostNoteBytes) return;
  ++notes_;
  noteBytes_ += note.size();
  if (comment.mark) rows_.notes().setMarked(rows_.rows(), true);
  if (!note.empty()) rows_.notes().setComment(rows_.rows(), std::move(note));
}

// nullptr: neither the comment nor the packet tells the ends.
FlowPtr OwnTraffic::flowOf(const OwnComment& comment, const CapturedPacket& packet, const Content& content) {
  Flow flow;
  flow.session = rows_.sessionTold(packet.section, comment.session);
  flow.parent = rows_.sessionTold(packet.section, comment.parent);
  flow.otherTransport = lasting(comment.otherTransport);
  flow.interface = comment.interface;
  if (content.ip) {
    const IpPacket& ip = content.ip->ip;
    const bool isOutbound = (packet.flags & 3U) == pcapng::kOutbound;
    const PacketEnd& local = isOutbound ? ip.from : ip.to;
    const PacketEnd& peer = isOutbound ? ip.to : ip.from;
    const bool isMapped = comment.mapped && !ip.isIpv6;
    const bool isIpv6 = ip.isIpv6 || isMapped;
    flow.local = socketAddress(isMapped ? mappedIntoIpv6(local) : local, isIpv6);
    flow.peer = socketAddress(isMapped ? mappedIntoIpv6(peer) : peer, isIpv6);
    flow.transport = ip.protocol == kProtocolTcp ? Transport::tcp : Transport::udp;
  } else if (!comment.transport || !comment.local || !comment.remote) {
    return nullptr;
  }
  if (comment.transport) flow.transport = *comment.transport;
  if (comment.local) flow.local = *comment.local;
  if (comment.remote) flow.peer = *comment.remote;
  FlowPtr& newest = flows_[flow.session.value];
  const bool isSame = newest && newest->parent == flow.parent && newest->transport == flow.transport &&
                      newest->otherTransport == flow.otherTransport && newest->local == flow.local &&
                      newest->peer == flow.peer && newest->interface == flow.interface;
  if (!isSame) newest = std::make_shared<Flow>(flow);
  return newest;
}

}  // namespace sockbench
