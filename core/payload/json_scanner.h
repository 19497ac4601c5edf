// JSON (RFC 8259) byte by byte: what each byte is, and whether it may stand there. No value is kept. Thread:
// one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sockbench {

enum class JsonByte : std::uint8_t {
  space,  // between two tokens
  open,   // [ or {
  close,  // ] or }
  comma,
  colon,
  begins,  // the first byte of a string, a number or a word
  goesOn,  // a later byte of it
  bad,     // none that may stand here; fault() says why, and every byte behind it is bad, too
};

class JsonScanner {
 public:
  static constexpr std::size_t kMostDepth = 512;
  // many: one value behind another; numbers and words have space or brackets between them.
  enum class Values { one, many };

  explicit JsonScanner(Values values = Values::one) : values_(values) {}

  JsonByte take(char c);
  // How many bytes at the front of `text` stand for themselves within the string that is being read: take()
  // would answer goesOn for each of them, and nothing changes by passing over them.
  std::size_t plainRun(std::string_view text) const;

  bool isWhole() const;    // at least one value, and none is open
  bool isInToken() const;  // within a string, a number or a word that needs more
  std::size_t depth() const { return depth_; }
  std::string_view fault() const { return fault_; }  // in static memory; empty: none

 private:
  enum class State : std::uint8_t {
    value,
    valueOrClose,
    keyOrClose,
    key,
    colon,
    afterValue,
    afterScalar,
    string,
    escape,
    hex,
    utf8,
    word,
    minus,
    zero,
    digits,
    point,
    fraction,
    exponent,
    exponentSign,
    exponentDigits,
    bad,
  };

  JsonByte takeValue(char c);
  JsonByte takeAfter(char c);
  JsonByte takeKey(char c);
  JsonByte takeString(unsigned char c);
  JsonByte takeUtf8Lead(unsigned char c);
  JsonByte takeUtf8(unsigned char c);
  JsonByte takeEscape(char c);
  JsonByte takeHex(char c);
  JsonByte takeWord(char c);
  JsonByte takeNumber(char c);
  JsonByte open(char c);
  JsonByte close(char c);
  JsonByte begin(State state);
  JsonByte stay(State state);
  JsonByte fail(std::string_view fault);
  bool isNumberWhole() const;
  bool isInObject() const;

  Values values_;
  State state_ = State::value;
  bool isKey_ = false;  // the string that is read is a name
  bool hasValue_ = false;
  std::uint8_t left_ = 0;      // bytes of the escape, the character or the word that are to come
  std::uint8_t least_ = 0x80;  // of the character's next byte
  std::uint8_t most_ = 0xBF;
  std::string_view word_{};
  std::size_t depth_ = 0;
  std::array<std::uint64_t, kMostDepth / 64> objects_{};  // a bit a level: it is an object
  std::string_view fault_{};
};

}  // namespace sockbench
