#include "core/workspace/saved_sends_toml.h"

#include <utility>

#include "core/automation/message_toml.h"
#include "core/automation/plan_toml.h"

namespace sockbench {
namespace {

constexpr std::string_view kVersion = "version";
constexpr std::string_view kSends = "sends";
constexpr std::string_view kHistory = "history";

void setText(TomlTable& table, std::string_view key, const std::string& text) {
  if (!text.empty()) table.set(key, text);
}

TomlTable sendToToml(const SavedSend& send, const std::string& folder) {
  TomlTable table;
  table.set("name", send.name);
  setText(table, "folder", folder);
  table.set("message", toToml(send.message));
  setText(table, "endpoint", send.endpoint);
  if (send.hotKey != 0) table.set("key", std::int64_t{send.hotKey});
  if (!send.plan.isOnce()) {
    TomlTable plan = toToml(send.plan);
    plan.setInline(true);
    table.set("plan", std::move(plan));
  }
  setText(table, "note", send.note);
  return table;
}

// One entry: a send, or a folder alone.
void readEntry(TomlReader& in, SavedSends& sends) {
  const std::string path = in.text("folder", "");
  const auto folder = sends.makeFolders(path);
  if (!folder) return in.fail("folder", folder.error());
  if (!in.has("name") && !in.has("message")) return;
  SavedSend send;
  send.name = in.text("name");
  if (!in.has("message")) in.fail("message", "a send has a message");
  send.message = messageAt(in, "message");
  send.endpoint = in.text("endpoint", "");
  send.note = in.text("note", "");
  send.hotKey = in.integer<unsigned>("key", 0, 0, 9);
  in.table("plan", [&](TomlReader& plan) { send.plan = planIn(plan); });
  if (!in.ok()) return;
  if (sends.withHotKey(send.hotKey)) send.hotKey = 0;
  const auto added = sends.addSend(*folder, SavedSends::kAtEnd, std::move(send));
  if (!added) in.fail("name", added.error());
}

template <class T>
std::string document(std::string_view key, const T& what) {
  TomlTable table;
  table.set(kVersion, kSendsVersion);
  if (TomlArray rows = toToml(what); !rows.empty()) table.set(key, std::move(rows));
  return writeToml(table);
}

template <class T>
Result<T> readDocument(std::string_view text, const std::string& subject, std::string_view key,
                       T (*read)(TomlReader&, std::string_view)) {
  const auto tree = readToml(text, subject);
  if (!tree) return std::unexpected(tree.error());
  TomlReader in(*tree, subject, UnknownKeys::left);
  const auto version = in.integer<std::int64_t>(kVersion, kSendsVersion, 1);
  if (version > kSendsVersion)
    in.fail(kVersion, "it was written by a newer Sockbench, as version " + std::to_string(version));
  T made = in.ok() ? read(in, key) : T();
  return in.finish(std::move(made));
}

}  // namespace

TomlArray toToml(const SavedSends& sends) {
  TomlArray array;
  for (const SendNodeId id : sends.inOrder()) {
    const SavedSends::Node& node = *sends.find(id);
    if (!node.isFolder) {
      array.emplace_back(sendToToml(node.send, sends.folderPath(node.parent)));
    } else if (node.children.empty()) {
      TomlTable folder;
      folder.set("folder", sends.folderPath(id));
      array.emplace_back(std::move(folder));
    }
  }
  return array;
}

SavedSends savedSendsAt(TomlReader& in, std::string_view key) {
  SavedSends sends;
  in.eachTable(key, [&sends](TomlReader& entry) { readEntry(entry, sends); });
  return sends;
}

TomlArray toToml(const SendHistory& history) {
  TomlArray array;
  for (const SentMessage& sent : history.entries()) {
    TomlTable table;
    table.set("unix-ns", std::int64_t{sent.time});
    table.set("to", sent.target);
    table.set("message", toToml(sent.message));
    table.set("bytes", static_cast<std::int64_t>(sent.bytes));
    setText(table, "outcome", sent.outcome);
    array.emplace_back(std::move(table));
  }
  return array;
}

SendHistory sendHistoryAt(TomlReader& in, std::string_view key) {
  SendHistory history;
  in.eachTable(key, [&history](TomlReader& entry) {
    SentMessage sent;
    sent.time = entry.integer<std::int64_t>("unix-ns", 0);
    sent.target = entry.text("to", "");
    sent.message = messageAt(entry, "message");
    sent.bytes = entry.integer<std::uint64_t>("bytes", 0);
    sent.outcome = entry.text("outcome", "");
    history.add(std::move(sent));
  });
  return history;
}

std::string writeSends(const SavedSends& sends) {
  return document(kSends, sends);
}

Result<SavedSends> readSends(std::string_view text, const std::string& subject) {
  return readDocument<SavedSends>(text, subject, kSends, &savedSendsAt);
}

std::string writeHistory(const SendHistory& history) {
  return document(kHistory, history);
}

Result<SendHistory> readHistory(std::string_view text, const std::string& subject) {
  return readDocument<SendHistory>(text, subject, kHistory, &sendHistoryAt);
}

}  // namespace sockbench
