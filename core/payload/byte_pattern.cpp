#include "core/payload/byte_pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <variant>

#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "core/payload/literal_search.h"

namespace sockbench {
namespace {

// Of a compiled expression with its automata; beyond it RE2 goes on more slowly.
constexpr std::int64_t kMostRegexMemory = std::int64_t{8} << 20;
// Instructions of a compiled expression: where its automaton does not fit into the memory, each byte costs
// this.
constexpr int kMostInstructions = 20'000;
// How many places with the wrong part's spelling are tried for being the wrong one.
constexpr int kMostErrorPlaces = 32;

std::unexpected<Error> fault(std::string_view text, TextSpan where, std::string why) {
  return std::unexpected(Error::fromInput(InputFault::badSyntax, std::string(text), where, std::move(why)));
}

RE2::Options regexOptions(bool caseSensitive) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_max_mem(kMostRegexMemory);
  options.set_log_errors(false);
  options.set_case_sensitive(caseSensitive);
  return options;
}

std::unique_ptr<const RE2> compile(std::string_view pattern, bool caseSensitive) {
  return std::make_unique<const RE2>(re2::StringPiece(pattern.data(), pattern.size()),
                                     regexOptions(caseSensitive));
}

// RE2 tells the wrong part's text and not its place: it is wrong where the pattern up to its end has the same
// error.
TextSpan wrongPart(std::string_view pattern, const RE2& broken) {
  const std::string& part = broken.error_arg();
  if (broken.error_code() == RE2::ErrorTrailingBackslash) return {pattern.size() - 1, 1};
  if (part.empty()) return {0, pattern.size()};
  std::size_t at = pattern.find(part);
  for (int tried = 0; at != std::string_view::npos && tried < kMostErrorPlaces; ++tried) {
    const auto upToHere = compile(pattern.substr(0, at + part.size()), true);
    if (upToHere->error_code() == broken.error_code() && upToHere->error_arg() == part) {
      return {at, part.size()};
    }
    at = pattern.find(part, at + 1);
  }
  return {0, pattern.size()};
}

std::string inCase(std::string_view text, bool upper) {
  std::string out(text);
  for (char& c : out) {
    const char from = upper ? 'a' : 'A';
    if (c >= from && c <= from + 25) c = static_cast<char>(c ^ 0x20);
  }
  return out;
}

// Escaped text without an error in it, with its letters in one case; bytes that were written as escapes stay.
Bytes encodeInCase(const std::vector<EscapedPiece>& pieces, TextEncoding encoding, bool upper) {
  Bytes bytes;
  for (const EscapedPiece& piece : pieces) {
    const Bytes more = piece.isByte ? toBytes(piece.text)
                                    : encodeText(inCase(piece.text, upper), encoding).value_or(Bytes());
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  return bytes;
}

// Hexadecimal text with "?" for digits, as the bytes with 0 and with f in their places: where they differ,
// any digit matches.
struct MaskedBytes {
  Bytes low;
  Bytes high;
};

Result<Bytes> parseFilled(std::string_view text, char digit) {
  std::string filled(text);
  std::ranges::replace(filled, '?', digit);
  Result<Bytes> bytes = parseHex(filled);
  if (bytes) return bytes;
  Error error = std::move(bytes.error());
  error.subject = text;
  if (error.where && error.where->offset < text.size() && text[error.where->offset] == '?')
    error.detail = "\"?\" stands for one digit and has no partner; any byte is ??";
  return std::unexpected(std::move(error));
}

Result<MaskedBytes> parseMasked(std::string_view text) {
  Result<Bytes> low = parseFilled(text, '0');
  if (!low) return std::unexpected(std::move(low.error()));
  Result<Bytes> high = parseFilled(text, 'f');
  if (!high) return std::unexpected(std::move(high.error()));
  return MaskedBytes{*std::move(low), *std::move(high)};
}

void appendHexEscape(std::string& out, std::byte byte) {
  out += "\\x" + toHex(ByteView(&byte, 1));
}

// The digits that are given, and of the others any.
std::string maskedRegex(const MaskedBytes& bytes) {
  std::string regex = "(?s)";
  for (std::size_t i = 0; i < bytes.low.size(); ++i) {
    const std::byte low = bytes.low[i];
    const std::byte open = low ^ bytes.high[i];
    if (open == std::byte{0xFF}) {
      regex += '.';
    } else if (open == std::byte{0}) {
      appendHexEscape(regex, low);
    } else {
      regex += '[';
      for (unsigned digit = 0; digit < 16; ++digit)
        appendHexEscape(regex, low | (static_cast<std::byte>(digit * 0x11) & open));
      regex += ']';
    }
  }
  return regex;
}

re2::StringPiece asPiece(ByteView bytes) {
  const std::string_view text = asChars(bytes);
  return {text.data(), text.size()};
}

}  // namespace

struct BytePattern::Impl {
  std::variant<LiteralSearch, std::unique_ptr<const RE2>> search;
  std::optional<std::size_t> length;  // of each match

  // `beginBelow`: a match that begins there or behind is of no use.
  std::optional<Match> find(ByteView bytes, std::size_t from, std::size_t beginBelow) const {
    if (const auto* literal = std::get_if<LiteralSearch>(&search)) {
      if (beginBelow < bytes.size())
        bytes = bytes.first(std::min(bytes.size(), beginBelow + literal->length() - 1));
      const auto found = literal->find(bytes, from);
      return found ? std::optional(Match{*found, literal->length()}) : std::nullopt;
    }
    if (from > bytes.size()) return std::nullopt;
    const re2::StringPiece text = asPiece(bytes);
    re2::StringPiece found;
    if (!std::get<1>(search)->Match(text, from, text.size(), RE2::UNANCHORED, &found, 1)) return std::nullopt;
    const auto offset = static_cast<std::size_t>(found.data() - text.data());
    return offset < beginBelow ? std::optional(Match{offset, found.size()}) : std::nullopt;
  }
};

Result<BytePattern> BytePattern::fromText(std::string_view escaped, TextEncoding encoding,
                                          bool caseSensitive) {
  if (escaped.empty()) return fault(escaped, {0, 0}, "there is no text to look for");
  Result<Bytes> exact = encodeEscapedText(escaped, encoding);
  if (!exact) return std::unexpected(std::move(exact.error()));
  if (caseSensitive) return fromBytes(std::move(*exact));
  const Result<std::vector<EscapedPiece>> pieces = splitEscapes(escaped);
  if (!pieces) return std::unexpected(pieces.error());
  LiteralSearch search(encodeInCase(*pieces, encoding, false), encodeInCase(*pieces, encoding, true));
  const std::size_t length = search.length();
  return BytePattern(std::make_shared<const Impl>(std::move(search), length));
}

Result<BytePattern> BytePattern::fromHex(std::string_view text) {
  Result<MaskedBytes> bytes = parseMasked(text);
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  if (bytes->low.empty()) return fault(text, {0, text.size()}, "there are no bytes to look for");
  if (bytes->low == bytes->high) return fromBytes(std::move(bytes->low));
  std::unique_ptr<const RE2> regex = compile(maskedRegex(*bytes), true);
  if (!regex->ok() || regex->ProgramSize() > kMostInstructions)
    return fault(text, {0, text.size()}, "there are too many bytes to be looked for with ? among them");
  return BytePattern(std::make_shared<const Impl>(std::move(regex), bytes->low.size()));
}

Result<BytePattern> BytePattern::fromRegex(std::string_view pattern, bool caseSensitive) {
  if (pattern.empty()) return fault(pattern, {0, 0}, "there is no expression to look for");
  std::unique_ptr<const RE2> regex = compile(pattern, caseSensitive);
  if (!regex->ok()) return fault(pattern, wrongPart(pattern, *regex), regex->error());
  if (regex->ProgramSize() > kMostInstructions) {
    return fault(pattern, {0, pattern.size()}, "the expression is too large to be looked for; repeat less");
  }
  return BytePattern(std::make_shared<const Impl>(std::move(regex), std::nullopt));
}

Result<BytePattern> BytePattern::make(PatternKind kind, std::string_view text, TextEncoding encoding,
                                      bool caseSensitive) {
  switch (kind) {
    case PatternKind::text:
      return fromText(text, encoding, caseSensitive);
    case PatternKind::hex:
      return fromHex(text);
    case PatternKind::regex:
      return fromRegex(text, caseSensitive);
  }
  std::unreachable();
}

BytePattern BytePattern::fromBytes(Bytes bytes, bool caseSensitive) {
  const std::size_t length = bytes.size();
  if (caseSensitive)
    return BytePattern(std::make_shared<const Impl>(LiteralSearch(std::move(bytes)), length));
  const std::string_view text = asChars(bytes);
  LiteralSearch search(toBytes(inCase(text, false)), toBytes(inCase(text, true)));
  return BytePattern(std::make_shared<const Impl>(std::move(search), length));
}

std::optional<BytePattern::Match> BytePattern::find(ByteView bytes, std::size_t from) const {
  return impl_->find(bytes, from, bytes.size() + 1);
}

// "Does a match begin in [x, before)?" turns from yes to no once as x grows: so half of the rest falls away
// with each question.
std::optional<BytePattern::Match> BytePattern::findLast(ByteView bytes, std::size_t before) const {
  before = std::min(before, bytes.size() + 1);
  std::optional<Match> last = impl_->find(bytes, 0, before);
  std::size_t none = before;
  while (last && none - last->offset > 1) {
    const std::size_t middle = last->offset + (none - last->offset) / 2;
    const std::optional<Match> later = impl_->find(bytes, middle, before);
    if (later) {
      last = later;
    } else {
      none = middle;
    }
  }
  return last;
}

bool BytePattern::isIn(ByteView bytes) const {
  if (const auto* literal = std::get_if<LiteralSearch>(&impl_->search))
    return literal->find(bytes, 0).has_value();
  const re2::StringPiece text = asPiece(bytes);
  return std::get<1>(impl_->search)->Match(text, 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

std::vector<BytePattern::Match> BytePattern::findGroups(ByteView bytes, std::size_t from) const {
  const auto* regex = std::get_if<std::unique_ptr<const RE2>>(&impl_->search);
  if (regex == nullptr) {
    const std::optional<Match> match = find(bytes, from);
    return match ? std::vector{*match} : std::vector<Match>();
  }
  if (from > bytes.size()) return {};
  const re2::StringPiece text = asPiece(bytes);
  std::vector<re2::StringPiece> found(static_cast<std::size_t>((*regex)->NumberOfCapturingGroups()) + 1);
  if (!(*regex)->Match(text, from, text.size(), RE2::UNANCHORED, found.data(),
                       static_cast<int>(found.size())))
    return {};
  std::vector<Match> groups;
  for (const re2::StringPiece& group : found) {
    const bool took = group.data() != nullptr;
    groups.push_back({took ? static_cast<std::size_t>(group.data() - text.data()) : 0, group.size()});
  }
  return groups;
}

std::optional<std::size_t> BytePattern::literalLength() const {
  return impl_->length;
}

}  // namespace sockbench
