// SessionStep: one thing done in one session, as rules, sequences and scenarios write it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/payload/byte_pattern.h"
#include "core/payload/message/message.h"

namespace sockbench {

// A pattern as it is written: see BytePattern for each kind.
struct PatternSpec {
  enum class Kind : std::uint8_t { text, hex, regex };
  Kind kind = Kind::text;
  std::string text;
  TextEncoding encoding = TextEncoding::utf8;
  bool caseSensitive = true;
  bool operator==(const PatternSpec&) const = default;
};

// Errors: those of BytePattern's makers, `where` in `text`. Thread: any.
Result<BytePattern> compile(const PatternSpec& pattern);

struct SessionStep {
  enum class Kind : std::uint8_t {
    send,       // `message`
    wait,       // `time`
    expect,     // `pattern` within `time`; what came before its match is passed over. Not in a rule
    close,      // in good order
    halfClose,  // our side
    reset,
    stopReading,
    resumeReading,
    run,  // the sequence `name`
  };
  Kind kind = Kind::send;
  MessageSpec message;
  PatternSpec pattern;
  std::chrono::nanoseconds time{0};
  std::string name;
  bool operator==(const SessionStep&) const = default;
};

std::string_view stepName(SessionStep::Kind kind);  // "send", "half-close", ...; the word of the text form

// How deep sequences may run each other.
inline constexpr int kDeepestSequence = 8;

// Steps with a name, in the workspace or in a scenario. Sequences may run others; one that runs itself, or
// more than kDeepestSequence deep, is an error when it is read.
struct Sequence {
  std::string name;
  std::vector<SessionStep> steps;
  bool operator==(const Sequence&) const = default;
};

}  // namespace sockbench
