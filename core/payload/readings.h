// What the bytes at one place mean: numbers, times, addresses, a character. Thread: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace sockbench {

enum class ByteOrder { none, little, big };       // none: it does not matter
std::string_view byteOrderName(ByteOrder order);  // "", "LE", "BE"

struct Reading {
  std::string_view name{};  // in static memory: "u16", "f64", "Unix time, ms", "UUID"
  ByteOrder order = ByteOrder::none;
  std::size_t length = 0;  // bytes from the front that it takes
  std::string text{};
  bool operator==(const Reading&) const = default;
};

// Everything that the front of `bytes` can be read as, in the order in which it is shown; empty for no bytes.
// At most kMostReading bytes are looked at; what needs more than there are is left out.
//
// bits; u8 to u64 and i8 to i64; f16, f32, f64 (IEEE 754: the shortest decimal that is read back as the same
// number, f16 as the f32 that it is; nan, inf); ULEB128 and SLEB128 of at most 64 bits; the UTF-8 character;
// IPv4 and IPv6 address, MAC address, UUID (BE: RFC 9562; LE: its first three fields the other way round, as
// Windows has them). Times only where their year is 1970 to 2200, in UTC and as exact as they are: Unix time
// of 32 bits (u32 seconds) and 64 (s, ms, us, ns); NTP (RFC 5905 section 6, 64 bits; era 1 where the first
// bit is 0; all zeros is no time); FILETIME (100 ns since 1601); DOS date and time (local, as it stands).
inline constexpr std::size_t kMostReading = 16;
std::vector<Reading> readingsAt(ByteView bytes);

}  // namespace sockbench
