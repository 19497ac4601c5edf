// ExpectMatch: one expectation, asked again and again as more is received.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/automation/scenario/scenario.h"
#include "core/base/bytes.h"
#include "core/payload/byte_pattern.h"
#include "core/payload/message/field_values.h"

namespace sockbench {

// What a session has received and nobody has expected yet, and how it stands.
struct Unread {
  enum class End : std::uint8_t { open, finished, closed, reset, failed };
  ByteView bytes;
  // Datagrams and records: where each ends in `bytes`; of a stream always empty.
  std::span<const std::size_t> messages;
  bool byMessages = false;
  End end = End::open;  // finished: the peer has closed its side; closed: the session is over, in good order
};

class ExpectMatch {
 public:
  enum class State : std::uint8_t { waiting, held, failed };
  struct Answer {
    State state = State::waiting;
    std::size_t consumed = 0;     // bytes of Unread; waiting: nobody needs them any more, they may go
    std::size_t messages = 0;     // of which so many messages
    std::vector<Bytes> groups{};  // held: [0] the match
    std::string problem{};        // failed
  };

  // Errors: of filling the fields.
  static Result<ExpectMatch> make(const ScenarioExpect& expect, const FieldValues& values,
                                  const std::string& folder);

  // `unread` is what was given before, without what was consumed, and perhaps more.
  Answer look(const Unread& unread);
  // Nothing came that would hold it, and the time is over.
  std::string lateProblem(const Unread& unread) const;

  // How many bytes there must be room for.
  std::size_t needs() const;
  // In one line, several lines: see StepOutcome.
  std::string expected() const;
  std::string difference(const Unread& unread) const;

 private:
  Answer lookForPattern(const Unread& unread);
  Answer lookAtMessages(const Unread& unread) const;
  Answer lookAtStream(const Unread& unread) const;
  Answer lookForEnd(const Unread& unread) const;
  Answer noMore(const Unread& unread) const;

  ScenarioExpect spec_;
  std::optional<BytePattern> pattern_;
  Bytes bytes_;               // exactly, text
  std::size_t searched_ = 0;  // no match begins before it
};

}  // namespace sockbench
