#include "core/resolve/dns/message.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/resolve/dns/ldns_header.h"
#include "core/resolve/dns/question_name.h"
#include "core/resolve/dns/rdata_text.h"
#include "core/resolve/dns/wire.h"

namespace sockbench::dns {

namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kQuestionTail = 4;  // type, class
constexpr std::size_t kRecordTail = 10;   // type, class, ttl, length
constexpr std::uint16_t kInternet = 1;
constexpr std::uint16_t kOpt = 41;

constexpr std::uint16_t kResponse = 0x8000;
constexpr std::uint16_t kTruncated = 0x0200;
constexpr std::uint16_t kRecursionDesired = 0x0100;
constexpr std::uint16_t kAuthentic = 0x0020;  // in a question: "tell me" (RFC 6840, section 5.7)

struct Flag {
  std::uint16_t bit;
  std::string_view name;
};
constexpr std::array kFlags{Flag{0x0400, "AA"}, Flag{kTruncated, "TC"}, Flag{kRecursionDesired, "RD"},
                            Flag{0x0080, "RA"}, Flag{kAuthentic, "AD"}, Flag{0x0010, "CD"}};
constexpr std::array<std::string_view, 3> kSectionNames{"answer", "authority", "additional"};

// A place in a message that moves on as things are read from it.
class Reader {
 public:
  explicit Reader(ByteView message) : message_(message) {}

  std::size_t at() const { return at_; }
  std::size_t left() const { return message_.size() - at_; }
  void skip(std::size_t bytes) { at_ += bytes; }
  std::uint16_t peek16(std::size_t ahead) const { return read16(message_, at_ + ahead); }
  std::uint32_t peek32(std::size_t ahead) const { return read32(message_, at_ + ahead); }

  // A name, uncompressed; nullopt: it is longer than names may be, or leads out of the message or round in
  // it.
  std::optional<Bytes> name() {
    ldns_rdf* raw = nullptr;
    std::size_t end = at_;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(message_.data());
    const ldns_status status = ldns_wire2dname(&raw, bytes, message_.size(), &end);
    const std::unique_ptr<ldns_rdf, decltype(&ldns_rdf_deep_free)> field(raw, &ldns_rdf_deep_free);
    if (status != LDNS_STATUS_OK || end > message_.size()) return std::nullopt;
    at_ = end;
    const ByteView name = std::as_bytes(std::span(ldns_rdf_data(raw), ldns_rdf_size(raw)));
    return Bytes(name.begin(), name.end());
  }

 private:
  ByteView message_;
  std::size_t at_ = kHeader;
};

// Lengths of labels are no letters: the whole can be compared at once.
bool sameName(const Bytes& a, const Bytes& b) {
  return std::ranges::equal(a, b, [](std::byte x, std::byte y) {
    return std::tolower(std::to_integer<int>(x)) == std::tolower(std::to_integer<int>(y));
  });
}

std::string place(std::size_t record, std::size_t section) {
  return "record " + std::to_string(record + 1) + " of the " + std::string(kSectionNames[section]) +
         " section";
}

// The record that begins at the reader's place; an OPT of the additional section goes to the message itself.
std::expected<void, std::string> readRecord(ByteView bytes, Reader& reader, std::size_t section,
                                            Message& message) {
  const std::string where = place(message.sections[section].size(), section);
  if (reader.left() == 0) return std::unexpected("the message ends before " + where);
  const auto name = reader.name();
  if (!name) return std::unexpected(where + " has a name that cannot be read");
  if (reader.left() < kRecordTail || reader.left() < kRecordTail + reader.peek16(8)) {
    return std::unexpected("the message ends in " + where);
  }
  const std::uint16_t type = reader.peek16(0);
  const std::uint32_t ttl = reader.peek32(4);
  const std::size_t length = reader.peek16(8);
  const std::uint16_t klass = reader.peek16(2);
  reader.skip(kRecordTail);
  if (type == kOpt && section == 2 && !message.hasEdns) {
    message.hasEdns = true;
    message.rcode |= static_cast<int>(ttl >> 24) << 4;
  } else {
    message.sections[section].push_back({.name = nameText(*name),
                                         .type = type,
                                         .klass = klass,
                                         .ttl = ttl,
                                         .data = rdataText(type, bytes, reader.at(), length)});
  }
  reader.skip(length);
  return {};
}

Message readHeader(ByteView bytes) {
  const std::uint16_t bits = read16(bytes, 2);
  Message message;
  message.id = read16(bytes, 0);
  message.isResponse = (bits & kResponse) != 0;
  message.opcode = bits >> 11 & 15;
  message.truncated = (bits & kTruncated) != 0;
  message.rcode = bits & 15;
  for (const Flag& flag : kFlags) {
    if ((bits & flag.bit) != 0) message.flags.emplace_back(flag.name);
  }
  return message;
}

}  // namespace

Bytes Question::message() const {
  Bytes bytes;
  append16(bytes, id);
  append16(bytes, kAuthentic | (recursionDesired ? kRecursionDesired : 0));
  append16(bytes, 1);
  append16(bytes, 0);
  append16(bytes, 0);
  append16(bytes, udpPayload > 0 ? 1 : 0);
  bytes.insert(bytes.end(), name.begin(), name.end());
  append16(bytes, type);
  append16(bytes, kInternet);
  if (udpPayload == 0) return bytes;
  bytes.push_back(std::byte{0});  // the root's name
  append16(bytes, kOpt);
  append16(bytes, udpPayload);
  for (int i = 0; i < 3; ++i) append16(bytes, 0);  // version 0, no flags, no options
  return bytes;
}

Fit fitOf(ByteView message, const Question& question) {
  if (message.size() < kHeader) return Fit::notDns;
  if (read16(message, 0) != question.id) return Fit::otherId;
  const std::uint16_t questions = read16(message, 4);
  const bool refused = (read16(message, 2) & 15) != 0;
  if (questions == 0 && refused) return Fit::fits;
  if (questions != 1) return Fit::otherQuestion;
  Reader reader(message);
  const auto name = reader.name();
  if (!name || reader.left() < kQuestionTail) return Fit::notDns;
  const bool same =
      sameName(*name, question.name) && reader.peek16(0) == question.type && reader.peek16(2) == kInternet;
  return same ? Fit::fits : Fit::otherQuestion;
}

bool saysTruncated(ByteView message) {
  return (read16(message, 2) & kTruncated) != 0;
}

std::expected<Message, std::string> readMessage(ByteView bytes) {
  if (bytes.size() < kHeader) {
    return std::unexpected("a message has at least 12 bytes, this one " + std::to_string(bytes.size()));
  }
  Message message = readHeader(bytes);
  Reader reader(bytes);
  for (int left = read16(bytes, 4); left > 0; --left) {
    if (!reader.name()) return std::unexpected("its question has a name that cannot be read");
    if (reader.left() < kQuestionTail) return std::unexpected("the message ends in its question");
    reader.skip(kQuestionTail);
  }
  for (std::size_t section = 0; section < message.sections.size(); ++section) {
    for (int left = read16(bytes, 6 + 2 * section); left > 0; --left) {
      if (const auto read = readRecord(bytes, reader, section, message); !read)
        return std::unexpected(read.error());
    }
  }
  if (reader.left() > 0) {
    return std::unexpected("its header counts fewer records than there are: " +
                           std::to_string(reader.left()) + " bytes follow the last one");
  }
  return message;
}

}  // namespace sockbench::dns
