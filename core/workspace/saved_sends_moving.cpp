// What moves whole branches of a library.
#include <algorithm>
#include <utility>

#include "core/workspace/saved_sends.h"
#include "core/workspace/saved_sends_parts.h"

namespace sockbench {

using saved_sends::fault;
using saved_sends::weight;

void SavedSends::setFreeName(Node& folder, const Node& parent) {
  std::string name = freeName(parent, folder.send.name);
  bytes_ = bytes_ - folder.send.name.size() + name.size();
  folder.send.name = std::move(name);
}

Result<void> SavedSends::canMove(SendNodeId id, SendNodeId folder) const {
  const Node* node = find(id);
  const Node* into = find(folder);
  if (!node || !id || !into || !into->isFolder)
    return fault(InputFault::unknownName, {}, "it is not there any more");
  for (const Node* above = into; above->id; above = find(above->parent)) {
    if (above->id == id)
      return fault(InputFault::badSyntax, node->send.name, "a folder cannot stand within itself");
  }
  if (depthOf(folder) + heightOf(id) > kDeepest)
    return fault(InputFault::tooLarge, node->send.name, "folders stand at most 16 deep");
  return {};
}

Result<void> SavedSends::move(SendNodeId id, SendNodeId folder, std::size_t row) {
  if (const auto possible = canMove(id, folder); !possible) return possible;
  Node& moved = at(id);
  const bool stays = moved.parent == folder;
  const std::size_t place = stays && row != kAtEnd && row > moved.row ? row - 1 : row;
  unlink(moved);
  moved.parent = folder;
  if (moved.isFolder) setFreeName(moved, at(folder));
  link(moved, place);
  return {};
}

Result<SendNodeId> SavedSends::duplicate(SendNodeId id) {
  const Node* node = find(id);
  if (!node || !id) return fault(InputFault::unknownName, {}, "it is not there any more");
  std::vector<SendNodeId> inside;
  if (node->isFolder) gather(id, inside);
  std::size_t bytes = weight(node->send);
  for (const SendNodeId child : inside) bytes += weight(find(child)->send);
  if (nodes_.size() + inside.size() > kMost || bytes_ + bytes > kMostBytes)
    return fault(InputFault::tooLarge, node->send.name, "there is no room in the library for as much again");
  std::unordered_map<std::uint32_t, SendNodeId> copies;
  const auto copy = [&](SendNodeId from, SendNodeId parent, std::size_t row) {
    Node made;
    made.isFolder = find(from)->isFolder;
    made.send = find(from)->send;
    made.send.hotKey = 0;
    if (made.isFolder) made.send.name = freeName(*find(parent), made.send.name);
    copies[from.value] = insert(parent, row, std::move(made));
  };
  copy(id, node->parent, node->row + 1);
  for (const SendNodeId child : inside) copy(child, copies.at(find(child)->parent.value), kAtEnd);
  return copies.at(id.value);
}

SavedSends::Taken SavedSends::take(SendNodeId id) {
  Taken taken;
  if (!id || !find(id)) return taken;
  std::vector<SendNodeId> ids{id};
  gather(id, ids);
  unlink(at(id));
  for (const SendNodeId gone : ids) {
    Node& node = at(gone);
    const unsigned key = node.send.hotKey;
    if (key != 0) hotKeys_[key] = {};
    bytes_ -= weight(node.send);
    if (node.isFolder) --folderCount_;
    taken.nodes.push_back(std::move(node));
    nodes_.erase(gone.value);
  }
  return taken;
}

SendNodeId SavedSends::putBack(Taken taken) {
  if (taken.nodes.empty()) return {};
  const SendNodeId id = taken.nodes.front().id;
  const auto [parent, row] = placeOf(taken);
  for (Node& node : taken.nodes) {
    const unsigned key = std::exchange(node.send.hotKey, 0);
    bytes_ += weight(node.send);
    if (node.isFolder) ++folderCount_;
    const SendNodeId back = node.id;
    nodes_[back.value] = std::move(node);
    if (key != 0 && !hotKeys_[key]) holdHotKey(back, key);
  }
  Node& first = at(id);
  first.parent = parent;
  if (first.isFolder) setFreeName(first, at(parent));
  link(first, row);
  return id;
}

std::pair<SendNodeId, std::size_t> SavedSends::placeOf(const Taken& taken) const {
  if (taken.nodes.empty()) return {{}, root().children.size()};
  const Node& first = taken.nodes.front();
  const Node* parent = find(first.parent);
  if (!parent || !parent->isFolder) return {{}, root().children.size()};
  return {first.parent, std::min(first.row, parent->children.size())};
}

}  // namespace sockbench
