#include "core/toml/toml_tree.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/unicode.h"

namespace sockbench {
namespace {

constexpr std::string_view kLine = "line ";
constexpr std::string_view kColumn = ", column ";

// Reads "PREFIXnumber" off the front of `text`. 0: it does not stand there.
std::uint32_t takeNumber(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return 0;
  text.remove_prefix(prefix.size());
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc()) return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

const TomlValue* TomlTable::find(std::string_view key) const {
  const auto it = std::ranges::find(entries_, key, &Entry::first);
  return it == entries_.end() ? nullptr : &it->second;
}

TomlValue* TomlTable::find(std::string_view key) {
  const auto it = std::ranges::find(entries_, key, &Entry::first);
  return it == entries_.end() ? nullptr : &it->second;
}

TomlValue& TomlTable::set(std::string_view key, TomlValue value) {
  if (TomlValue* old = find(key)) return *old = std::move(value);
  return entries_.emplace_back(std::string(key), std::move(value)).second;
}

bool TomlTable::remove(std::string_view key) {
  return std::erase_if(entries_, [&](const Entry& entry) { return entry.first == key; }) > 0;
}

bool TomlTable::operator==(const TomlTable& other) const {
  return entries_ == other.entries_;
}

std::string_view TomlValue::kind() const {
  static constexpr std::array<std::string_view, 7> names{"boolean", "integer", "float", "string",
                                                         "time",    "array",   "table"};
  return names[data.index()];
}

bool TomlValue::operator==(const TomlValue& other) const {
  const auto* a = std::get_if<double>(&data);
  const auto* b = std::get_if<double>(&other.data);
  if (a != nullptr && b != nullptr && std::isnan(*a) && std::isnan(*b)) return true;
  return data == other.data;
}

Error tomlError(std::string subject, TomlPlace place, std::string detail) {
  if (place.line != 0) {
    detail = std::string(kLine) + std::to_string(place.line) + std::string(kColumn) +
             std::to_string(place.column) + ": " + detail;
  }
  return Error::fromInput(InputFault::badSyntax, std::move(subject), std::nullopt, std::move(detail));
}

std::optional<TomlPlace> tomlErrorPlace(const Error& error) {
  std::string_view text = error.detail;
  TomlPlace place;
  place.line = takeNumber(text, kLine);
  place.column = takeNumber(text, kColumn);
  if (!error.isInput(InputFault::badSyntax) || place.line == 0 || place.column == 0) return std::nullopt;
  return place;
}

std::string tomlQuoted(std::string_view text) {
  constexpr int most = 60;
  std::string out = "\"";
  std::size_t at = 0;
  for (int i = 0; i < most && at < text.size(); ++i) {
    const char32_t c = nextUtf8(text, at);
    appendUtf8(out, c == kInvalidUtf8 || isDeceptiveCharacter(c) ? U'\uFFFD' : c);
  }
  return out + (at < text.size() ? "\u2026\"" : "\"");
}

}  // namespace sockbench
