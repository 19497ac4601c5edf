#include "core/payload/message/insertion_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/payload/message/digits.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kCrcOpening = "crc(";
constexpr MessagePlace kBeginning{0, false};
constexpr MessagePlace kEnd{0, true};

template <class Number>
std::optional<Number> numberOf(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
    if (text.starts_with('-')) return std::nullopt;
  }
  Number value = 0;
  const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (code != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<bool> truthOf(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

std::optional<CrcParameters> crcOf(std::string_view text) {
  if (!text.starts_with(kCrcOpening) || !text.ends_with(')')) return std::nullopt;
  text.remove_prefix(kCrcOpening.size());
  text.remove_suffix(1);
  std::array<std::string_view, 6> parts;
  for (std::string_view& part : parts) {
    const std::size_t comma = &part == &parts.back() ? text.size() : text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  const auto width = numberOf<unsigned>(parts[0]);
  const auto poly = numberOf<std::uint64_t>(parts[1]);
  const auto init = numberOf<std::uint64_t>(parts[2]);
  const auto refin = truthOf(parts[3]);
  const auto refout = truthOf(parts[4]);
  const auto xorout = numberOf<std::uint64_t>(parts[5]);
  if (!width || !poly || !init || !refin || !refout || !xorout) return std::nullopt;
  return CrcParameters{*width, *poly, *init, *refin, *refout, *xorout};
}

std::string crcText(const CrcParameters& crc) {
  const auto word = [](bool truth) { return truth ? ",true" : ",false"; };
  return std::string(kCrcOpening) + std::to_string(crc.width) + ",0x" + hexDigits(crc.poly) + ",0x" +
         hexDigits(crc.init) + word(crc.refin) + word(crc.refout) + ",0x" + hexDigits(crc.xorout) + ")";
}

class InsertionReader {
 public:
  InsertionReader(std::string_view text, Insertion::What what) : text_(text) {
    read_.what = what;
    read_.at = what == Insertion::What::length ? kBeginning : kEnd;
  }

  Result<Insertion> read() {
    const TextSpan head = part();
    if (const auto taken = takeHead(head); !taken) return std::unexpected(taken.error());
    while (at_ < text_.size()) {
      const bool isPlace = text_[at_++] == '@';
      const TextSpan span = part();
      const auto taken = isPlace ? takePlace(span) : takeOption(span);
      if (!taken) return std::unexpected(taken.error());
    }
    return read_;
  }

 private:
  TextSpan part() {
    const std::size_t start = at_;
    at_ = std::min(text_.find_first_of("@:", at_), text_.size());
    return {start, at_ - start};
  }

  std::string_view textOf(TextSpan span) const { return text_.substr(span.offset, span.length); }

  std::unexpected<Error> fault(TextSpan where, std::string detail) const {
    return std::unexpected(
        Error::fromInput(InputFault::badSyntax, std::string(text_), where, std::move(detail)));
  }

  std::string quoted(TextSpan span) const { return "\"" + previewText(asBytes(textOf(span)), 40) + "\""; }

  Result<void> takeHead(TextSpan span) {
    const std::string_view head = textOf(span);
    if (read_.what == Insertion::What::length) {
      const auto size = numberOf<unsigned>(head);
      if (!size) return fault(span, "a length begins with its size in bytes, not " + quoted(span));
      read_.size = *size;
    } else if (head.starts_with(kCrcOpening)) {
      const auto crc = crcOf(head);
      if (!crc) return fault(span, "a CRC is written crc(WIDTH,POLY,INIT,REFIN,REFOUT,XOROUT)");
      read_.crc = *crc;
    } else if (head.empty()) {
      return fault(span, "the checksum's name is missing");
    } else {
      read_.checksum = head;
    }
    return {};
  }

  Result<void> takePlace(TextSpan span) {
    const auto place = placeAt(span);
    if (!place) return std::unexpected(place.error());
    read_.at = *place;
    return {};
  }

  Result<MessagePlace> placeAt(TextSpan span) const {
    auto place = readMessagePlace(textOf(span));
    if (!place) return fault(span, place.error().detail);
    return place;
  }

  Result<void> takeOption(TextSpan span) {
    const std::string_view option = textOf(span);
    if (option == "big" || option == "little") {
      read_.order = option == "big" ? NumberOrder::big : NumberOrder::little;
    } else if (option == "hex" || option == "decimal") {
      read_.form = option == "hex" ? NumberForm::hexText : NumberForm::decimalText;
    } else if (option == "front") {
      read_.inFront = true;
    } else if (option.contains("..")) {
      return takeRange(span);
    } else if (option.starts_with("add=") && read_.what == Insertion::What::length) {
      const auto add = numberOf<std::int64_t>(option.substr(4));
      if (!add) return fault(span, "add= takes a whole number");
      read_.add = *add;
    } else {
      return fault(span, quoted(span) + " is none of FROM..TO, big, little, hex, decimal, front" +
                             (read_.what == Insertion::What::length ? ", add=N" : ""));
    }
    return {};
  }

  Result<void> takeRange(TextSpan span) {
    const std::size_t dots = textOf(span).find("..");
    const auto from = placeAt({span.offset, dots});
    if (!from) return std::unexpected(from.error());
    const auto to = placeAt({span.offset + dots + 2, span.length - dots - 2});
    if (!to) return std::unexpected(to.error());
    read_.from = *from;
    read_.to = *to;
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Insertion read_;
};

}  // namespace

Result<MessagePlace> readMessagePlace(std::string_view text) {
  constexpr std::string_view kEndWord = "end";
  if (text == kEndWord) return kEnd;
  const bool fromEnd = text.starts_with("end-");
  const auto bytes = numberOf<std::size_t>(fromEnd ? text.substr(kEndWord.size() + 1) : text);
  if (bytes) return MessagePlace{*bytes, fromEnd};
  return std::unexpected(
      Error::fromInput(InputFault::badSyntax, std::string(text), TextSpan{0, text.size()},
                       "a place is a number of bytes from the beginning, \"end\", or \"end-N\""));
}

std::string messagePlaceText(MessagePlace place) {
  if (!place.fromEnd) return std::to_string(place.bytes);
  return place.bytes == 0 ? "end" : "end-" + std::to_string(place.bytes);
}

Result<Insertion> readLengthInsertion(std::string_view text) {
  return InsertionReader(text, Insertion::What::length).read();
}

Result<Insertion> readChecksumInsertion(std::string_view text) {
  return InsertionReader(text, Insertion::What::checksum).read();
}

std::string insertionText(const Insertion& insertion) {
  const bool isLength = insertion.what == Insertion::What::length;
  std::string text = isLength                     ? std::to_string(insertion.size)
                     : insertion.checksum.empty() ? crcText(insertion.crc)
                                                  : insertion.checksum;
  if (insertion.at != (isLength ? kBeginning : kEnd)) text += "@" + messagePlaceText(insertion.at);
  if (insertion.from != kBeginning || insertion.to != kEnd)
    text += ":" + messagePlaceText(insertion.from) + ".." + messagePlaceText(insertion.to);
  if (insertion.order == NumberOrder::little) text += ":little";
  if (insertion.form != NumberForm::bytes) text += ":" + std::string(numberFormName(insertion.form));
  if (insertion.inFront) text += ":front";
  if (isLength && insertion.add != 0) text += ":add=" + std::to_string(insertion.add);
  return text;
}

std::string_view numberFormName(NumberForm form) {
  static constexpr std::array kNames{"bytes"sv, "hex"sv, "decimal"sv};
  return kNames.at(static_cast<std::size_t>(form));
}

}  // namespace sockbench
