// The words of a filter's text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

enum class FilterTokenKind {
  word,      // a name, a keyword, a bare value; "[...]" and what hangs on it
  quoted,    // "...", without its quotes
  symbol,    // == != <= >= < > ! ~ && ||
  open,      // (
  close,     // )
  openSet,   // {
  closeSet,  // }
  comma,
  wrong,  // `problem` says why; nothing comes behind it but the end
  end,    // behind everything, empty
};

struct FilterToken {
  FilterTokenKind kind = FilterTokenKind::end;
  std::string_view text;  // a part of the filter's text
  std::string problem{};

  bool is(FilterTokenKind wanted) const { return kind == wanted; }
  bool isWord(std::string_view keyword) const;  // in any case
};

// Always ends in FilterTokenKind::end.
std::vector<FilterToken> lexFilter(std::string_view text);

}  // namespace sockbench
