#include "core/workspace/saved_sends.h"

#include <algorithm>
#include <utility>

#include "core/workspace/saved_sends_parts.h"

namespace sockbench {

using saved_sends::fault;
using saved_sends::weight;

namespace {

bool isBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

Result<void> checkName(const std::string& name) {
  if (isBlank(name)) return fault(InputFault::badSyntax, name, "a name is needed");
  if (name.size() > SavedSends::kMostNameBytes)
    return fault(InputFault::tooLarge, name, "the name is longer than 1,000 bytes");
  return {};
}

Result<void> checkSend(const SavedSend& send) {
  if (const auto named = checkName(send.name); !named) return named;
  if (send.message.body.size() > SavedSends::kMostBodyBytes)
    return fault(InputFault::tooLarge, send.name,
                 "the message is longer than 1 MiB: send it from a file instead");
  if (send.hotKey > 9) return fault(InputFault::badSyntax, send.name, "hot keys are 1 to 9");
  return {};
}

}  // namespace

bool SavedSend::mentions(const BytePattern& pattern) const {
  const auto in = [&pattern](const std::string& text) { return pattern.isIn(asBytes(text)); };
  return in(name) || in(message.body) || in(endpoint) || in(note);
}

SavedSends::SavedSends() {
  nodes_[0].isFolder = true;
}

const SavedSends::Node* SavedSends::find(SendNodeId id) const {
  const auto found = nodes_.find(id.value);
  return found == nodes_.end() ? nullptr : &found->second;
}

SendNodeId SavedSends::withHotKey(unsigned key) const {
  return key >= 1 && key <= 9 ? hotKeys_[key] : SendNodeId{};
}

void SavedSends::gather(SendNodeId id, std::vector<SendNodeId>& found) const {
  for (const SendNodeId child : find(id)->children) {
    found.push_back(child);
    if (find(child)->isFolder) gather(child, found);
  }
}

std::vector<SendNodeId> SavedSends::inOrder() const {
  std::vector<SendNodeId> found;
  found.reserve(nodes_.size());
  gather({}, found);
  return found;
}

std::string SavedSends::folderPath(SendNodeId folder) const {
  std::string path;
  for (const Node* node = find(folder); node && node->id; node = find(node->parent)) {
    std::string part;
    for (const char c : node->send.name) {
      if (c == '/' || c == '\\') part += '\\';
      part += c;
    }
    path = path.empty() ? part : part + '/' + path;
  }
  return path;
}

Result<SendNodeId> SavedSends::makeFolders(std::string_view path) {
  std::vector<std::string> parts(path.empty() ? 0 : 1);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '/') {
      parts.emplace_back();
      continue;
    }
    if (path[i] == '\\' && i + 1 < path.size()) ++i;
    parts.back() += path[i];
  }
  if (parts.size() > kDeepest)
    return fault(InputFault::tooLarge, std::string(path), "folders stand at most 16 deep");
  if (std::ranges::any_of(parts, isBlank))
    return fault(InputFault::badPath, std::string(path), "a folder without a name");
  SendNodeId folder;
  for (std::string& part : parts) {
    const auto& known = find(folder)->folders;
    if (const auto there = known.find(part); there != known.end()) {
      folder = there->second;
      continue;
    }
    const auto made = addFolder(folder, kAtEnd, std::move(part));
    if (!made) return made;
    folder = *made;
  }
  return folder;
}

std::size_t SavedSends::depthOf(SendNodeId folder) const {
  std::size_t depth = 0;
  for (const Node* node = find(folder); node->id; node = find(node->parent)) ++depth;
  return depth;
}

// Folders in one another, itself among them.
std::size_t SavedSends::heightOf(SendNodeId id) const {
  const Node& node = *find(id);
  if (!node.isFolder) return 0;
  std::size_t height = 0;
  for (const auto& [name, child] : node.folders) height = std::max(height, heightOf(child));
  return height + 1;
}

Result<void> SavedSends::checkRoom(SendNodeId folder, const SavedSend& send) const {
  const Node* parent = find(folder);
  if (!parent || !parent->isFolder)
    return fault(InputFault::unknownName, send.name, "there is no such folder any more");
  if (nodes_.size() > kMost)
    return fault(InputFault::tooLarge, send.name, "the library is full: it holds 100,000 entries");
  if (bytes_ + weight(send) > kMostBytes)
    return fault(InputFault::tooLarge, send.name, "the library is full: it holds 32 MiB of text");
  return {};
}

void SavedSends::renumber(Node& parent, std::size_t from) {
  for (std::size_t row = from; row < parent.children.size(); ++row) at(parent.children[row]).row = row;
}

void SavedSends::link(Node& node, std::size_t row) {
  Node& parent = at(node.parent);
  const std::size_t place = std::min(row, parent.children.size());
  parent.children.insert(parent.children.begin() + static_cast<std::ptrdiff_t>(place), node.id);
  if (node.isFolder) parent.folders[node.send.name] = node.id;
  renumber(parent, place);
}

void SavedSends::unlink(const Node& node) {
  Node& parent = at(node.parent);
  parent.children.erase(parent.children.begin() + static_cast<std::ptrdiff_t>(node.row));
  if (node.isFolder) parent.folders.erase(node.send.name);
  renumber(parent, node.row);
}

void SavedSends::holdHotKey(SendNodeId id, unsigned key) {
  Node& node = at(id);
  if (node.send.hotKey != 0 && hotKeys_[node.send.hotKey] == id) hotKeys_[node.send.hotKey] = {};
  if (key != 0) {
    if (const SendNodeId before = hotKeys_[key]; before && before != id) at(before).send.hotKey = 0;
    hotKeys_[key] = id;
  }
  node.send.hotKey = key;
}

SendNodeId SavedSends::insert(SendNodeId parent, std::size_t row, Node node) {
  const SendNodeId id{++lastId_};
  node.id = id;
  node.parent = parent;
  bytes_ += weight(node.send);
  if (node.isFolder) ++folderCount_;
  const unsigned key = std::exchange(node.send.hotKey, 0);
  Node& kept = nodes_[id.value] = std::move(node);
  link(kept, row);
  if (key != 0) holdHotKey(id, key);
  return id;
}

Result<SendNodeId> SavedSends::addSend(SendNodeId folder, std::size_t row, SavedSend send) {
  if (const auto checked = checkSend(send); !checked) return std::unexpected(checked.error());
  if (const auto room = checkRoom(folder, send); !room) return std::unexpected(room.error());
  Node node;
  node.send = std::move(send);
  return insert(folder, row, std::move(node));
}

std::string SavedSends::freeName(const Node& parent, std::string name) const {
  if (!parent.folders.contains(name)) return name;
  for (std::size_t number = 2;; ++number) {
    std::string numbered = name + ' ' + std::to_string(number);
    if (!parent.folders.contains(numbered)) return numbered;
  }
}

Result<SendNodeId> SavedSends::addFolder(SendNodeId parent, std::size_t row, std::string name) {
  Node node;
  node.isFolder = true;
  node.send.name = std::move(name);
  if (const auto named = checkName(node.send.name); !named) return std::unexpected(named.error());
  if (const auto room = checkRoom(parent, node.send); !room) return std::unexpected(room.error());
  if (depthOf(parent) >= kDeepest)
    return fault(InputFault::tooLarge, node.send.name, "folders stand at most 16 deep");
  node.send.name = freeName(*find(parent), std::move(node.send.name));
  return insert(parent, row, std::move(node));
}

Result<void> SavedSends::rename(SendNodeId id, std::string name) {
  const Node* node = find(id);
  if (!node || !id) return fault(InputFault::unknownName, name, "it is not there any more");
  if (const auto named = checkName(name); !named) return named;
  if (name == node->send.name) return {};
  Node& changed = at(id);
  if (changed.isFolder) {
    Node& parent = at(changed.parent);
    if (parent.folders.contains(name))
      return fault(InputFault::badSyntax, name, "a folder of that name stands beside it");
    parent.folders.erase(changed.send.name);
    parent.folders[name] = id;
  }
  bytes_ = bytes_ - changed.send.name.size() + name.size();
  changed.send.name = std::move(name);
  return {};
}

Result<void> SavedSends::change(SendNodeId id, SavedSend send) {
  const Node* node = find(id);
  if (!node || node->isFolder) return fault(InputFault::unknownName, send.name, "it is not there any more");
  if (const auto checked = checkSend(send); !checked) return checked;
  if (bytes_ - weight(node->send) + weight(send) > kMostBytes)
    return fault(InputFault::tooLarge, send.name, "the library is full: it holds 32 MiB of text");
  bytes_ = bytes_ - weight(node->send) + weight(send);
  holdHotKey(id, send.hotKey);
  at(id).send = std::move(send);
  return {};
}

Result<void> SavedSends::setHotKey(SendNodeId id, unsigned key) {
  const Node* node = find(id);
  if (!node || node->isFolder) return fault(InputFault::unknownName, {}, "it is not there any more");
  if (key > 9) return fault(InputFault::badSyntax, node->send.name, "hot keys are 1 to 9");
  holdHotKey(id, key);
  return {};
}

bool SavedSends::operator==(const SavedSends& other) const {
  const std::vector<SendNodeId> mine = inOrder();
  const std::vector<SendNodeId> theirs = other.inOrder();
  return std::ranges::equal(mine, theirs, [&](SendNodeId a, SendNodeId b) {
    const Node& one = *find(a);
    const Node& two = *other.find(b);
    return one.isFolder == two.isFolder && one.row == two.row && one.send == two.send &&
           one.children.size() == two.children.size();
  });
}

}  // namespace sockbench
