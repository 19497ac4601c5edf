#include "core/toml/toml_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/duration_text.h"
#include "core/base/words.h"

namespace sockbench {
namespace {

std::string withNearest(std::string said, std::string_view typed, std::span<const std::string_view> words) {
  const std::string_view nearest = nearestWord(typed, words);
  if (!nearest.empty()) return said + "; did you mean " + tomlQuoted(nearest) + "?";
  constexpr std::size_t mostListed = 12;
  if (words.empty() || words.size() > mostListed) return said;
  return said + "; there is " + wordList(words);
}

std::string shortText(double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

}  // namespace

TomlReader::TomlReader(const TomlTable& table, std::string subject, UnknownKeys unknown, TomlPlace place)
    : TomlReader(table, std::make_shared<State>(std::move(subject), unknown, std::nullopt), place) {}

TomlReader::TomlReader(const TomlTable& table, std::shared_ptr<State> state, TomlPlace place)
    : table_(&table), state_(std::move(state)), place_(place) {}

bool TomlReader::has(std::string_view key) {
  return value(key) != nullptr;
}

const TomlValue* TomlReader::value(std::string_view key) {
  if (!asked_.contains(key)) asked_.emplace(key);
  return table_->find(key);
}

template <class T>
const T* TomlReader::typed(std::string_view key, std::string_view wanted) {
  const TomlValue* found = value(key);
  if (found == nullptr) return nullptr;
  const T* data = std::get_if<T>(&found->data);
  if (data == nullptr) wrongKind(key, *found, wanted);
  return data;
}

std::string TomlReader::text(std::string_view key) {
  requireKey(key);
  return text(key, {});
}

std::string TomlReader::text(std::string_view key, std::string_view fallback) {
  const auto* found = typed<std::string>(key, "text");
  return found != nullptr ? *found : std::string(fallback);
}

bool TomlReader::flag(std::string_view key, bool fallback) {
  const auto* found = typed<bool>(key, "true or false");
  return found != nullptr ? *found : fallback;
}

double TomlReader::real(std::string_view key, double fallback, double least, double most) {
  const TomlValue* found = value(key);
  if (found == nullptr) return fallback;
  const auto* whole = std::get_if<std::int64_t>(&found->data);
  const auto* number = whole != nullptr ? nullptr : typed<double>(key, "a number");
  if (whole == nullptr && number == nullptr) return fallback;
  const double read = whole != nullptr ? static_cast<double>(*whole) : *number;
  if (read >= least && read <= most) return read;
  fail(key, tomlQuoted(key) + " must be from " + shortText(least) + " to " + shortText(most));
  return fallback;
}

std::optional<std::int64_t> TomlReader::integerIn(std::string_view key, std::int64_t least,
                                                  std::uint64_t most) {
  const auto* found = typed<std::int64_t>(key, "a whole number");
  if (found == nullptr) return std::nullopt;
  if (*found >= least && (*found < 0 || static_cast<std::uint64_t>(*found) <= most)) return *found;
  std::string said = tomlQuoted(key) + " must be ";
  if (most >= std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    said += "at least " + std::to_string(least);
  else
    said += "from " + std::to_string(least) + " to " + std::to_string(most);
  fail(key, said + ", not " + std::to_string(*found));
  return std::nullopt;
}

std::chrono::nanoseconds TomlReader::duration(std::string_view key, std::chrono::nanoseconds fallback) {
  const TomlValue* found = value(key);
  if (found != nullptr && !std::holds_alternative<std::string>(found->data)) {
    wrongKind(key, *found, "a length of time as text, as in \"100ms\"");
    return fallback;
  }
  return parsed<std::chrono::nanoseconds>(key, fallback, &parseDuration);
}

std::chrono::nanoseconds TomlReader::requiredDuration(std::string_view key) {
  requireKey(key);
  return duration(key, {});
}

std::optional<std::size_t> TomlReader::wordIndex(std::string_view key,
                                                 std::span<const std::string_view> words) {
  const auto* found = typed<std::string>(key, "text");
  if (found == nullptr) return std::nullopt;
  const auto it = std::ranges::find(words, *found);
  if (it != words.end()) return static_cast<std::size_t>(it - words.begin());
  fail(key, withNearest(tomlQuoted(key) + " cannot be " + tomlQuoted(*found), *found, words));
  return std::nullopt;
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
  std::vector<std::string> all;
  eachValue(key, [&](const TomlValue& value) {
    if (const auto* one = std::get_if<std::string>(&value.data)) {
      all.push_back(*one);
    } else {
      failAt(value.place, tomlQuoted(key) + " must hold text, not " + std::string(value.kind()));
    }
  });
  return all;
}

bool TomlReader::table(std::string_view key, const Read& read) {
  const auto* found = typed<TomlTable>(key, "a table");
  if (found == nullptr) return false;
  readInner(*found, table_->find(key)->place, read);
  return true;
}

std::size_t TomlReader::eachTable(std::string_view key, const Read& read) {
  std::size_t count = 0;
  eachValue(key, [&](const TomlValue& value) {
    if (const auto* one = std::get_if<TomlTable>(&value.data)) {
      readInner(*one, value.place, read);
      ++count;
    } else {
      failAt(value.place, tomlQuoted(key) + " must hold tables, not " + std::string(value.kind()));
    }
  });
  return count;
}

void TomlReader::eachNamedTable(const std::function<void(const std::string& name, TomlReader&)>& read) {
  for (const auto& [name, value] : table_->entries()) {
    asked_.insert(name);
    if (const auto* one = std::get_if<TomlTable>(&value.data)) {
      readInner(*one, value.place, [&](TomlReader& in) { read(name, in); });
    } else {
      wrongKind(name, value, "a table");
    }
  }
}

void TomlReader::eachValue(std::string_view key, const std::function<void(const TomlValue&)>& read) {
  if (const auto* found = typed<TomlArray>(key, "an array")) std::ranges::for_each(*found, read);
}

void TomlReader::readInner(const TomlTable& table, TomlPlace place, const Read& read) {
  TomlReader inner(table, state_, place);
  read(inner);
  inner.checkKeys();
}

void TomlReader::fail(std::string_view key, std::string detail) {
  const TomlValue* found = table_->find(key);
  failAt(found != nullptr ? found->place : place_, std::move(detail));
}

void TomlReader::failAt(TomlPlace place, std::string detail) {
  if (!state_->error) state_->error = tomlError(state_->subject, place, std::move(detail));
}

void TomlReader::fail(std::string_view key, const Error& error) {
  fail(key, tomlQuoted(key) + ": " + error.message());
}

void TomlReader::missing(std::string_view key) {
  failAt(place_, tomlQuoted(key) + " is missing");
}

void TomlReader::requireKey(std::string_view key) {
  if (!has(key)) missing(key);
}

void TomlReader::wrongKind(std::string_view key, const TomlValue& value, std::string_view wanted) {
  const std::string_view kind = value.kind();
  const bool vowel = kind.starts_with('a') || kind.starts_with('i');
  failAt(value.place, tomlQuoted(key) + " must be " + std::string(wanted) + ", not " +
                          (vowel ? "an " : "a ") + std::string(kind));
}

std::vector<std::string_view> TomlReader::unknownKeys() const {
  std::vector<std::string_view> unknown;
  for (const auto& [key, value] : table_->entries()) {
    if (!asked_.contains(key)) unknown.push_back(key);
  }
  return unknown;
}

void TomlReader::checkKeys() {
  if (state_->unknown == UnknownKeys::left || state_->error) return;
  const auto unknown = unknownKeys();
  if (unknown.empty()) return;
  const std::vector<std::string_view> words(asked_.begin(), asked_.end());
  fail(unknown.front(), withNearest("unknown key " + tomlQuoted(unknown.front()), unknown.front(), words));
}

}  // namespace sockbench
