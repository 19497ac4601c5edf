#include "app/cli/input_error.h"

#include <algorithm>
#include <charconv>

#include "app/cli/context.h"
#include "core/payload/visible_text.h"

namespace sockbench::cli {
namespace {

// Long values are not repeated: their place is told all the same.
constexpr std::size_t kMostQuoted = 200;

Error numberError(std::string_view text, std::string detail) {
  return Error::fromInput(InputFault::badOptionValue, std::string(text), TextSpan{0, text.size()},
                          std::move(detail));
}

std::string rangeText(std::uint64_t least, std::uint64_t most) {
  if (most == std::numeric_limits<std::uint64_t>::max()) return "of at least " + std::to_string(least);
  return "from " + std::to_string(least) + " to " + std::to_string(most);
}

}  // namespace

std::size_t columnOf(std::string_view text, std::size_t offset) {
  std::size_t column = 1;
  for (std::size_t at = 0; at < std::min(offset, text.size()); ++column) nextUtf8(text, at);
  return column;
}

std::string describeInputError(std::string_view option, const Error& error) {
  std::string line(option);
  if (!line.empty()) line += ' ';
  line +=
      '"' + error.subject.substr(0, kMostQuoted) + (error.subject.size() > kMostQuoted ? "..." : "") + '"';
  if (error.where) line += ", column " + std::to_string(columnOf(error.subject, error.where->offset));
  return line + ": " + error.message();
}

int wrongInput(std::string_view option, const Error& error, std::string_view remedy) {
  const std::string hint = error.hint();
  return Context::wrongUsage(describeInputError(option, error),
                             hint.empty() ? remedy : std::string_view(hint));
}

Result<std::uint64_t> parseNumber(std::string_view text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || stopped != end || number < least || number > most) {
    return std::unexpected(numberError(text, "not a whole number " + rangeText(least, most)));
  }
  return number;
}

Result<Endpoint> parseLocalEnd(std::string_view text, Transport transport) {
  const std::string prefix =
      std::string(transportName(transport)) + (isUnixTransport(transport) ? ":" : "://");
  Result<Endpoint> endpoint = Endpoint::parse(prefix + std::string(text));
  if (endpoint) return endpoint;
  Error error = endpoint.error();
  error.subject = text;
  if (error.where) error.where->offset -= std::min(error.where->offset, prefix.size());
  return std::unexpected(std::move(error));
}

}  // namespace sockbench::cli
