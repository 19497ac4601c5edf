// The fields of a message: their table, the reading of one, and what it stands for.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/message/field_values.h"

namespace sockbench {

enum class FieldKind : std::uint8_t {
  counter,
  counterHex,
  timeIso,
  timeUnix,
  timeUnixMs,
  randomHex,
  uuid,
  environment,
  file,
  peerAddress,
  peerPort,
  localAddress,
  localPort,
  variable,
  group,
};

// One field as it was read.
struct FieldCall {
  FieldKind kind = FieldKind::variable;
  std::string name;        // variable, environment; file: its path
  std::int64_t start = 0;  // counter
  std::int64_t step = 1;
  unsigned width = 0;     // counter: digits at least
  std::size_t count = 0;  // randomHex: bytes; group: its number
  bool changes() const {
    return kind == FieldKind::timeIso || kind == FieldKind::timeUnix || kind == FieldKind::timeUnixMs;
  }
};

// `body` from `at` to `end` is what stands between the braces. Errors: those of Message::read(), `where` in
// `body`.
Result<FieldCall> readField(std::string_view body, std::size_t at, std::size_t end);

// A generator whose numbers follow from its seed alone (SplitMix64).
class SeededNumbers {
 public:
  explicit SeededNumbers(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  Bytes bytes(std::size_t count);

 private:
  std::uint64_t state_;
};

// A field's value: text, or bytes that go as they are. Errors have no `where`.
using FieldValue = std::variant<std::string, Bytes>;
Result<FieldValue> fieldValue(const FieldCall& field, const FieldValues& values, SeededNumbers& random,
                              std::size_t mostBytes);

}  // namespace sockbench
