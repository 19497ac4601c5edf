#include "core/payload/json_scanner.h"

#include <algorithm>
#include <array>

#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

constexpr bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

constexpr bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

// What may stand in a string and is neither its end nor the begin of an escape or a longer character.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

constexpr std::array<std::string_view, 3> kWords{"true", "false", "null"};

}  // namespace

JsonByte JsonScanner::take(char c) {
  switch (state_) {
    case State::string:
      return takeString(static_cast<unsigned char>(c));
    case State::utf8:
      return takeUtf8(static_cast<unsigned char>(c));
    case State::escape:
      return takeEscape(c);
    case State::hex:
      return takeHex(c);
    case State::word:
      return takeWord(c);
    case State::bad:
      return JsonByte::bad;
    default:
      break;
  }
  if (state_ >= State::minus) return takeNumber(c);
  if (!isSpace(c)) return takeValue(c);
  if (state_ == State::afterScalar) state_ = State::afterValue;
  return JsonByte::space;
}

JsonByte JsonScanner::takeValue(char c) {
  if (state_ == State::afterValue || state_ == State::afterScalar) return takeAfter(c);
  if (state_ == State::keyOrClose || state_ == State::key) return takeKey(c);
  if (state_ == State::colon) {
    if (c != ':') return fail("a colon is expected behind a name");
    state_ = State::value;
    return JsonByte::colon;
  }
  if (c == ']' && state_ == State::valueOrClose) return close(c);
  if (c == '[' || c == '{') return open(c);
  if (c == '"') return begin(State::string);
  if (c == '-') return begin(State::minus);
  if (isDigit(c)) return begin(c == '0' ? State::zero : State::digits);
  const auto word = std::ranges::find(kWords, c, [](std::string_view w) { return w.front(); });
  if (word == kWords.end()) return fail("a value is expected");
  word_ = word->substr(1);
  return begin(State::word);
}

JsonByte JsonScanner::takeAfter(char c) {
  if (depth_ == 0) {
    if (values_ == Values::one) return fail("something stands behind the value");
    const bool needsSpace = state_ == State::afterScalar && c != '[' && c != '{' && c != '"';
    if (needsSpace) return fail("something stands right behind a number or a word");
    state_ = State::value;
    return takeValue(c);
  }
  if (c == ',') {
    state_ = isInObject() ? State::key : State::value;
    return JsonByte::comma;
  }
  if (c == ']' || c == '}') return close(c);
  return fail("a comma or a closing bracket is expected");
}

JsonByte JsonScanner::takeKey(char c) {
  if (c == '}' && state_ == State::keyOrClose) return close(c);
  if (c != '"') return fail("a name in quotes is expected");
  isKey_ = true;
  state_ = State::string;
  return JsonByte::begins;
}

JsonByte JsonScanner::takeString(unsigned char c) {
  if (kPlain[c]) return JsonByte::goesOn;
  if (c == '"') {
    state_ = isKey_ ? State::colon : State::afterValue;
    isKey_ = false;
    return JsonByte::goesOn;
  }
  if (c == '\\') return stay(State::escape);
  if (c < 0x20) return fail("a control character in a string");
  return takeUtf8Lead(c);
}

// The first byte says how many follow and, where a character could be written in fewer bytes, is a surrogate
// or lies beyond U+10FFFF, what the second may be (Unicode, table 3-7).
JsonByte JsonScanner::takeUtf8Lead(unsigned char c) {
  if (c < 0xC2 || c > 0xF4) return fail("a string is not UTF-8");
  left_ = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
  least_ = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
  most_ = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
  return stay(State::utf8);
}

JsonByte JsonScanner::takeUtf8(unsigned char c) {
  if (c < least_ || c > most_) return fail("a string is not UTF-8");
  least_ = 0x80;
  most_ = 0xBF;
  return stay(--left_ == 0 ? State::string : State::utf8);
}

JsonByte JsonScanner::takeEscape(char c) {
  if (c == 'u') {
    left_ = 4;
    return stay(State::hex);
  }
  if (!std::string_view("\"\\/bfnrt").contains(c)) return fail("an escape that JSON does not have");
  return stay(State::string);
}

JsonByte JsonScanner::takeHex(char c) {
  if (!hexDigitValue(c)) return fail("\\u needs four hexadecimal digits");
  return stay(--left_ == 0 ? State::string : State::hex);
}

JsonByte JsonScanner::takeWord(char c) {
  if (c != word_.front()) return fail("a word that JSON does not have");
  word_.remove_prefix(1);
  return stay(word_.empty() ? State::afterScalar : State::word);
}

JsonByte JsonScanner::takeNumber(char c) {
  switch (state_) {
    case State::minus:
      if (!isDigit(c)) return fail("a digit is expected");
      return stay(c == '0' ? State::zero : State::digits);
    case State::point:
      return isDigit(c) ? stay(State::fraction) : fail("a digit is expected");
    case State::exponent:
      if (c == '+' || c == '-') return stay(State::exponentSign);
      [[fallthrough]];
    case State::exponentSign:
      return isDigit(c) ? stay(State::exponentDigits) : fail("a digit is expected");
    default:
      break;
  }
  const bool isInteger = state_ == State::zero || state_ == State::digits;
  if (isDigit(c) && state_ != State::zero) return JsonByte::goesOn;
  if (c == '.' && isInteger) return stay(State::point);
  if ((c == 'e' || c == 'E') && state_ != State::exponentDigits) return stay(State::exponent);
  state_ = State::afterScalar;
  return take(c);
}

JsonByte JsonScanner::open(char c) {
  if (depth_ == kMostDepth) return fail("nested deeper than 512");
  const std::uint64_t bit = std::uint64_t{1} << depth_ % 64;
  if (c == '{')
    objects_[depth_ / 64] |= bit;
  else
    objects_[depth_ / 64] &= ~bit;
  ++depth_;
  hasValue_ = true;
  state_ = c == '{' ? State::keyOrClose : State::valueOrClose;
  return JsonByte::open;
}

JsonByte JsonScanner::close(char c) {
  if (isInObject() != (c == '}')) return fail("a closing bracket of the other kind");
  --depth_;
  state_ = State::afterValue;
  return JsonByte::close;
}

JsonByte JsonScanner::begin(State state) {
  state_ = state;
  hasValue_ = true;
  return JsonByte::begins;
}

JsonByte JsonScanner::stay(State state) {
  state_ = state;
  return JsonByte::goesOn;
}

JsonByte JsonScanner::fail(std::string_view fault) {
  state_ = State::bad;
  fault_ = fault;
  return JsonByte::bad;
}

std::size_t JsonScanner::plainRun(std::string_view text) const {
  if (state_ != State::string) return 0;
  const auto stop = std::ranges::find_if(text, [](char c) { return !kPlain[static_cast<unsigned char>(c)]; });
  return static_cast<std::size_t>(stop - text.begin());
}

bool JsonScanner::isNumberWhole() const {
  return state_ == State::zero || state_ == State::digits || state_ == State::fraction ||
         state_ == State::exponentDigits;
}

bool JsonScanner::isWhole() const {
  if (depth_ > 0 || !hasValue_) return false;
  return state_ == State::afterValue || state_ == State::afterScalar || isNumberWhole();
}

bool JsonScanner::isInToken() const {
  return state_ >= State::string && state_ != State::bad && !isNumberWhole();
}

bool JsonScanner::isInObject() const {
  return depth_ > 0 && (objects_[(depth_ - 1) / 64] >> (depth_ - 1) % 64 & 1) != 0;
}

}  // namespace sockbench
