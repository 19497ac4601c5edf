// What the responders of RFC 862 to 868 say: the bytes alone, without a socket.
// Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/engine/session_spec.h"

namespace sockbench::detail {

// ---- chargen (RFC 864): the 95 printable characters of ASCII in a ring, in lines of 72, CR LF after each;
// every line begins one character further on than the one before it. It comes round after 95 lines.
inline constexpr std::size_t kChargenLine = 74;  // bytes of a line, CR LF included
inline constexpr std::size_t kChargenPeriod = 95 * kChargenLine;
inline constexpr std::size_t kMostDatagramAnswer = 512;  // of any responder but echo

// `length` bytes of the pattern, from its byte `position` on (any; it counts modulo kChargenPeriod).
Bytes chargenBytes(std::uint64_t position, std::size_t length);

// ---- daytime (RFC 867), one line: "Saturday, November 21, 2026 11:56:05-UTC" and CR LF. Always UTC and
// always English, so that it means the same wherever it is read.
std::string daytimeLine(WallNanos now);

// ---- time (RFC 868): 4 bytes, the most significant first: seconds since 1900-01-01T00:00:00Z. They wrap:
// 2036-02-07T06:28:16Z is 0 again.
std::uint32_t secondsSince1900(WallNanos now);
Bytes timeAnswer(WallNanos now);

// ---- qotd (RFC 865): a quote, at most 512 characters, printable ASCII, CR LF at its end.
std::size_t quoteCount();
std::string quote(std::uint64_t number);  // counts modulo quoteCount()

// The whole answer of a responder that gives one and is done: daytime, time, qotd (quote `number`).
// nullopt: the others.
std::optional<Bytes> wholeAnswer(Responder responder, WallNanos now, std::uint64_t number);

}  // namespace sockbench::detail
