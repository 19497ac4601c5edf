// A TOML document as a tree that keeps the order of its keys and knows where each value stands, and its text.
// TOML 1.0 (https://toml.io/en/v1.0.0), in full. Thread: any, for everything here.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
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

// Keys in their order. Small: looked up one after the other. Keys are different from each other.
class TomlTable {
 public:
  using Entry = std::pair<std::string, TomlValue>;
  const TomlValue* find(std::string_view key) const;  // nullptr: there is none
  TomlValue* find(std::string_view key);
  TomlValue& set(std::string_view key, TomlValue value);  // in its place, or behind the others
  bool remove(std::string_view key);
  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  bool empty() const;
  bool operator==(const TomlTable&) const;  // in the same order

  // Whether it is written as { a = 1, b = 2 } rather than under a [header]. Does not count in comparisons.
  bool isInline() const { return inline_; }
  void setInline(bool on) { inline_ = on; }

 private:
  std::vector<Entry> entries_;
  bool inline_ = false;
};

// Places do not count in comparisons, and NaN is equal to NaN.
struct TomlValue {
  std::variant<bool, std::int64_t, double, std::string, TomlTime, TomlArray, TomlTable> data;
  TomlPlace place{};

  TomlValue() : data(false) {}
  template <class T>
  requires std::integral<T> || std::floating_point<T> || std::same_as<T, std::string> ||
      std::same_as<T, TomlTime> || std::same_as<T, TomlArray> || std::same_as<T, TomlTable>
      TomlValue(T value, TomlPlace at = {}) : data(std::move(value)), place(at) {}
  TomlValue(const char* text) : data(std::string(text)) {}
  TomlValue(std::string_view text) : data(std::string(text)) {}

  std::string_view kind() const;  // "boolean", "integer", "float", "string", "time", "array", "table"
  bool operator==(const TomlValue& other) const;
};

inline bool TomlTable::empty() const {
  return entries_.empty();
}

inline constexpr std::size_t kMostTomlBytes = std::size_t{64} << 20;
inline constexpr int kDeepestToml =
    64;  // tables and arrays within each other, the document itself not counted

// `subject` names the document in messages: its path. A byte order mark is passed over. Errors: badSyntax as
// tomlError() makes it (not TOML 1.0, not UTF-8, a key twice, deeper than kDeepestToml); tooLarge beyond
// kMostTomlBytes.
Result<TomlTable> readToml(std::string_view text, std::string subject);

// The text of a tree of at most kDeepestToml levels, which reads back as the same tree. Tables stand under
// [headers], arrays of tables under [[headers]], unless they are inline or a plain value follows them in
// their table: put tables last. One key a line, and one element a line in a long array, so that a changed
// value is a changed line. Text is 'literal' where it has backslashes, and in """ form where it has several
// lines; controls, and characters that hide or disguise something (isDeceptiveCharacter), are escaped. Bytes
// that are not UTF-8 cannot stand in TOML and become U+FFFD.
std::string writeToml(const TomlTable& table);

// "DOCUMENT: line 3, column 7: DETAIL", badSyntax; without the place where `place` is the program's own.
// Error::where is not set: the place is not in the subject.
Error tomlError(std::string subject, TomlPlace place, std::string detail);
// Where the document of such an error is wrong. nullopt: it tells no place.
std::optional<TomlPlace> tomlErrorPlace(const Error& error);

// A key or a word of a document as it may stand in a message: its beginning, in quotes, without characters
// that hide or disguise something.
std::string tomlQuoted(std::string_view text);

}  // namespace sockbench
