// JSON (RFC 8259) read without loss: whole numbers of any length, lone surrogates, the order of keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/calls/call_value.h"

namespace sockbench::cli {

struct JsonTree;
using JsonArray = std::vector<JsonTree>;
struct JsonMember;
using JsonObject = std::vector<JsonMember>;  // no key twice

// Text is CallValue's: an escaped surrogate without its half stays one.
struct JsonTree {
  std::variant<std::monostate, bool, std::int64_t, HugeInteger, double, std::string, JsonArray, JsonObject>
      value;

  template <class T>
  const T* as() const;
  const JsonTree* find(std::string_view key) const;  // nullptr: no object, or no such key
};

struct JsonMember {
  std::string key;
  JsonTree value;
};

template <class T>
const T* JsonTree::as() const {
  return std::get_if<T>(&value);
}

inline constexpr std::size_t kMostJsonDepth = 100;
inline constexpr std::size_t kMostJsonKeys = 100;  // of one object

// `text` has to be one value, and UTF-8. NaN, Infinity and -Infinity are taken, as Python writes them.
// Errors: a sentence that names the place (a key that stands twice, too deep, ...). `seen`: what could be
// read of a top-level object's members before the error.
std::expected<JsonTree, std::string> readJson(std::string_view text, JsonObject* seen = nullptr);

// Text as a JSON string, with its quotes: surrogates, controls and what could deceive the eye as \uXXXX.
void appendJsonText(std::string& out, std::string_view text);
// A float that reads back as the same float ("1.0").
void appendJsonNumber(std::string& out, double number);
void appendJsonTree(std::string& out, const JsonTree& tree);

}  // namespace sockbench::cli
