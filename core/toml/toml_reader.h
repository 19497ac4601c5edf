// TomlReader: the values of a table by their keys, each of its type. The first thing that is wrong is kept,
// with its place; what is wrong or missing is answered by a default, so that a codec is a list of its keys:
//
//   Result<Ship> shipFromToml(const TomlTable& table, std::string subject) {
//     TomlReader in(table, std::move(subject), UnknownKeys::refused);
//     Ship ship;
//     ship.name = in.text("name");                                    // must be there
//     ship.masts = in.integer("masts", ship.masts, 1, 7);             // may be left out
//     ship.patience = in.duration("patience", std::chrono::seconds(5));
//     ship.rig = in.word<Rig>("rig", Rig::sloop, {{"sloop", Rig::sloop}, {"ketch", Rig::ketch}});
//     ship.port = in.parsed<Endpoint>("port", ship.port, &Endpoint::parse);
//     in.eachTable("crew", [&](TomlReader& one) { ship.crew.push_back(readSailor(one)); });
//     return in.finish(std::move(ship));
//   }
//
// A part of a codec takes the reader of its table (Sailor readSailor(TomlReader& in)) and need not ask for
// errors. Keys that nobody asked for are known when the reader of their table is finished: with
// UnknownKeys::refused that is an error, with the nearest of the keys that were asked for.
//
// The table must outlive the reader. Thread: one at a time.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/toml/toml_tree.h"

namespace sockbench {

enum class UnknownKeys : std::uint8_t {
  refused,  // a slip of the finger must not pass: scenarios
  left,     // of a newer version: workspaces, where they stay in the file
};

class TomlReader {
 public:
  // `subject` names the document, for messages. `place`: where the table begins, for what is missing in it.
  TomlReader(const TomlTable& table, std::string subject, UnknownKeys unknown, TomlPlace place = {1, 1});

  bool has(std::string_view key);                // it counts as asked for
  const TomlValue* value(std::string_view key);  // of any type; nullptr: there is none

  // Without a fallback the key must be there: an error, and "" or an empty value.
  std::string text(std::string_view key);
  std::string text(std::string_view key, std::string_view fallback);
  bool flag(std::string_view key, bool fallback);
  double real(std::string_view key, double fallback, double least, double most);  // a whole number, too
  template <std::integral T>
  T integer(std::string_view key, T fallback, T least = std::numeric_limits<T>::min(),
            T most = std::numeric_limits<T>::max());
  template <std::integral T>
  T requiredInteger(std::string_view key, T least = std::numeric_limits<T>::min(),
                    T most = std::numeric_limits<T>::max());
  // "100ms", as parseDuration() reads it.
  std::chrono::nanoseconds duration(std::string_view key, std::chrono::nanoseconds fallback);
  std::chrono::nanoseconds requiredDuration(std::string_view key);
  // One of a few words; an error tells the nearest, or all.
  template <class E>
  using Words = std::initializer_list<std::pair<std::string_view, E>>;
  template <class E>
  E word(std::string_view key, E fallback, Words<E> words);
  template <class E>
  E requiredWord(std::string_view key, Words<E> words);
  // Which of `words` stands there. nullopt: none does, or there is none.
  std::optional<std::size_t> wordIndex(std::string_view key, std::span<const std::string_view> words);
  // A text that `parse` reads (Endpoint::parse); its error is told at the key's place.
  template <class T, class Parse>
  T parsed(std::string_view key, T fallback, Parse&& parse);
  template <class T, class Parse>
  T requiredParsed(std::string_view key, Parse&& parse);

  std::vector<std::string> texts(std::string_view key);  // an array of text; empty when it is not there

  // Calls `read` with a reader of the table; false: there is none.
  using Read = std::function<void(TomlReader&)>;
  bool table(std::string_view key, const Read& read);
  std::size_t eachTable(std::string_view key, const Read& read);  // of an array of tables; how many
  // Every key of this table that holds a table ([variables.token]), in order: a table whose keys are names.
  void eachNamedTable(const std::function<void(const std::string& name, TomlReader&)>& read);
  void eachValue(std::string_view key, const std::function<void(const TomlValue&)>& read);  // of an array

  // Says that something is wrong: at the key's value (or, when it is not there, at the table), or at a place.
  void fail(std::string_view key, std::string detail);
  void failAt(TomlPlace place, std::string detail);
  // What is wrong with the text at `key`, told by who read it.
  void fail(std::string_view key, const Error& error);

  bool ok() const { return !state_->error; }
  const std::optional<Error>& error() const { return state_->error; }
  const std::string& subject() const { return state_->subject; }
  TomlPlace place() const { return place_; }  // of the table
  const TomlTable& tree() const { return *table_; }
  std::vector<std::string_view> unknownKeys() const;  // that nobody has asked for yet, in order

  // `made`, or the first error. Only for the reader that was made by hand.
  template <class T>
  Result<T> finish(T made) {
    checkKeys();
    if (state_->error) return std::unexpected(*state_->error);
    return made;
  }

 private:
  struct State {
    std::string subject;
    UnknownKeys unknown;
    std::optional<Error> error;
  };

  TomlReader(const TomlTable& table, std::shared_ptr<State> state, TomlPlace place);
  void readInner(const TomlTable& table, TomlPlace place, const Read& read);
  void checkKeys();
  void missing(std::string_view key);
  void wrongKind(std::string_view key, const TomlValue& value, std::string_view wanted);
  template <class T>
  const T* typed(std::string_view key, std::string_view wanted);
  std::optional<std::int64_t> integerIn(std::string_view key, std::int64_t least, std::uint64_t most);
  void requireKey(std::string_view key);

  const TomlTable* table_;
  std::shared_ptr<State> state_;
  TomlPlace place_;
  std::set<std::string, std::less<>> asked_;
};

template <std::integral T>
T TomlReader::integer(std::string_view key, T fallback, T least, T most) {
  const auto low = std::in_range<std::int64_t>(least) ? static_cast<std::int64_t>(least)
                                                      : std::numeric_limits<std::int64_t>::max();
  const auto high = most < T{0} ? std::uint64_t{0} : static_cast<std::uint64_t>(most);
  const auto read = integerIn(key, low, high);
  return read ? static_cast<T>(*read) : fallback;
}

template <std::integral T>
T TomlReader::requiredInteger(std::string_view key, T least, T most) {
  requireKey(key);
  return integer<T>(key, T{}, least, most);
}

template <class E>
E TomlReader::word(std::string_view key, E fallback, Words<E> words) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : words) names.push_back(name);
  const auto index = wordIndex(key, names);
  return index ? (words.begin() + *index)->second : fallback;
}

template <class E>
E TomlReader::requiredWord(std::string_view key, Words<E> words) {
  requireKey(key);
  return word<E>(key, words.begin()->second, words);
}

template <class T, class Parse>
T TomlReader::parsed(std::string_view key, T fallback, Parse&& parse) {
  if (!has(key)) return fallback;
  const std::string written = text(key);
  if (!std::holds_alternative<std::string>(value(key)->data)) return fallback;
  Result<T> made = std::forward<Parse>(parse)(written);
  if (made) return *std::move(made);
  fail(key, made.error());
  return fallback;
}

template <class T, class Parse>
T TomlReader::requiredParsed(std::string_view key, Parse&& parse) {
  requireKey(key);
  return parsed<T>(key, T{}, std::forward<Parse>(parse));
}

}  // namespace sockbench
