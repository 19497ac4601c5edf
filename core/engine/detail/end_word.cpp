#include "core/engine/detail/end_word.h"

#include <algorithm>

namespace sockbench::detail {
namespace {

std::string_view withoutReturn(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view withoutLineEnd(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  return withoutReturn(line);
}

void keep(std::string& line, std::string_view part, std::size_t most) {
  line.append(part.substr(0, most - std::min(most, line.size())));
}

}  // namespace

bool EndWord::feed(ByteView message, std::string_view word) {
  if (word.empty()) return false;
  const std::size_t most = word.size() + 2;
  std::string_view text = asChars(message);
  bool found = !endsLines_ && withoutLineEnd(text) == word;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    keep(line_, text.substr(0, end), most);
    found = found || withoutReturn(line_) == word;
    line_.clear();
    text.remove_prefix(end + 1);
    endsLines_ = true;
  }
  keep(line_, text, most);
  return found;
}

}  // namespace sockbench::detail
