#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "core/payload/framing/framing.h"
#include "core/payload/hex.h"

namespace sockbench {
namespace {

constexpr std::array kKinds{FramingKind::perRead,      FramingKind::line,      FramingKind::delimiter,
                            FramingKind::lengthPrefix, FramingKind::fixedSize, FramingKind::idleGap,
                            FramingKind::cobs,         FramingKind::slip,      FramingKind::http1,
                            FramingKind::dnsTcp,       FramingKind::jsonLines, FramingKind::modbusTcp};

// The name, and the word that begins a spec's text.
struct KindName {
  std::string_view name;
  std::string_view word;
};
constexpr std::array<KindName, kKinds.size()> kNames{{{"per-read", "per-read"},
                                                      {"line", "line"},
                                                      {"delimiter", "delimiter"},
                                                      {"length-prefix", "length"},
                                                      {"fixed-size", "fixed"},
                                                      {"idle-gap", "gap"},
                                                      {"cobs", "cobs"},
                                                      {"slip", "slip"},
                                                      {"http", "http"},
                                                      {"dns-tcp", "dns-tcp"},
                                                      {"json-lines", "json-lines"},
                                                      {"modbus-tcp", "modbus-tcp"}}};

constexpr std::size_t kMostDelimiter = 256;
constexpr auto kMostAdjust = static_cast<std::int64_t>(Framer::kMostFrame);

const KindName& nameOf(FramingKind kind) {
  return kNames.at(static_cast<std::size_t>(kind));
}

struct GapUnit {
  std::string_view name;
  std::int64_t nanos;
};
constexpr std::array kGapUnits{GapUnit{"s", 1'000'000'000}, GapUnit{"ms", 1'000'000}, GapUnit{"us", 1'000},
                               GapUnit{"ns", 1}};

// Reads a spec's text part by part; a part ends at a colon.
class SpecReader {
 public:
  explicit SpecReader(std::string_view text) : text_(text) {}

  Result<FramingSpec> read() {
    const std::string_view word = next();
    const auto known =
        std::ranges::find_if(kNames, [&](const KindName& n) { return n.name == word || n.word == word; });
    if (known == kNames.end()) return wrong("no such framing");
    spec_.kind = kKinds.at(static_cast<std::size_t>(known - kNames.begin()));
    if (Result<void> done = readParameters(); !done) return std::unexpected(done.error());
    if (hasMore()) {
      part_ = {next_, text_.size() - next_};
      return wrong("nothing more is expected here");
    }
    return spec_;
  }

 private:
  Result<void> readParameters() {
    switch (spec_.kind) {
      case FramingKind::delimiter:
        return readDelimiter();
      case FramingKind::lengthPrefix:
        return hasMore() ? readLength() : Result<void>{};
      case FramingKind::fixedSize:
        return hasMore() ? readSize() : Result<void>{};
      case FramingKind::idleGap:
        return hasMore() ? readGap() : Result<void>{};
      default:
        return {};
    }
  }

  Result<void> readDelimiter() {
    if (!hasMore()) {
      part_ = {text_.size(), 0};
      return wrong("the bytes that end a frame are missing, as in delimiter:0d0a");
    }
    // Hexadecimal text may have colons of its own.
    const std::size_t begin = next_ + 1;
    part_ = {begin, text_.size() - begin};
    next_ = text_.size();
    Result<Bytes> bytes = parseHex(text_.substr(begin));
    if (!bytes) {
      const TextSpan inside = bytes.error().where.value_or(TextSpan{0, part_.length});
      part_ = {begin + inside.offset, inside.length};
      return wrong(bytes.error().message());
    }
    if (bytes->empty() || bytes->size() > kMostDelimiter) return wrong("a delimiter has 1 to 256 bytes");
    spec_.delimiter = std::move(*bytes);
    return {};
  }

  Result<void> readLength() {
    const std::optional<std::int64_t> bytes = number(next());
    if (!bytes || (*bytes != 1 && *bytes != 2 && *bytes != 4 && *bytes != 8))
      return wrong("a length has 1, 2, 4 or 8 bytes");
    spec_.lengthBytes = static_cast<unsigned>(*bytes);
    if (!hasMore()) return {};
    std::string_view part = next();
    if (part == "le" || part == "be") {
      spec_.littleEndian = part == "le";
      if (!hasMore()) return {};
      part = next();
    }
    const std::optional<std::int64_t> adjust = number(part);
    if (!adjust || *adjust < -kMostAdjust || *adjust > kMostAdjust)
      return wrong("expected le, be or what is added to the length, at most 64 MiB either way");
    spec_.adjust = *adjust;
    return {};
  }

  Result<void> readSize() {
    const std::optional<std::int64_t> size = number(next());
    if (!size || *size < 1 || *size > kMostAdjust) return wrong("a size is 1 byte to 64 MiB (67108864)");
    spec_.size = static_cast<std::uint64_t>(*size);
    return {};
  }

  Result<void> readGap() {
    const std::string_view part = next();
    const std::size_t digits = std::min(part.find_first_not_of("0123456789"), part.size());
    const std::optional<std::int64_t> count = number(part.substr(0, digits));
    const auto unit = std::ranges::find(kGapUnits, part.substr(digits), &GapUnit::name);
    if (!count || *count < 1 || unit == kGapUnits.end() ||
        *count > std::numeric_limits<std::int64_t>::max() / unit->nanos)
      return wrong("a pause is a number above 0 and ns, us, ms or s, as in 20ms");
    spec_.gapNanos = *count * unit->nanos;
    return {};
  }

  static std::optional<std::int64_t> number(std::string_view part) {
    if (part.starts_with('+') && !part.starts_with("+-")) part.remove_prefix(1);
    std::int64_t value = 0;
    const auto [rest, fault] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (fault != std::errc{} || rest != part.data() + part.size()) return std::nullopt;
    return value;
  }

  // A colon has been reached; a part stands behind it, be it empty.
  bool hasMore() const { return next_ < text_.size(); }

  std::string_view next() {
    const std::size_t begin = next_ == 0 ? 0 : next_ + 1;
    next_ = std::min(text_.find(':', begin), text_.size());
    part_ = {begin, next_ - begin};
    return text_.substr(begin, part_.length);
  }

  std::unexpected<Error> wrong(std::string_view sentence) const {
    return std::unexpected(
        Error::fromInput(InputFault::badSyntax, std::string(text_), part_, std::string(sentence)));
  }

  std::string_view text_;
  std::size_t next_ = 0;
  TextSpan part_{};
  FramingSpec spec_{};
};

std::string lengthText(const FramingSpec& spec) {
  std::string text = ":" + std::to_string(spec.lengthBytes);
  if (spec.littleEndian) text += ":le";
  if (spec.adjust != 0) text += (spec.adjust > 0 ? ":+" : ":") + std::to_string(spec.adjust);
  return text;
}

std::string gapText(std::int64_t nanos) {
  const auto unit = std::ranges::find_if(kGapUnits, [&](const GapUnit& u) { return nanos % u.nanos == 0; });
  return ":" + std::to_string(nanos / unit->nanos) + std::string(unit->name);
}

}  // namespace

std::span<const FramingKind> framingKinds() {
  return kKinds;
}

std::string_view framingKindName(FramingKind kind) {
  return nameOf(kind).name;
}

Result<FramingSpec> FramingSpec::parse(std::string_view text) {
  return SpecReader(text).read();
}

std::string FramingSpec::text() const {
  const std::string word(nameOf(kind).word);
  switch (kind) {
    case FramingKind::delimiter:
      return word + ":" + toHex(delimiter);
    case FramingKind::lengthPrefix:
      return word + lengthText(*this);
    case FramingKind::fixedSize:
      return word + ":" + std::to_string(size);
    case FramingKind::idleGap:
      return word + gapText(gapNanos);
    default:
      return word;
  }
}

}  // namespace sockbench
