// A TOML document as a tree that keeps the order of its keys and knows where each value stands, and its text.
// TOML 1.0 (https://toml.io/en/v1.0.0), read by toml++.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/error.h"

namespace sockbench {

struct TomlPlace {
  std::uint32_t line = 0;    // from 1; 0: made by the program
  std::uint32_t column = 0;  // from 1, in bytes
};

struct TomlValue;
using TomlArray = std::vector<TomlValue>;

// A date or a time, kept as it was written.
struct TomlTime {
  std::string text;
  bool operator==(const TomlTime&) const = default;
};

// Keys in their order. Small: looked up one after the other.
class TomlTable {
 public:
  using Entry = std::pair<std::string, TomlValue>;
  const TomlValue* find(std::string_view key) const;  // nullptr: there is none
  TomlValue* find(std::string_view key);
  TomlValue& set(std::string_view key, TomlValue value);  // in its place, or behind the others
  bool remove(std::string_view key);
  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  bool empty() const { return entries_.empty(); }
  bool operator==(const TomlTable&) const;

 private:
  std::vector<Entry> entries_;
};

// Places do not count in comparisons.
struct TomlValue {
  std::variant<bool, std::int64_t, double, std::string, TomlTime, TomlArray, TomlTable> data;
  TomlPlace place{};

  TomlValue() : data(false) {}
  template <class T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, TomlValue>) TomlValue(T value, TomlPlace at = {})
      : data(std::move(value)), place(at) {}
  TomlValue(const char* text) : data(std::string(text)) {}
  TomlValue(std::string_view text) : data(std::string(text)) {}

  std::string_view kind() const;  // "string", "integer", "table", ...
  bool operator==(const TomlValue& other) const { return data == other.data; }
};

inline constexpr std::size_t kMostTomlBytes = std::size_t{64} << 20;
inline constexpr int kDeepestToml = 64;

// Errors: badSyntax with `where` at the wrong place of `text` and "line 3, column 7: ..." in its detail;
// tooLarge beyond kMostTomlBytes. `subject` names the document in messages: its path. Thread: any.
Result<TomlTable> readToml(std::string_view text, std::string subject);

// The text of a tree, which reads back as the same tree. Sub-tables under [headers], arrays of tables under
// [[headers]]; tables within arrays within tables, too. Text of several lines in """ form where that reads
// better. One key a line, so that a changed value is a changed line.
std::string writeToml(const TomlTable& table);

// A tree's own error: "workspace.toml: line 3, column 7: DETAIL", badSyntax.
Error tomlError(std::string subject, TomlPlace place, std::string detail);

}  // namespace sockbench
