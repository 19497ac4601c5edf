// CallValue: what goes into a call and comes out of it, as Python has it.
//
// Text is Python's str: generalized UTF-8, in which a byte of a path that is not UTF-8 stands as the lone
// surrogate U+DC80...U+DCFF (PEP 383), itself written as three bytes (ED B2 80 ... ED B3 BF). Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.h"

namespace sockbench {

class CallValue;

// A socket on a CallBench; counted from 1, never reused on one bench, and not its descriptor. 0: none.
struct CallHandle {
  std::uint64_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const CallHandle&) const = default;
};

// A whole number beyond 64 bits: decimal, with a minus where it is negative, without leading zeros.
struct HugeInteger {
  std::string digits;
  bool operator==(const HugeInteger&) const = default;
};

struct CallTuple {
  std::vector<CallValue> items;
  bool operator==(const CallTuple&) const;
};

struct CallList {
  std::vector<CallValue> items;
  bool operator==(const CallList&) const;
};

// Python's bytearray: what recv_into fills. Only its first contents travel by value; what it holds after
// the call stands in CallOutcome::filled.
struct CallBuffer {
  Bytes bytes;
  bool operator==(const CallBuffer&) const = default;
};

class CallValue {
 public:
  using None = std::monostate;
  using Alternatives = std::variant<None, bool, std::int64_t, HugeInteger, double, std::string, Bytes,
                                    CallBuffer, CallTuple, CallList, CallHandle>;

  CallValue() = default;  // None
  // NOLINTBEGIN(google-explicit-constructor): a literal is a value
  CallValue(bool value) : value_(value) {}
  CallValue(int value) : value_(std::int64_t{value}) {}
  CallValue(std::int64_t value) : value_(value) {}
  CallValue(HugeInteger value) : value_(std::move(value)) {}
  CallValue(double value) : value_(value) {}
  CallValue(std::string text) : value_(std::move(text)) {}
  CallValue(std::string_view text) : value_(std::string(text)) {}
  CallValue(const char* text) : value_(std::string(text)) {}
  CallValue(Bytes bytes) : value_(std::move(bytes)) {}
  CallValue(CallBuffer buffer) : value_(std::move(buffer)) {}
  CallValue(CallTuple tuple) : value_(std::move(tuple)) {}
  CallValue(CallList list) : value_(std::move(list)) {}
  CallValue(CallHandle socket) : value_(socket) {}
  // NOLINTEND(google-explicit-constructor)

  bool isNone() const { return std::holds_alternative<None>(value_); }
  template <class T>
  const T* as() const {
    return std::get_if<T>(&value_);
  }
  const Alternatives& alternatives() const { return value_; }
  const std::vector<CallValue>* items() const;  // of a tuple or a list; nullptr: it is neither

  // "NoneType", "bool", "int", "float", "str", "bytes", "bytearray", "tuple", "list", "socket".
  std::string_view typeName() const;
  // As Python's repr writes it: b'a\x00', 'text', ('127.0.0.1', 80), None. A socket: "<socket 7>".
  std::string repr() const;

  bool operator==(const CallValue&) const;

 private:
  Alternatives value_;
};

// Text of a byte string that may not be UTF-8, and back (os.fsdecode, os.fsencode). A surrogate that stands
// for no byte has no way back: false there.
std::string textFromBytes(std::string_view bytes);
bool bytesFromText(std::string_view text, std::string& bytes);
// The character at `text[offset]`, surrogates included, and `offset` behind it; see nextUtf8. And its
// writing.
char32_t nextTextCharacter(std::string_view text, std::size_t& offset);
void appendTextCharacter(std::string& out, char32_t character);

}  // namespace sockbench
