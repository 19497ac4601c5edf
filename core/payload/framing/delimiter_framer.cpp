#include <utility>

#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

// How far a match of the delimiter's first n bytes still holds when the next one does not fit (Knuth, Morris
// and Pratt), so that no byte is looked at again in a later piece.
std::vector<std::size_t> fallbacks(const Bytes& delimiter) {
  std::vector<std::size_t> table(delimiter.size() + 1, 0);
  for (std::size_t i = 1, matched = 0; i < delimiter.size(); ++i) {
    while (matched > 0 && delimiter[i] != delimiter[matched]) matched = table[matched];
    if (delimiter[i] == delimiter[matched]) ++matched;
    table[i + 1] = matched;
  }
  return table;
}

class DelimiterFramer final : public FrameCutter {
 public:
  explicit DelimiterFramer(Bytes delimiter)
      : delimiter_(std::move(delimiter)), fallbacks_(fallbacks(delimiter_)) {}

 private:
  Taken take(ByteView piece) override {
    for (std::size_t at = 0; at < piece.size(); ++at) {
      if (matched_ == 0) {
        at = asChars(piece).find(static_cast<char>(delimiter_[0]), at);
        if (at == std::string_view::npos) break;
      }
      while (matched_ > 0 && piece[at] != delimiter_[matched_]) matched_ = fallbacks_[matched_];
      if (piece[at] == delimiter_[matched_]) ++matched_;
      if (matched_ == delimiter_.size()) return {.bytes = at + 1, .ends = true, .tail = delimiter_.size()};
    }
    return {.bytes = piece.size()};
  }
  void begin() override { matched_ = 0; }

  Bytes delimiter_;
  std::vector<std::size_t> fallbacks_;
  std::size_t matched_ = 0;
};

}  // namespace

std::unique_ptr<Framer> makeDelimiterFramer(Bytes delimiter) {
  if (delimiter.empty()) delimiter = {std::byte{'\n'}};
  return std::make_unique<DelimiterFramer>(std::move(delimiter));
}

}  // namespace sockbench
