// Base64 (RFC 4648, section 4), strictly. Thread: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace sockbench {

std::string toBase64(ByteView bytes);
// nullopt: a character that is not of the alphabet (white space, too), padding that is missing or misplaced,
// or bits behind the last byte that are not 0.
std::optional<Bytes> fromBase64(std::string_view text);

}  // namespace sockbench
