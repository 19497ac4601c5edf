#include "core/resolve/host_list.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/regular_file.h"
#include "core/base/unicode.h"

namespace sockbench {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t";
constexpr std::size_t kShownBytes = 80;  // of a faulty line

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

Error lineFault(InputFault fault, std::string_view line, std::optional<TextSpan> where, std::string detail) {
  return Error::fromInput(fault, std::string(line.substr(0, kShownBytes)), where, std::move(detail));
}

std::optional<Error> faultOf(std::string_view line) {
  if (line.size() > kMostListLine)
    return lineFault(InputFault::tooLarge, line, std::nullopt,
                     "the line is longer than " + std::to_string(kMostListLine) + " bytes");
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    const char32_t c = nextUtf8(line, at);
    if (c == kInvalidUtf8)
      return lineFault(InputFault::badEncoding, line, TextSpan{begin, 1},
                       "byte " + std::to_string(begin + 1) + " is not UTF-8");
    if ((c < U' ' && c != U'\t') || c == 0x7F)
      return lineFault(InputFault::badHost, line, TextSpan{begin, 1},
                       "byte " + std::to_string(begin + 1) + " is a control character");
  }
  return std::nullopt;
}

void take(HostList& list, std::string_view line, std::size_t number) {
  if (std::optional<Error> fault = faultOf(line)) {
    if (list.faulty++ < HostList::kMostFaults) list.faults.push_back({number, *std::move(fault)});
    return;
  }
  const std::string_view host = trimmed(line.substr(0, line.find('#')));
  if (host.empty()) return;
  if (list.hosts.size() < kMostListedHosts)
    list.hosts.emplace_back(host);
  else
    ++list.beyond;
}

}  // namespace

HostList parseHostList(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  HostList list;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take(list, line, number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

Result<HostList> readHostList(const std::string& path) {
  const Result<Bytes> text = readRegularFile(path, kMostListBytes);
  if (!text) return std::unexpected(text.error());
  return parseHostList(asChars(*text));
}

}  // namespace sockbench
