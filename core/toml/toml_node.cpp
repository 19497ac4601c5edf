#include "core/toml/toml_node.h"

#include <utility>

namespace sockbench {

TomlNode* TomlNode::find(const std::string& name) const {
  const auto it = index_.find(name);
  return it == index_.end() ? nullptr : it->second;
}

TomlNode& TomlNode::add(const TomlKeyPart& part, Made made, std::size_t offset) {
  TomlNode& node = *items_.emplace_back(part.name, std::make_unique<TomlNode>(made, offset)).second;
  index_.emplace(part.name, &node);
  return node;
}

// Into the table of an earlier part of a key; `made`: by what, if it is not there yet.
TomlParsed<TomlNode*> TomlNode::stepThrough(const TomlKeyPart& part, Made made, std::size_t offset) {
  TomlNode* next = find(part.name);
  if (next == nullptr) return &add(part, made, offset);
  if (next->made_ == Made::plain)
    return TomlSource::fault(part.offset, tomlQuoted(part.name) + " is a value already, not a table");
  if (made == Made::dotted && next->made_ != Made::dotted)
    return TomlSource::fault(part.offset, "the table " + tomlQuoted(part.name) + " has a header of its own");
  return next->made_ == Made::array ? next->items_.back().second.get() : next;
}

TomlNode* TomlNode::addElement(std::size_t offset) {
  return items_.emplace_back(std::string(), std::make_unique<TomlNode>(Made::header, offset)).second.get();
}

TomlParsed<TomlNode*> TomlNode::open(const TomlKey& key, bool isElement, std::size_t offset, int& depth) {
  TomlNode* table = this;
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    const auto next = table->stepThrough(key[i], Made::onTheWay, offset);
    if (!next) return next;
    depth += table->find(key[i].name) == *next ? 1 : 2;
    table = *next;
  }
  depth += isElement ? 2 : 1;
  const TomlKeyPart& last = key.back();
  TomlNode* old = table->find(last.name);
  if (old == nullptr && !isElement) return &table->add(last, Made::header, offset);
  if (old == nullptr) return table->add(last, Made::array, offset).addElement(offset);
  if (isElement && old->made_ == Made::array) return old->addElement(offset);
  if (isElement || old->made_ != Made::onTheWay)
    return TomlSource::fault(last.offset, tomlQuoted(last.name) + " is there already");
  old->made_ = Made::header;
  old->offset_ = offset;
  return old;
}

TomlParsed<TomlNode*> TomlNode::put(const TomlKey& key, TomlValue value, std::size_t offset) {
  TomlNode* table = this;
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    const auto next = table->stepThrough(key[i], Made::dotted, key[i].offset);
    if (!next) return next;
    table = *next;
  }
  if (table->find(key.back().name) != nullptr)
    return TomlSource::fault(key.back().offset,
                             "the key " + tomlQuoted(key.back().name) + " is there already");
  TomlNode& made = table->add(key.back(), Made::plain, offset);
  made.value_ = std::move(value);
  return &made;
}

}  // namespace sockbench
