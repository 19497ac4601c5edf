#include "core/workspace/workspace_merge.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sockbench {
namespace {

const TomlValue* nameOf(const TomlValue& element) {
  const auto* table = std::get_if<TomlTable>(&element.data);
  return table != nullptr ? table->find("name") : nullptr;
}

const TomlValue* counterpart(const TomlArray& array, const TomlValue& element, std::size_t index,
                             bool sameLength) {
  if (const TomlValue* name = nameOf(element)) {
    const auto same = std::ranges::find_if(array, [&](const TomlValue& other) {
      const TomlValue* otherName = nameOf(other);
      return otherName != nullptr && *otherName == *name;
    });
    return same != array.end() ? &*same : nullptr;
  }
  return sameLength && index < array.size() ? &array[index] : nullptr;
}

TomlValue merged(const TomlValue& made, const TomlValue& file, const TomlValue* known);

TomlArray mergedArray(const TomlArray& made, const TomlArray& file, const TomlArray& known) {
  TomlArray result;
  const bool sameLength = made.size() == file.size() && known.size() == file.size();
  for (std::size_t i = 0; i < made.size(); ++i) {
    const TomlValue* inFile = counterpart(file, made[i], i, sameLength);
    const TomlValue* inKnown = counterpart(known, made[i], i, sameLength);
    result.push_back(inFile != nullptr && inKnown != nullptr ? merged(made[i], *inFile, inKnown) : made[i]);
  }
  return result;
}

TomlValue merged(const TomlValue& made, const TomlValue& file, const TomlValue* known) {
  static const TomlTable nothing;
  const auto* madeTable = std::get_if<TomlTable>(&made.data);
  const auto* fileTable = std::get_if<TomlTable>(&file.data);
  if (madeTable != nullptr && fileTable != nullptr) {
    const auto* knownTable = known != nullptr ? std::get_if<TomlTable>(&known->data) : nullptr;
    return mergedWorkspace(*madeTable, *fileTable, knownTable != nullptr ? *knownTable : nothing);
  }
  const auto* madeArray = std::get_if<TomlArray>(&made.data);
  const auto* fileArray = std::get_if<TomlArray>(&file.data);
  const auto* knownArray = known != nullptr ? std::get_if<TomlArray>(&known->data) : nullptr;
  if (madeArray != nullptr && fileArray != nullptr && knownArray != nullptr)
    return mergedArray(*madeArray, *fileArray, *knownArray);
  return made;
}

bool isSection(const TomlValue& value) {
  if (const auto* table = std::get_if<TomlTable>(&value.data)) return !table->isInline();
  const auto* array = std::get_if<TomlArray>(&value.data);
  return array != nullptr && !array->empty() && isSection(array->front());
}

// A plain value goes before the sections: behind them it would be one of theirs.
void add(TomlTable& table, const TomlTable::Entry& entry) {
  auto& entries = table.entries();
  auto place = entries.end();
  if (!isSection(entry.second))
    place = std::ranges::find_if(entries, [](const auto& other) { return isSection(other.second); });
  entries.insert(place, entry);
}

// What stays of a value that is no longer made. nullopt: nothing.
std::optional<TomlValue> unknownPart(const TomlValue& file, const TomlValue* known) {
  if (known == nullptr) return file;
  const auto* fileTable = std::get_if<TomlTable>(&file.data);
  const auto* knownTable = std::get_if<TomlTable>(&known->data);
  if (fileTable == nullptr || knownTable == nullptr) return std::nullopt;
  TomlTable rest = mergedWorkspace({}, *fileTable, *knownTable);
  if (rest.empty()) return std::nullopt;
  rest.setInline(fileTable->isInline());
  return rest;
}

}  // namespace

TomlTable mergedWorkspace(const TomlTable& made, const TomlTable& file, const TomlTable& known) {
  TomlTable result;
  result.setInline(made.isInline());
  for (const auto& [key, value] : file.entries()) {
    if (const TomlValue* now = made.find(key)) {
      result.entries().emplace_back(key, merged(*now, value, known.find(key)));
    } else if (auto rest = unknownPart(value, known.find(key))) {
      result.entries().emplace_back(key, *std::move(rest));
    }
  }
  for (const auto& entry : made.entries()) {
    if (file.find(entry.first) == nullptr) add(result, entry);
  }
  return result;
}

}  // namespace sockbench
