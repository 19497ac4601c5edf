// Single readings in words: floats, times, addresses. A number is what its bytes are in the order asked for;
// nullopt: they are no such thing, or none that is likely. See readings.h. Thread: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/bytes.h"

namespace sockbench {

std::optional<std::string> halfText(std::uint64_t bits);
std::optional<std::string> floatText(std::uint64_t bits);
std::optional<std::string> doubleText(std::uint64_t bits);

std::optional<std::string> unixSecondsText(std::uint64_t value);
std::optional<std::string> unixMillisText(std::uint64_t value);
std::optional<std::string> unixMicrosText(std::uint64_t value);
std::optional<std::string> unixNanosText(std::uint64_t value);
std::optional<std::string> ntpText(std::uint64_t value);
std::optional<std::string> filetimeText(std::uint64_t value);
std::optional<std::string> dosText(std::uint64_t value);

std::string ipv4Text(ByteView bytes);  // 4 bytes
std::string ipv6Text(ByteView bytes);  // 16 bytes

}  // namespace sockbench
