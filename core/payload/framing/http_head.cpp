#include "core/payload/framing/http_head.h"

#include <algorithm>
#include <charconv>

namespace sockbench {
namespace {

constexpr std::uint64_t kMostBody = std::uint64_t{1} << 62;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isTokenCharacter(char c) {
  return isDigit(c) || isLetter(c) || std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, isTokenCharacter);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool isNamed(std::string_view name, std::string_view lower) {
  return std::ranges::equal(name, lower, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

// "HTTP/1.1": case counts (RFC 9112, section 2.3).
bool isVersion(std::string_view text) {
  return text.size() == 8 && text.starts_with("HTTP/1.") && isDigit(text[7]);
}

bool isStatusLine(std::string_view line) {
  if (line.size() < 12 || !isVersion(line.substr(0, 8)) || line[8] != ' ') return false;
  return std::ranges::all_of(line.substr(9, 3), isDigit) && (line.size() == 12 || line[12] == ' ');
}

bool isRequestLine(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || last <= first + 1 || !isToken(line.substr(0, first))) return false;
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const bool isTarget = std::ranges::none_of(
      target, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; });
  return isTarget && isVersion(line.substr(last + 1));
}

// Calls each(item) for what stands between commas.
template <class Each>
void eachItem(std::string_view list, Each&& each) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    each(trimmed(list.substr(at, comma - at)));
    at = comma + 1;
  }
}

}  // namespace

bool isHttpStartLine(std::string_view line) {
  return isStatusLine(line) || isRequestLine(line);
}

HttpHead::HttpHead(std::string_view startLine) : isResponse_(isStatusLine(startLine)) {
  if (isResponse_) std::from_chars(startLine.data() + 9, startLine.data() + 12, status_);
}

void HttpHead::field(std::string_view line, bool isCut) {
  if (line.starts_with(' ') || line.starts_with('\t')) {
    if (wasDelimiting_) breakBody("a header that says where the body ends is folded");
    return;
  }
  const std::size_t colon = line.find(':');
  wasDelimiting_ = false;
  if (colon == std::string_view::npos) return complain("a header line without a colon");
  const std::string_view name = trimmed(line.substr(0, colon));
  if (!isToken(line.substr(0, colon))) complain("the name of a header is no token");
  const bool isLength = isNamed(name, "content-length");
  const bool isCoding = isNamed(name, "transfer-encoding");
  wasDelimiting_ = isLength || isCoding;
  if (wasDelimiting_ && isCut)
    return breakBody("a header that says where the body ends is longer than 16 KiB");
  if (isLength) contentLength(line.substr(colon + 1));
  if (isCoding) transferEncoding(line.substr(colon + 1));
}

// A list of the same number is read as this number (RFC 9112, section 6.3, point 5).
void HttpHead::contentLength(std::string_view value) {
  eachItem(value, [&](std::string_view item) {
    std::uint64_t number = 0;
    const auto [rest, fault] = std::from_chars(item.data(), item.data() + item.size(), number);
    if (item.empty() || fault != std::errc{} || rest != item.data() + item.size() || number > kMostBody)
      return breakBody("Content-Length is no number");
    if (length_ && *length_ != number) return breakBody("there are two different Content-Length");
    length_ = number;
  });
}

void HttpHead::transferEncoding(std::string_view value) {
  isCoded_ = true;
  eachItem(value, [&](std::string_view item) {
    if (!item.empty()) isChunked_ = isNamed(trimmed(item.substr(0, item.find(';'))), "chunked");
  });
}

// The order is that of RFC 9112, section 6.3.
HttpHead::Body HttpHead::body() {
  if (isResponse_ && status_ == 101) return Body::tunnel;
  if (isResponse_ && (status_ / 100 == 1 || status_ == 204 || status_ == 304)) return Body::none;
  if (isCoded_) {
    if (length_ || isBroken_) complain("both Transfer-Encoding and Content-Length");
    if (isChunked_) return Body::chunked;
    if (isResponse_) return Body::untilClose;
    breakBody("the last Transfer-Encoding of a request is not chunked");
    return Body::broken;
  }
  if (isBroken_) return Body::broken;
  if (length_) return *length_ > 0 ? Body::length : Body::none;
  return isResponse_ ? Body::untilClose : Body::none;
}

void HttpHead::complain(std::string_view fault) {
  if (fault_.empty()) fault_ = fault;
}

void HttpHead::breakBody(std::string_view fault) {
  isBroken_ = true;
  complain(fault);
}

}  // namespace sockbench
