// Wrong values on the command line: each told in one line that points at the wrong part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/net/endpoint.h"

namespace sockbench::cli {

// The place of the byte at `offset`, counted in characters, from 1.
std::size_t columnOf(std::string_view text, std::size_t offset);

// What is wrong with a value: "--send \"a\\q\", column 2: unknown escape ...". `option` empty: a positional
// argument.
std::string describeInputError(std::string_view option, const Error& error);

// Prints it, and the error's hint or else `remedy`, on standard error. Answers kWrongUsage.
int wrongInput(std::string_view option, const Error& error, std::string_view remedy);

// A decimal number in [least, most], nothing around it. InputFault::badOptionValue.
Result<std::uint64_t> parseNumber(std::string_view text, std::uint64_t least,
                                  std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

// The local end of a connection, as `--bind` takes it: ADDRESS:PORT, or the path of a UNIX socket. Errors are
// those of Endpoint::parse, with `text` as their subject.
Result<Endpoint> parseLocalEnd(std::string_view text, Transport transport);

}  // namespace sockbench::cli
