// An option's value between text and the kernel's layout.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/net/socket_options.h"

namespace sockbench {

// `text` in its canonical form. Errors: badOptionValue with `text` as the
// subject and `where` in it.
Result<std::string> canonicalOptionValue(const OptionInfo& option, std::string_view text);

// The value that setsockopt(2) takes for a canonical text. Errors: as canonicalOptionValue.
Result<Bytes> optionBytes(const OptionInfo& option, std::string_view canonical);

// How many bytes getsockopt(2) may answer, and their text. Not for memberships, which cannot be read.
std::size_t optionSize(const OptionInfo& option);
std::string optionText(const OptionInfo& option, ByteView value);

}  // namespace sockbench
