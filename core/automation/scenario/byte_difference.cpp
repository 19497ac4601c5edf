#include "core/automation/scenario/byte_difference.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/payload/escapes.h"
#include "core/payload/hex.h"

namespace sockbench {
namespace {

constexpr std::size_t kRow = 16;
constexpr std::size_t kRowsBefore = 1;  // the first difference's
constexpr std::size_t kRowsBehind = 2;
constexpr std::size_t kShown = 128;
constexpr std::size_t kDescribed = 60;
constexpr std::size_t kSearched = 4096;

bool isPrintable(std::byte b) {
  return b >= std::byte{0x20} && b < std::byte{0x7f};
}

std::string count(std::size_t bytes) {
  return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
}

std::string offsetText(std::size_t offset) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%04zx  ", offset);
  return text.data();
}

// "0010  2b 50 ...   +P": `from` is a multiple of kRow, and may lie at the end.
std::string row(ByteView bytes, std::size_t from) {
  const ByteView part = bytes.subspan(from, std::min(kRow, bytes.size() - from));
  const std::string offset = offsetText(from);
  std::string text = offset + toHexSpaced(part, kRow);
  text.resize(offset.size() + 3 * kRow + 1, ' ');
  for (const std::byte b : part) text += isPrintable(b) ? static_cast<char>(b) : '.';
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::size_t commonLength(ByteView a, ByteView b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

void appendRow(std::string& out, std::string_view title, ByteView bytes, std::size_t from) {
  if (from > 0 && from >= bytes.size()) return;
  out += std::string(title) + row(bytes, from) + '\n';
}

}  // namespace

std::string describeBytes(ByteView bytes) {
  if (bytes.empty()) return "nothing";
  const ByteView head = bytes.first(std::min(bytes.size(), kDescribed));
  const auto isText = [](std::byte b) {
    return isPrintable(b) || b >= std::byte{0x80} || b == std::byte{'\n'} || b == std::byte{'\r'} ||
           b == std::byte{'\t'};
  };
  const auto texts = static_cast<std::size_t>(std::ranges::count_if(head, isText));
  const bool isCut = head.size() < bytes.size();
  std::string said = texts * 2 >= head.size() ? "\"" + escape(head) + "\"" + (isCut ? "\u2026" : "")
                                              : toHexSpaced(bytes, kDescribed / 2);
  return said + " (" + count(bytes.size()) + ")";
}

std::string compareBytes(ByteView expected, ByteView came) {
  static constexpr std::string_view expectedTitle = "expected  ";
  static constexpr std::string_view cameTitle = "came      ";
  const std::size_t same = commonLength(expected, came);
  std::string text;
  if (same == expected.size()) {
    text = "no difference in " + count(same);
  } else if (same == came.size()) {
    text = came.empty() ? "nothing came" : "what came ends after " + count(same);
  } else {
    text = "first difference at byte " + std::to_string(same);
  }
  text += '\n';
  const std::size_t middle = same / kRow * kRow;
  const std::size_t first = middle - std::min(middle, kRowsBefore * kRow);
  for (std::size_t at = first; at <= middle + kRowsBehind * kRow; at += kRow) {
    appendRow(text, expectedTitle, expected, at);
    appendRow(text, cameTitle, came, at);
    if (at != middle || same >= std::max(expected.size(), came.size())) continue;
    text += std::string(expectedTitle.size() + offsetText(at).size() + 3 * (same - middle), ' ') + "^^\n";
  }
  return text;
}

std::string showBytes(ByteView came) {
  if (came.empty()) return "nothing came\n";
  std::string text;
  for (std::size_t at = 0; at < std::min(came.size(), kShown); at += kRow)
    appendRow(text, "came      ", came, at);
  if (came.size() > kShown) text += "came      \u2026 " + count(came.size() - kShown) + " more\n";
  return text;
}

std::size_t nearestPlace(ByteView expected, ByteView came) {
  std::size_t best = 0;
  std::size_t bestLength = 0;
  for (std::size_t at = came.size() - std::min(came.size(), kSearched); at < came.size(); ++at) {
    const std::size_t length = commonLength(expected, came.subspan(at));
    if (length <= bestLength) continue;
    best = at;
    bestLength = length;
  }
  return best;
}

}  // namespace sockbench
