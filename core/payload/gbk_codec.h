// GBK by the C library's iconv(3). Thread: any; each thread keeps its own conversion state.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace sockbench {

// Appends `utf8` in GBK to `out`. Answers the offset of the first character that GBK does not have (or that
// is not UTF-8); nullopt when all of it was encoded. Without a GBK table in the C library only ASCII can be
// encoded.
std::optional<std::size_t> encodeGbk(std::string_view utf8, Bytes& out);

// GBK to UTF-8; each byte that is not GBK becomes U+FFFD and is counted in `invalid`.
std::string decodeGbk(ByteView bytes, std::size_t& invalid);

}  // namespace sockbench
