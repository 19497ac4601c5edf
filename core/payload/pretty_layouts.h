// The two layouts behind prettyText(). Thread: any.
#pragma once

#include <string>
#include <string_view>

#include "core/payload/pretty_text.h"

namespace sockbench {

// Text that grows by pieces and lines, up to kMostPrettyOutput.
class PrettyWriter {
 public:
  void add(std::string_view piece) { text_ += piece; }
  // The next piece begins a line, `depth` levels in; the first line of all has no line before it.
  void beginLine(std::size_t depth) {
    if (!text_.empty()) text_ += '\n';
    text_.append(2 * depth, ' ');
  }
  bool isEmpty() const { return text_.empty(); }
  bool isTooLong() const { return text_.size() > kMostPrettyOutput; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// A fault's offset; where it stands in lines is the caller's.
struct LayoutFault {
  std::size_t offset = 0;
  std::string_view sentence{};
};
using LayoutResult = std::expected<std::string, LayoutFault>;

inline constexpr std::string_view kPrettyTooLong = "laid out, the text is longer than 64 MiB";

LayoutResult layOutJson(std::string_view text);
LayoutResult layOutXml(std::string_view text);  // UTF-8

}  // namespace sockbench
