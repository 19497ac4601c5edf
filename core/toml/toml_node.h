// A document while it is read: which tables were made how, and so what may still be put into them.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/toml/toml_source.h"
#include "core/toml/toml_tree.h"

namespace sockbench {

struct TomlKeyPart {
  std::string name;
  std::size_t offset = 0;
};
using TomlKey = std::vector<TomlKeyPart>;

class TomlNode {
 public:
  enum class Made : std::uint8_t {
    plain,     // a value, to which nothing is added
    onTheWay,  // a table that only a header within it has named
    header,    // [a]
    dotted,    // a of "a.b = 1"
    array,     // [[a]]: its elements are tables
  };

  explicit TomlNode(Made made, std::size_t offset = 0) : made_(made), offset_(offset) {}

  // The table that [key] or [[key]] begins; `depth` grows by how deep it lies in this one.
  TomlParsed<TomlNode*> open(const TomlKey& key, bool isElement, std::size_t offset, int& depth);
  // Puts a value at a key, whose earlier parts are tables.
  TomlParsed<TomlNode*> put(const TomlKey& key, TomlValue value, std::size_t offset);

  // What it has become. `place` tells lines and columns of offsets.
  template <class Place>
  TomlValue take(const Place& place);

 private:
  TomlNode* find(const std::string& name) const;
  TomlNode& add(const TomlKeyPart& part, Made made, std::size_t offset);
  TomlNode* addElement(std::size_t offset);
  TomlParsed<TomlNode*> stepThrough(const TomlKeyPart& part, Made made, std::size_t offset);

  Made made_;
  std::size_t offset_;
  TomlValue value_;
  std::vector<std::pair<std::string, std::unique_ptr<TomlNode>>> items_;  // of an array: without names
  std::unordered_map<std::string, TomlNode*> index_;
};

template <class Place>
TomlValue TomlNode::take(const Place& place) {
  TomlValue taken;
  if (made_ == Made::plain) {
    taken = std::move(value_);
  } else if (made_ == Made::array) {
    TomlArray array;
    for (auto& [name, item] : items_) array.push_back(item->take(place));
    taken.data = std::move(array);
  } else {
    TomlTable table;
    for (auto& [name, item] : items_) table.entries().emplace_back(name, item->take(place));
    taken.data = std::move(table);
  }
  taken.place = place(offset_);
  return taken;
}

}  // namespace sockbench
