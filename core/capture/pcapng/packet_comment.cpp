#include "core/capture/pcapng/packet_comment.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/capture/pcapng_format.h"
#include "core/payload/hex.h"
#include "core/payload/visible_text.h"
#include "core/traffic/event_detail.h"

namespace sockbench::pcapng {
namespace {

constexpr std::size_t kMostWords = 400;  // characters of what an event has to say
constexpr std::string_view kPlain =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:,;()[]@+*";

constexpr std::array<bool, 256> kIsPlain = [] {
  std::array<bool, 256> plain{};
  for (const char c : kPlain) plain[static_cast<unsigned char>(c)] = true;
  return plain;
}();

void key(std::string& out, std::string_view name) {
  out += ' ';
  out += name;
  out += '=';
}

template <class T>
void number(std::string& out, std::string_view name, T value) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  key(out, name);
  out.append(digits.data(), end);
}

void word(std::string& out, std::string_view name, std::string_view value) {
  key(out, name);
  out += value;
}

void escape(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kIsPlain[byte]) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 0xF];
    }
  }
}

// Writes the texts of one comment, and knows whether one was cut.
class Texts {
 public:
  explicit Texts(std::string& out) : out_(out) {}
  void add(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    key(out_, name);
    escape(out_, text.substr(0, kMostText));
    cut_ = cut_ || text.size() > kMostText;
  }
  bool wasCut() const { return cut_; }

 private:
  std::string& out_;
  bool cut_ = false;
};

void appendAddress(std::string& out, std::string_view name, const SocketAddress& address) {
  key(out, name);
  if (address.empty()) {
    out += "none";
    return;
  }
  const std::string path = address.unixPath();
  const Result<SocketAddress> again = SocketAddress::fromUnixPath(path);
  if (address.isUnix() && again && again->length() == address.length()) {
    out += "unix:";
    escape(out, path);
    return;
  }
  out += "raw:";
  out += toHex(
      std::as_bytes(std::span(reinterpret_cast<const char*>(address.data()), std::size_t{address.length()})));
}

void appendError(std::string& out, Texts& texts, const Error& error) {
  if (error.op != Operation::none) word(out, "eo", operationName(error.op));
  word(out, "ed", errorDomainName(error.domain));
  number(out, "ec", error.code);
  texts.add("es", error.subject);
  if (error.bytesDone != 0) number(out, "eb", error.bytesDone);
  if (error.where) {
    number(out, "ew", error.where->offset);
    out += ':' + std::to_string(error.where->length);
  }
  texts.add("et", error.detail);
}

void appendDetail(std::string& out, ByteView payload) {
  const EventDetail detail = decodeEventDetail(payload);
  Texts texts(out);
  texts.add("t", detail.text);
  texts.add("o", detail.offender);
  if (detail.error) appendError(out, texts, *detail.error);
  if (texts.wasCut()) word(out, "cut", "1");
}

bool carriesBytes(const Record& record) {
  return record.kind == RecordKind::in || record.kind == RecordKind::out;
}

Direction naturalDirection(RecordKind kind) {
  if (kind == RecordKind::in) return Direction::in;
  return kind == RecordKind::out ? Direction::out : Direction::none;
}

void appendFlow(std::string& out, const Flow& flow, const PacketAddresses& addresses) {
  if (flow.parent) number(out, "p", flow.parent.value);
  if (!addresses.held) {
    word(out, "tr", transportName(flow.transport));
    appendAddress(out, "l", flow.local);
    appendAddress(out, "r", flow.peer);
  }
  if (addresses.mapped) word(out, "m", "1");
  if (!flow.otherTransport.empty()) {
    key(out, "ot");
    escape(out, flow.otherTransport);
  }
  if (flow.interface != 0) number(out, "i", flow.interface);
}

void appendNote(std::string& out, const RowNotes::Note& note) {
  if (note.marked) word(out, "mark", "1");
  if (note.comment.empty()) return;
  key(out, "note");
  escape(out, note.comment);
}

void appendMachinePart(std::string& out, const CommentedRow& row, const PacketAddresses& addresses,
                       std::uint32_t part, std::uint32_t parts) {
  const Record& record = row.record;
  out += kMachinePart;
  word(out, "k", recordKindName(record.kind));
  if (record.session) number(out, "s", record.session.value);
  if (row.flow != nullptr) appendFlow(out, *row.flow, addresses);
  if (record.direction != naturalDirection(record.kind)) word(out, "d", directionName(record.direction));
  if (record.by != Party::none) word(out, "by", partyName(record.by));
  if (record.flags != 0) number(out, "f", record.flags);
  if (record.value != 0) number(out, "v", record.value);
  if (parts > 1) {
    number(out, "part", part);
    out += '/' + std::to_string(parts);
  }
  if (!carriesBytes(record)) appendDetail(out, row.payload);
  appendNote(out, row.note);
}

void appendEventWords(std::string& words, const CommentedRow& row) {
  if (row.record.by == Party::us) words += " by us";
  if (row.record.by == Party::peer) words += " by the peer";
  if (row.record.kind == RecordKind::dropped) words += ' ' + std::to_string(row.record.value) + " datagrams";
  const EventDetail detail = decodeEventDetail(row.payload);
  if (!detail.text.empty()) words += ": " + previewText(asBytes(detail.text), kMostWords);
  if (detail.error) words += ": " + previewText(asBytes(detail.error->line()), kMostWords);
  if (!detail.offender.empty()) words += ", says " + visibleText(detail.offender);
}

}  // namespace

std::string rowWords(const CommentedRow& row) {
  std::string words(recordKindName(row.record.kind));
  if (!carriesBytes(row.record)) {
    appendEventWords(words, row);
    return words;
  }
  words += ", " + std::to_string(row.payload.size()) + (row.payload.size() == 1 ? " byte" : " bytes");
  if ((row.record.flags & kRecordTruncated) != 0) words += " of " + std::to_string(row.record.value);
  if ((row.record.flags & kRecordUrgent) != 0) words += ", urgent";
  return words;
}

void appendRowComment(std::string& out, const CommentedRow& row, const PacketAddresses& addresses,
                      std::uint32_t part, std::uint32_t parts, std::string_view remark) {
  if (row.record.session) out += '#' + std::to_string(row.record.session.value) + ' ';
  out += rowWords(row);
  if (parts > 1) out += ", part " + std::to_string(part) + " of " + std::to_string(parts);
  if (!remark.empty()) {
    out += ' ';
    out += remark;
  }
  out += '\n';
  appendMachinePart(out, row, addresses, part, parts);
}

void appendFillerComment(std::string& out, SessionId session, std::string_view words) {
  if (session) out += '#' + std::to_string(session.value) + ' ';
  out += words;
  out += '\n';
  out += kMachinePart;
  if (session) number(out, "s", session.value);
}

}  // namespace sockbench::pcapng
