#include "core/automation/session_step.h"

#include <array>
#include <utility>

namespace sockbench {

Result<BytePattern> compile(const PatternSpec& pattern) {
  switch (pattern.kind) {
    case PatternSpec::Kind::text:
      return BytePattern::fromText(pattern.text, pattern.encoding, pattern.caseSensitive);
    case PatternSpec::Kind::hex:
      return BytePattern::fromHex(pattern.text);
    case PatternSpec::Kind::regex:
      return BytePattern::fromRegex(pattern.text, pattern.caseSensitive);
  }
  std::unreachable();
}

std::string_view stepName(SessionStep::Kind kind) {
  using namespace std::string_view_literals;
  static constexpr std::array kNames{"send"sv,         "wait"sv,           "expect"sv,
                                     "close"sv,        "half-close"sv,     "reset"sv,
                                     "stop-reading"sv, "resume-reading"sv, "run"sv};
  return kNames.at(static_cast<std::size_t>(kind));
}

}  // namespace sockbench
