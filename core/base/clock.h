// The time that records carry.
#pragma once

#include <cstdint>
#include <string>

namespace sockbench {

// Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds. 0 means "never".
using WallNanos = std::int64_t;

// The wall-clock time, advanced by the monotonic clock since the program started: two calls in one
// thread never go backwards, even when the system's clock is set. Thread: any.
WallNanos wallNow();

// What is to be added to a time of the system's clock (a kernel's time stamp) to stand beside wallNow()'s:
// how far the clock has been set since the program started, 0 when that is less than a millisecond. Thread:
// any.
WallNanos wallShift();

// "2026-11-21T12:33:18.001204567Z" (RFC 3339, UTC, nanoseconds).
std::string toRfc3339(WallNanos time);

}  // namespace sockbench
