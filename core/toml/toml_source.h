// The text of a document, read from its front.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace sockbench {

struct TomlFault {
  std::size_t offset = 0;
  std::string detail;
};
template <class T>
using TomlParsed = std::expected<T, TomlFault>;

// Valid UTF-8, without a byte order mark.
class TomlSource {
 public:
  explicit TomlSource(std::string_view text) : text_(text) {}

  bool atEnd() const { return at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool startsWith(std::string_view text) const { return text_.substr(at_).starts_with(text); }
  // At "\n" or "\r\n"; 0: at neither, else its length.
  std::size_t newline() const { return peek() == '\n' ? 1 : startsWith("\r\n") ? 2 : 0; }
  void skip(std::size_t bytes) { at_ += bytes; }
  bool take(char c) {
    const bool isThere = !atEnd() && peek() == c;
    if (isThere) ++at_;
    return isThere;
  }
  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  std::size_t offset() const { return at_; }
  std::string_view from(std::size_t begin) const { return text_.substr(begin, at_ - begin); }
  std::unexpected<TomlFault> fault(std::string detail) const { return fault(at_, std::move(detail)); }
  static std::unexpected<TomlFault> fault(std::size_t offset, std::string detail) {
    return std::unexpected(TomlFault{offset, std::move(detail)});
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace sockbench
