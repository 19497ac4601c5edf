#include "core/payload/message/insertions.h"

#include <algorithm>
#include <compare>
#include <vector>

#include "core/base/nearest_name.h"
#include "core/payload/hex.h"
#include "core/payload/message/digits.h"

namespace sockbench {
namespace {

constexpr unsigned kMostLengthBytes = 8;

// A place with its bytes counted from the beginning; at the same byte, what is counted from the end is
// behind.
struct Position {
  std::size_t offset = 0;
  bool fromEnd = false;
  auto operator<=>(const Position&) const = default;
};

struct Put {
  Position at;
  ExpandedMessage::Part part;
  std::size_t index;  // of its insertion
  Bytes bytes;
};

std::string subjectOf(const Insertion& insertion) {
  if (insertion.what == Insertion::What::length) return "length";
  return insertion.checksum.empty() ? "CRC" : insertion.checksum;
}

std::unexpected<Error> fault(InputFault kind, const Insertion& insertion, std::string detail) {
  return std::unexpected(Error::fromInput(kind, subjectOf(insertion), std::nullopt, std::move(detail)));
}

std::string upperHex(ByteView bytes) {
  std::string text = toHex(bytes);
  for (char& c : text) {
    if (c >= 'a') c = static_cast<char>(c - ('a' - 'A'));
  }
  return text;
}

std::size_t mostDigits(unsigned bits) {
  const std::uint64_t most = bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  return std::to_string(most).size();
}

std::uint64_t numberOf(ByteView bigEndian) {
  std::uint64_t value = 0;
  for (const std::byte byte : bigEndian) value = value << 8 | std::to_integer<std::uint64_t>(byte);
  return value;
}

// `bytes` with the most significant first.
Bytes written(Bytes bytes, const Insertion& insertion, std::size_t digits) {
  if (insertion.form == NumberForm::decimalText) return toBytes(decimalDigits(numberOf(bytes), digits));
  if (insertion.order == NumberOrder::little) std::ranges::reverse(bytes);
  return insertion.form == NumberForm::hexText ? toBytes(upperHex(bytes)) : bytes;
}

Result<unsigned> checksumBits(const Insertion& insertion) {
  if (insertion.checksum.empty()) {
    const auto made = makeCrc(insertion.crc);
    return made ? Result<unsigned>(insertion.crc.width) : std::unexpected(made.error());
  }
  if (const ChecksumInfo* info = findChecksum(insertion.checksum)) return info->bits;
  std::vector<std::string_view> names;
  for (const ChecksumInfo& info : checksums()) {
    names.push_back(info.name);
    names.insert(names.end(), info.aliases.begin(), info.aliases.end());
  }
  return fault(InputFault::unknownName, insertion,
               "there is no checksum of this name" + didYouMean(insertion.checksum, names));
}

Result<void> check(const Insertion& insertion) {
  if (insertion.what == Insertion::What::length) {
    if (insertion.size < 1 || insertion.size > kMostLengthBytes)
      return fault(InputFault::badSyntax, insertion, "the size of a length is 1 to 8 bytes");
    return {};
  }
  const Result<unsigned> bits = checksumBits(insertion);
  if (!bits) return std::unexpected(bits.error());
  if (insertion.form == NumberForm::decimalText && *bits > 64)
    return fault(InputFault::badSyntax, insertion,
                 "a checksum of more than 64 bits is not written in decimal");
  return {};
}

class Inserter {
 public:
  explicit Inserter(ExpandedMessage& message) : message_(message) {}

  Result<void> make(const Insertion& insertion, std::size_t index) {
    const Result<Position> at = position(insertion.at, insertion);
    const Result<Position> from = position(insertion.from, insertion);
    const Result<Position> to = position(insertion.to, insertion);
    for (const auto* place : {&at, &from, &to}) {
      if (!*place) return std::unexpected(place->error());
    }
    if (from->offset > to->offset)
      return fault(InputFault::badSyntax, insertion, "what it covers ends before it begins");
    const bool isLength = insertion.what == Insertion::What::length;
    Result<Bytes> bytes = isLength ? length(insertion, *from, *to) : checksum(insertion, *from, *to);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    const auto place = insertion.inFront ? std::ranges::lower_bound(puts_, *at, {}, &Put::at)
                                         : std::ranges::upper_bound(puts_, *at, {}, &Put::at);
    using Part = ExpandedMessage::Part;
    puts_.insert(place, {*at, isLength ? Part::length : Part::checksum, index, *std::move(bytes)});
    return {};
  }

  void putTogether() {
    if (puts_.empty()) return;
    Bytes whole;
    std::size_t total = message_.bytes.size();
    for (const Put& put : puts_) total += put.bytes.size();
    whole.reserve(total);
    std::vector<ExpandedMessage::Span> spans = shiftedSpans();
    std::size_t own = 0;
    for (const Put& put : puts_) {
      append(whole, own, put.at.offset);
      own = put.at.offset;
      if (!put.bytes.empty())
        spans.push_back(
            {.offset = whole.size(), .length = put.bytes.size(), .part = put.part, .insertion = put.index});
      whole.insert(whole.end(), put.bytes.begin(), put.bytes.end());
    }
    append(whole, own, message_.bytes.size());
    std::ranges::sort(spans, {}, &ExpandedMessage::Span::offset);
    message_ = {std::move(whole), std::move(spans)};
  }

 private:
  Result<Position> position(MessagePlace place, const Insertion& insertion) const {
    const std::size_t size = message_.bytes.size();
    if (place.bytes > size)
      return fault(InputFault::badSyntax, insertion,
                   std::to_string(place.bytes) + " bytes from the " + (place.fromEnd ? "end" : "beginning") +
                       " lie outside the message, which has " + std::to_string(size));
    return Position{place.fromEnd ? size - place.bytes : place.bytes, place.fromEnd};
  }

  // Gives `take` what is covered, piece by piece.
  template <class Take>
  void covered(Position from, Position to, Take&& take) const {
    const ByteView own = message_.bytes;
    std::size_t at = from.offset;
    for (const Put& put : puts_) {
      if (put.at < from || put.at > to) continue;
      take(own.subspan(at, put.at.offset - at));
      take(ByteView(put.bytes));
      at = put.at.offset;
    }
    take(own.subspan(at, to.offset - at));
  }

  Result<Bytes> length(const Insertion& insertion, Position from, Position to) const {
    std::int64_t count = 0;
    covered(from, to, [&](ByteView piece) { count += static_cast<std::int64_t>(piece.size()); });
    std::int64_t value = 0;
    if (__builtin_add_overflow(count, insertion.add, &value) || value < 0)
      return fault(InputFault::badSyntax, insertion,
                   std::to_string(count) + " bytes and " + std::to_string(insertion.add) + " make no length");
    const auto number = static_cast<std::uint64_t>(value);
    if (insertion.form == NumberForm::decimalText) return toBytes(decimalDigits(number, insertion.size));
    if (insertion.size < sizeof(number) && number >> (8 * insertion.size) != 0)
      return fault(InputFault::badSyntax, insertion,
                   "a length of " + std::to_string(number) + " does not fit " +
                       std::to_string(insertion.size) + (insertion.size == 1 ? " byte" : " bytes"));
    Bytes bytes(insertion.size);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[bytes.size() - 1 - i] = static_cast<std::byte>(number >> (8 * i) & 0xFF);
    return written(std::move(bytes), insertion, 0);
  }

  Result<Bytes> checksum(const Insertion& insertion, Position from, Position to) const {
    const ChecksumInfo* info = insertion.checksum.empty() ? nullptr : findChecksum(insertion.checksum);
    auto sum =
        info != nullptr ? Result<std::unique_ptr<Checksum>>(makeChecksum(*info)) : makeCrc(insertion.crc);
    if (!sum) return std::unexpected(std::move(sum.error()));
    covered(from, to, [&](ByteView piece) { (*sum)->update(piece); });
    Bytes bytes = (*sum)->value();
    if (bytes.empty())
      return fault(InputFault::badSyntax, insertion, "this machine's libcrypto does not do this digest");
    const unsigned bits = info != nullptr ? info->bits : insertion.crc.width;
    return written(std::move(bytes), insertion, mostDigits(bits));
  }

  std::vector<ExpandedMessage::Span> shiftedSpans() const {
    std::vector<ExpandedMessage::Span> shifted;
    for (const ExpandedMessage::Span& span : message_.spans) {
      std::size_t begin = span.offset;
      const std::size_t end = span.offset + span.length;
      std::size_t before = 0;  // bytes that were put in before `begin`
      const auto add = [&](std::size_t to) {
        ExpandedMessage::Span part = span;
        part.offset = begin + before;
        part.length = to - begin;
        if (part.length > 0) shifted.push_back(part);
        begin = to;
      };
      for (const Put& put : puts_) {
        if (put.at.offset >= end) break;
        if (put.at.offset > begin) add(put.at.offset);
        before += put.bytes.size();
      }
      add(end);
    }
    return shifted;
  }

  void append(Bytes& whole, std::size_t from, std::size_t to) const {
    const ByteView own = ByteView(message_.bytes).subspan(from, to - from);
    whole.insert(whole.end(), own.begin(), own.end());
  }

  ExpandedMessage& message_;
  std::vector<Put> puts_;  // in the order in which they stand
};

}  // namespace

Result<void> checkInsertions(std::span<const Insertion> insertions) {
  if (insertions.size() > kMostInsertions)
    return std::unexpected(Error::fromInput(
        InputFault::tooLarge, "insertions", std::nullopt,
        "a message has at most " + std::to_string(kMostInsertions) + " lengths and checksums"));
  for (const Insertion& insertion : insertions) {
    if (const auto checked = check(insertion); !checked) return checked;
  }
  return {};
}

Result<void> makeInsertions(std::span<const Insertion> insertions, ExpandedMessage& message) {
  Inserter inserter(message);
  for (std::size_t i = 0; i < insertions.size(); ++i) {
    if (const auto made = inserter.make(insertions[i], i); !made) return made;
  }
  inserter.putTogether();
  return {};
}

}  // namespace sockbench
