#include "core/net/unix_path_text.h"

#include <sys/un.h>

#include <charconv>
#include <optional>

#include "core/base/unicode.h"

namespace sockbench {
namespace {

constexpr std::size_t kPathBytes = sizeof(sockaddr_un::sun_path);

std::string byteEscape(char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  return {'\\', 'x', digits[value >> 4U], digits[value & 15U]};
}

// The byte that an escape at the beginning of `text` stands for.
std::optional<char> escapedByte(std::string_view text) {
  if (text.size() < 4 || text[0] != '\\' || text[1] != 'x') return std::nullopt;
  unsigned value = 0;
  const auto [rest, fault] = std::from_chars(text.data() + 2, text.data() + 4, value, 16);
  if (fault != std::errc() || rest != text.data() + 4) return std::nullopt;
  return static_cast<char>(value);
}

Error fault(InputFault kind, std::string_view text, TextSpan where, std::string why) {
  return Error::fromInput(kind, std::string(text), where, std::move(why));
}

std::optional<Error> checkLength(std::string_view text, std::string_view path) {
  const bool abstract = path.front() == '\0';
  const std::size_t most = abstract ? kPathBytes : kPathBytes - 1;
  if (path.size() <= most) return std::nullopt;
  const std::size_t shown = abstract ? 1 : 0;
  return fault(InputFault::pathTooLong, text, {0, text.size()},
               "the path has " + std::to_string(path.size() - shown) + " bytes; at most " +
                   std::to_string(most - shown) + " fit into a UNIX socket's address");
}

}  // namespace

std::size_t printableLength(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t length = 0;
  const char32_t c = nextUtf8(text, length);
  return c == kInvalidUtf8 || isDeceptiveCharacter(c) ? 0 : length;
}

std::string unixPathToText(std::string_view path) {
  std::string text;
  if (path.starts_with('\0')) {
    text += '@';
    path.remove_prefix(1);
  } else if (path.starts_with('@')) {
    text += byteEscape('@');
    path.remove_prefix(1);
  }
  while (!path.empty()) {
    const std::size_t length = escapedByte(path) ? 0 : printableLength(path);
    if (length == 0) {
      text += byteEscape(path.front());
    } else {
      text += path.substr(0, length);
    }
    path.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

Result<std::string> unixPathFromText(std::string_view text) {
  if (text.empty()) return std::unexpected(fault(InputFault::badPath, text, {0, 0}, "the path is empty"));
  const bool abstract = text.front() == '@';
  if (abstract && text.size() == 1) {
    return std::unexpected(fault(InputFault::badPath, text, {1, 0}, "a name must follow the @"));
  }
  std::string path(abstract ? 1 : 0, '\0');
  for (std::size_t at = path.size(); at < text.size();) {
    const std::optional<char> byte = escapedByte(text.substr(at));
    const std::size_t length = byte ? 4 : 1;
    path += byte.value_or(text[at]);
    if (path.back() == '\0' && !abstract) {
      return std::unexpected(
          fault(InputFault::badPath, text, {at, length}, "a file's path cannot hold a NUL byte"));
    }
    at += length;
  }
  if (std::optional<Error> tooLong = checkLength(text, path)) return std::unexpected(*tooLong);
  return path;
}

}  // namespace sockbench
