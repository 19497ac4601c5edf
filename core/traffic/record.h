// Record: one row of the timeline, bytes or event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace sockbench {

// The one enumeration of kinds; its names are those of the command line's JSON.
enum class RecordKind : std::uint8_t {
  resolving,
  resolved,
  connecting,
  connected,
  listening,
  accepted,
  paused,
  resumed,
  in,
  out,
  halfClosed,
  closed,
  reset,
  error,
  dropped,
  option,
  automatic,  // what acts by itself in a session did: a rule that matched, a repeated send, a file
};

inline constexpr std::size_t kRecordKinds = 17;

enum class Direction : std::uint8_t { none, in, out };
enum class Party : std::uint8_t { none, us, peer };  // who did it: halfClosed, closed, reset

std::string_view recordKindName(RecordKind k);  // "half-closed"
std::string_view directionName(Direction d);    // "none", "in", "out"
std::string_view partyName(Party p);            // "", "us", "peer"

// Flags of a record, or-ed.
// Not all of it is kept; `value` is its real length (0: not told). A datagram that was longer than its room,
// or bytes of a file that the kernel sent by itself (sendfile(2)).
inline constexpr std::uint8_t kRecordTruncated = 1;
// TCP's urgent byte (RFC 6093, MSG_OOB): one byte, in a row of its own where it stood. It is beside the
// stream and not echoed, unless SO_OOBINLINE puts it into the stream.
inline constexpr std::uint8_t kRecordUrgent = 2;
inline constexpr std::uint8_t kRecordKernelTime =
    4;  // `time` is when the kernel received it, not when we did

// Fixed size, so that ten million of them are an array. 40 bytes.
struct Record {
  WallNanos time = 0;
  std::uint64_t value = 0;  // dropped: how many; connected: nanoseconds it took; truncated in: real length
  SessionId session;
  std::uint32_t flow = 0;    // set by the log
  std::uint32_t block = 0;   // set by the writer: the payload's block ...
  std::uint32_t offset = 0;  // ... and where in it
  std::uint32_t length = 0;  // in, out: bytes of payload; events: bytes of detail (event_detail.h)
  RecordKind kind = RecordKind::in;
  Direction direction = Direction::none;
  Party by = Party::none;
  std::uint8_t flags = 0;
};
static_assert(sizeof(Record) <= 48);

}  // namespace sockbench
