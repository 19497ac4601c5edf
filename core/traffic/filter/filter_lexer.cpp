#include "core/traffic/filter/filter_lexer.h"

#include <algorithm>
#include <array>

#include "core/traffic/filter/filter_words.h"

namespace sockbench {
namespace {

constexpr std::array<std::string_view, 10> kSymbols{"==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "~"};

bool isSpace(char c) {
  return std::string_view(" \t\r\n\v\f").contains(c);
}

bool endsWord(char c) {
  return isSpace(c) || std::string_view("()[]{}\",&|!=<>~").contains(c);
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<FilterToken> all() {
    while (skipSpace()) next();
    tokens_.push_back({FilterTokenKind::end, text_.substr(text_.size())});
    return std::move(tokens_);
  }

 private:
  bool skipSpace() {
    while (at_ < text_.size() && isSpace(text_[at_])) ++at_;
    return at_ < text_.size();
  }

  void add(FilterTokenKind kind, std::size_t length) {
    tokens_.push_back({kind, text_.substr(at_, length)});
    at_ += length;
  }

  void refuse(std::size_t length, std::string problem) {
    tokens_.push_back({FilterTokenKind::wrong, text_.substr(at_, length), std::move(problem)});
    at_ = text_.size();
  }

  void next() {
    switch (text_[at_]) {
      case '(':
        return add(FilterTokenKind::open, 1);
      case ')':
        return add(FilterTokenKind::close, 1);
      case '{':
        return add(FilterTokenKind::openSet, 1);
      case '}':
        return add(FilterTokenKind::closeSet, 1);
      case ',':
        return add(FilterTokenKind::comma, 1);
      case '"':
        return quoted();
      case '[':
        return bracketed();
      case ']':
        return refuse(1, "this bracket was never opened");
      default:
        return endsWord(text_[at_]) ? symbol() : add(FilterTokenKind::word, wordLength(at_));
    }
  }

  std::size_t wordLength(std::size_t from) const {
    std::size_t end = from;
    while (end < text_.size() && !endsWord(text_[end])) ++end;
    return end - from;
  }

  void symbol() {
    const std::string_view rest = text_.substr(at_);
    const auto found =
        std::ranges::find_if(kSymbols, [&](std::string_view symbol) { return rest.starts_with(symbol); });
    if (found != kSymbols.end()) return add(FilterTokenKind::symbol, found->size());
    const std::string one(rest.substr(0, 1));
    refuse(1, "a single " + one + " is no operator; write " + one + one);
  }

  void quoted() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    if (end >= text_.size()) return refuse(text_.size() - at_, "this quote is never closed");
    tokens_.push_back({FilterTokenKind::quoted, text_.substr(at_ + 1, end - at_ - 1)});
    at_ = end + 1;
  }

  void bracketed() {
    const std::size_t close = text_.find(']', at_);
    if (close == std::string_view::npos) return refuse(1, "this bracket is never closed");
    add(FilterTokenKind::word, close + 1 + wordLength(close + 1) - at_);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<FilterToken> tokens_;
};

}  // namespace

bool FilterToken::isWord(std::string_view keyword) const {
  return kind == FilterTokenKind::word && equalAnyCase(text, keyword);
}

std::vector<FilterToken> lexFilter(std::string_view text) {
  return Lexer(text).all();
}

}  // namespace sockbench
