#include "core/calls/script/script_values.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string>

#include "core/calls/call_names.h"

namespace sockbench {
namespace {

std::string article(std::string_view noun) {
  return std::string(std::string_view("aeiou").contains(noun.front()) ? "an " : "a ") + std::string(noun);
}

std::string kindOf(const CallValue& value) {
  return value.isNone() ? "None" : article(value.typeName());
}

ScriptRead<CallValue> nameValue(const CallExpression& expression, const ScriptNames& names) {
  if (auto value = names(expression.name)) return *std::move(value);
  if (const auto number = numberOf(expression.name)) return CallValue(*number);
  const std::string_view near = nearestName(expression.name);
  std::string detail = "nothing is named " + expression.name;
  if (!near.empty()) detail += "; did you mean " + std::string(near) + "?";
  return scriptFault(expression.where, std::move(detail), InputFault::unknownName);
}

ScriptRead<std::vector<CallValue>> itemValues(const CallExpression& expression, const ScriptNames& names) {
  std::vector<CallValue> values;
  values.reserve(expression.items.size());
  for (const CallExpression& item : expression.items) {
    ScriptRead<CallValue> value = expressionValue(item, names);
    if (!value) return std::unexpected(value.error());
    values.push_back(*std::move(value));
  }
  return values;
}

ScriptRead<CallValue> flagsValue(const CallExpression& expression, const std::vector<CallValue>& values) {
  std::int64_t flags = 0;
  bool onlyBool = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto* number = values[i].as<std::int64_t>();
    const auto* truth = values[i].as<bool>();
    if (number == nullptr && truth == nullptr) {
      return scriptFault(expression.items[i].where,
                         "| joins whole numbers of 64 bits, and this is " + kindOf(values[i]));
    }
    flags |= number != nullptr ? *number : std::int64_t{*truth};
    onlyBool = onlyBool && truth != nullptr;
  }
  return onlyBool ? CallValue(flags != 0) : CallValue(flags);
}

// `index` counted from the front; nullopt: there is no such item.
std::optional<std::size_t> placeOf(std::int64_t index, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  if (index < -length || index >= length) return std::nullopt;
  return static_cast<std::size_t>(index < 0 ? index + length : index);
}

std::vector<std::string_view> charactersOf(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    nextTextCharacter(text, at);
    characters.push_back(text.substr(begin, at - begin));
  }
  return characters;
}

// The items of what has items, and how one of them becomes a value.
ScriptRead<CallValue> itemOf(const CallValue& whole, const CallExpression& expression) {
  const auto pick = [&](const auto& items, auto make) -> ScriptRead<CallValue> {
    const auto place = placeOf(expression.index, items.size());
    if (place) return CallValue(make(items[*place]));
    return scriptFault(expression.where, "there is no item " + std::to_string(expression.index) +
                                             ": it has " + std::to_string(items.size()) +
                                             (items.size() == 1 ? " item" : " items"));
  };
  const auto same = [](const auto& item) { return item; };
  const auto number = [](std::byte byte) { return static_cast<int>(byte); };
  if (const auto* items = whole.items()) return pick(*items, same);
  if (const auto* bytes = whole.as<Bytes>()) return pick(*bytes, number);
  if (const auto* buffer = whole.as<CallBuffer>()) return pick(buffer->bytes, number);
  if (const auto* text = whole.as<std::string>()) return pick(charactersOf(*text), same);
  return scriptFault(expression.items.front().where, kindOf(whole) + " has no items");
}

ScriptRead<Bytes> zeros(const CallExpression& where, std::int64_t count) {
  if (count < 0) return scriptFault(where.where, "negative count");
  if (static_cast<std::uint64_t>(count) > kMostScriptBuffer) {
    return scriptFault(where.where, "more than " + std::to_string(kMostScriptBuffer) + " bytes",
                       InputFault::tooLarge);
  }
  return Bytes(static_cast<std::size_t>(count));
}

ScriptRead<Bytes> bytesOfNumbers(const CallExpression& where, const std::vector<CallValue>& items) {
  Bytes bytes;
  for (const CallValue& item : items) {
    const auto* number = item.as<std::int64_t>();
    if (number == nullptr || *number < 0 || *number > 255) {
      return scriptFault(where.where, "a byte is a whole number from 0 to 255, not " + item.repr());
    }
    bytes.push_back(static_cast<std::byte>(*number));
  }
  return bytes;
}

ScriptRead<Bytes> bytesOf(const CallExpression& where, const CallValue& value) {
  if (const auto* count = value.as<std::int64_t>()) return zeros(where, *count);
  if (const auto* bytes = value.as<Bytes>()) return *bytes;
  if (const auto* buffer = value.as<CallBuffer>()) return buffer->bytes;
  if (const auto* items = value.items()) return bytesOfNumbers(where, *items);
  return scriptFault(where.where,
                     "this is made of a length, of bytes or of a list of numbers, not of " + kindOf(value));
}

ScriptRead<CallValue> constructed(const CallExpression& expression, const std::vector<CallValue>& values) {
  if (values.size() > 1) return scriptFault(expression.items[1].where, "only one value belongs here");
  ScriptRead<Bytes> bytes;
  if (!values.empty()) bytes = bytesOf(expression.items.front(), values.front());
  if (!bytes) return std::unexpected(bytes.error());
  if (expression.name == "bytearray") return CallBuffer{*std::move(bytes)};
  return CallValue(*std::move(bytes));
}

// How deep a value is, and how many there are in it: line after line can wrap or double one.
struct Extent {
  std::size_t depth = 0;
  std::size_t items = 0;
  std::size_t bytes = 0;  // of bytes and text
};

std::size_t lengthOf(const CallValue& value) {
  if (const auto* bytes = value.as<Bytes>()) return bytes->size();
  if (const auto* buffer = value.as<CallBuffer>()) return buffer->bytes.size();
  const auto* text = value.as<std::string>();
  return text == nullptr ? 0 : text->size();
}

Extent extentOf(std::span<const CallValue> values) {
  Extent all{.depth = 1, .items = values.size(), .bytes = 0};
  for (const CallValue& value : values) {
    all.bytes += lengthOf(value);
    const std::vector<CallValue>* items = value.items();
    if (items == nullptr) continue;
    const Extent inner = extentOf(*items);
    all.depth = std::max(all.depth, inner.depth + 1);
    all.items += inner.items;
    all.bytes += inner.bytes;
  }
  return all;
}

ScriptRead<CallValue> collection(const CallExpression& expression, std::vector<CallValue> values) {
  const Extent extent = extentOf(values);
  if (extent.depth > kMostScriptDepth) {
    return scriptFault(expression.where,
                       "tuples and lists are nested more than " + std::to_string(kMostScriptDepth) + " deep",
                       InputFault::tooLarge);
  }
  if (extent.items > kMostScriptItems) {
    return scriptFault(expression.where, "more than " + std::to_string(kMostScriptItems) + " values in one",
                       InputFault::tooLarge);
  }
  if (extent.bytes > kMostScriptBuffer) {
    return scriptFault(expression.where, "more than " + std::to_string(kMostScriptBuffer) + " bytes in one",
                       InputFault::tooLarge);
  }
  if (expression.kind == CallExpression::Kind::list) return CallList{std::move(values)};
  return CallTuple{std::move(values)};
}

}  // namespace

ScriptRead<CallValue> expressionValue(const CallExpression& expression, const ScriptNames& names) {
  if (expression.kind == CallExpression::Kind::value) return expression.value;
  if (expression.kind == CallExpression::Kind::name) return nameValue(expression, names);
  ScriptRead<std::vector<CallValue>> values = itemValues(expression, names);
  if (!values) return std::unexpected(values.error());
  switch (expression.kind) {
    case CallExpression::Kind::tuple:
    case CallExpression::Kind::list:
      return collection(expression, *std::move(values));
    case CallExpression::Kind::item:
      return itemOf(values->front(), expression);
    case CallExpression::Kind::call:
      return constructed(expression, *values);
    default:
      return flagsValue(expression, *values);
  }
}

}  // namespace sockbench
