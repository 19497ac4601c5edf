// Fields of RDATA that ldns shows otherwise than dig does, or by asking the C library's databases and locale.
// Private to core/resolve. Each takes the field as it came and answers nullopt where it is not well-formed.
#pragma once

#include <optional>
#include <string>

#include "core/base/bytes.h"

namespace sockbench::dns {

// A character-string without its length: quoted, with \DDD for what is no printable ASCII (RFC 1035, section
// 5.1).
std::string quotedText(ByteView characters);

std::optional<std::string> locationText(ByteView field);           // LOC, RFC 1876
std::optional<std::string> prefixListText(ByteView field);         // APL, RFC 3123
std::optional<std::string> locatorText(ByteView field);            // NID and L64, RFC 6742
std::optional<std::string> serviceBitmapText(ByteView field);      // WKS, RFC 1035, section 3.4.2
std::optional<std::string> typeBitmapText(ByteView field);         // NSEC..., RFC 4034, section 4.1.2
std::optional<std::string> serviceParametersText(ByteView field);  // SVCB and HTTPS, RFC 9460

}  // namespace sockbench::dns
