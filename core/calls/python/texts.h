// Text, bytes and times as Python's C functions read them. `argument`: which one is read, for the fault. All
// throw RaisedFault.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/calls/call_value.h"
#include "core/net/socket.h"

namespace sockbench {

// bytes or bytearray; the view lives as long as `value`. Else type.
ByteView bytesLike(const CallValue& value, std::size_t argument);
// A str as UTF-8. type: not a str; value: a NUL in it, or a lone surrogate.
std::string plainText(const CallValue& value, std::size_t argument);
// A str or bytes that names a file or an interface (os.fsencode). type; value: a NUL in it.
std::string pathText(const CallValue& value, std::size_t argument);
// os.fsencode of a str. value: a surrogate that stands for no byte.
std::string pathBytes(const std::string& text, std::size_t argument);
// What a C function sees of it: what stands behind a NUL is lost.
std::string cutAtNul(std::string_view text);
// UTF-8 of a str. value: a lone surrogate.
std::string strictUtf8(const std::string& text, std::size_t argument);
// "\ud800"
std::string escapedCharacter(char32_t character);

// A number of seconds, rounded up to nanoseconds; None: for ever. type; value: negative or not a number;
// overflow.
Timeout seconds(const CallValue& value, std::size_t argument);
CallValue secondsValue(Timeout timeout);  // a float, or None

}  // namespace sockbench
