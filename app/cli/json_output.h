// The parts of the JSON that several verbs share, and text made safe to print.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/context.h"
#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sockbench::cli {

// {"op","code","symbol","domain","message","hint","subject"}
Json errorToJson(const Error& error);

// `bytes` as valid UTF-8: what is not UTF-8 stands as \xHH. (Control characters are escaped when JSON is
// written.)
std::string jsonText(std::string_view bytes);

// As jsonText, null for an empty one: a key that does not apply.
Json jsonTextOrNull(std::string_view bytes);
Json jsonTexts(const std::vector<std::string>& texts);

// To a microsecond: 0.412.
double milliseconds(std::chrono::nanoseconds time);

// The address alone: its zone has a key of its own ("fe80::1" of "fe80::1%eth0").
std::string addressWithoutZone(const SocketAddress& address);

// `bytes` as one line for a terminal: jsonText() in which what could mislead the eye has become visible
// symbols.
std::string printable(std::string_view bytes);

}  // namespace sockbench::cli
