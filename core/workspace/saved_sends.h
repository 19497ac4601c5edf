// SavedSends: messages that a person keeps, in folders, in an order of theirs. Plain data; it sends nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/automation/send_plan.h"
#include "core/base/error.h"
#include "core/payload/byte_pattern.h"
#include "core/payload/message/message.h"

namespace sockbench {

struct SavedSend {
  std::string name;      // not blank
  MessageSpec message;   // as it was written: its fields are not expanded, secrets stay references
  SendPlan plan;         // how it goes
  std::string endpoint;  // where it belongs, as text ("tcp://127.0.0.1:9000"); empty: to wherever one is
  std::string note;      // a person's own words; empty: none
  unsigned hotKey = 0;   // 1 to 9; 0: none
  bool operator==(const SavedSend&) const = default;

  // It is found in the name, the message as it is written, the endpoint or the note.
  bool mentions(const BytePattern& pattern) const;
};

// A send or a folder in a library. 0: the library itself, in which the outermost stand.
struct SendNodeId {
  std::uint32_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const SendNodeId&) const = default;
};

}  // namespace sockbench

template <>
struct std::hash<sockbench::SendNodeId> {
  std::size_t operator()(sockbench::SendNodeId id) const noexcept { return id.value; }
};

namespace sockbench {

// Ids are counted from 1 and never used again in one library; they are not saved. The folders of one folder
// have different names; sends may have the same. Thread: one at a time. Copies are of their own.
class SavedSends {
 public:
  static constexpr std::size_t kMost = 100'000;  // sends and folders together
  static constexpr std::size_t kDeepest = 16;    // folders in one another
  static constexpr std::size_t kMostNameBytes = 1000;
  static constexpr std::size_t kMostBodyBytes = std::size_t{1} << 20;  // of one message
  static constexpr std::size_t kMostBytes = std::size_t{32} << 20;     // of all texts
  static constexpr std::size_t kAtEnd = SIZE_MAX;                      // as a row: behind the others

  struct Node {
    SendNodeId id;
    SendNodeId parent;
    std::size_t row = 0;  // in its parent
    bool isFolder = false;
    SavedSend send;  // of a folder: its name alone
    std::vector<SendNodeId> children;
    std::map<std::string, SendNodeId, std::less<>> folders;  // of the children, by name
  };

  SavedSends();

  const Node* find(SendNodeId id) const;  // nullptr: there is none
  const Node& root() const { return *find({}); }
  std::size_t sendCount() const { return nodes_.size() - 1 - folderCount_; }
  std::size_t folderCount() const { return folderCount_; }
  bool empty() const { return nodes_.size() == 1; }
  SendNodeId withHotKey(unsigned key) const;  // 1 to 9; none: nothing has it
  std::vector<SendNodeId> inOrder() const;    // every node, each folder before what is in it

  // "A/B" of a folder, "" of the library. A "/" or a "\" in a name has a "\" before it.
  std::string folderPath(SendNodeId folder) const;
  // Makes what is missing of it. Errors: those of addFolder; badPath for a part without a name.
  Result<SendNodeId> makeFolders(std::string_view path);

  // Errors: badSyntax for a blank name; tooLarge beyond a limit above; unknownName: `folder` is none. A
  // hot key that it brings is taken from who had it.
  Result<SendNodeId> addSend(SendNodeId folder, std::size_t row, SavedSend send);
  // A name that is taken gets a number: "Folder 2".
  Result<SendNodeId> addFolder(SendNodeId parent, std::size_t row, std::string name);
  // Errors besides: badSyntax where a folder of that name stands beside it.
  Result<void> rename(SendNodeId id, std::string name);
  Result<void> change(SendNodeId id, SavedSend send);   // everything that a send is
  Result<void> setHotKey(SendNodeId id, unsigned key);  // 0: none
  // So that it stands in `folder` before what has `row` now. Errors: badSyntax into itself or something in
  // it; tooLarge where it would stand too deep. A folder whose name is taken there gets a number.
  Result<void> move(SendNodeId id, SendNodeId folder, std::size_t row);
  Result<void> canMove(SendNodeId id, SendNodeId folder) const;  // what move() would refuse
  Result<SendNodeId> duplicate(SendNodeId id);  // behind it, with all that is in it, without hot keys

  // What was taken out, which can be put back: where it stood, or at the end of the library when that folder
  // is gone, under the ids it had. Hot keys that another has by then are lost.
  struct Taken {
    std::vector<Node> nodes;  // the first is the one that was asked for
  };
  Taken take(SendNodeId id);  // of an unknown id: empty
  SendNodeId putBack(Taken taken);
  // Where putBack() would put it: the folder and the row.
  std::pair<SendNodeId, std::size_t> placeOf(const Taken& taken) const;

  // By what a person sees: order, folders, sends. Ids do not count.
  bool operator==(const SavedSends& other) const;

 private:
  Node& at(SendNodeId id) { return nodes_.at(id.value); }
  Result<void> checkRoom(SendNodeId folder, const SavedSend& send) const;
  std::size_t depthOf(SendNodeId folder) const;
  std::size_t heightOf(SendNodeId id) const;
  std::string freeName(const Node& parent, std::string name) const;
  void setFreeName(Node& folder, const Node& parent);
  SendNodeId insert(SendNodeId parent, std::size_t row, Node node);
  void link(Node& node, std::size_t row);
  void unlink(const Node& node);
  void renumber(Node& parent, std::size_t from);
  void holdHotKey(SendNodeId id, unsigned key);
  void gather(SendNodeId id, std::vector<SendNodeId>& found) const;

  std::unordered_map<std::uint32_t, Node> nodes_;  // 0: the library itself
  std::array<SendNodeId, 10> hotKeys_{};           // by key
  std::size_t folderCount_ = 0;
  std::size_t bytes_ = 0;
  std::uint32_t lastId_ = 0;
};

}  // namespace sockbench
