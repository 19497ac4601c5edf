#include "app/cli/socket_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unordered_map>

#include "app/cli/json_output.h"
#include "app/cli/json_string.h"
#include "app/cli/text_table.h"
#include "core/net/interface_name.h"
#include "core/system/user_name.h"

namespace sockbench::cli {
namespace {

// Asks for each name once.
template <std::string (*nameOf)(std::uint32_t)>
class Names {
 public:
  const std::string& operator()(std::uint32_t number) {
    const auto [place, added] = names_.try_emplace(number);
    if (added) place->second = nameOf(number);
    return place->second;
  }

 private:
  std::unordered_map<std::uint32_t, std::string> names_;
};

void appendNumber(std::string& out, std::uint64_t number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

std::string_view familyName(int family) {
  return family == AF_INET ? "inet" : family == AF_INET6 ? "inet6" : "unix";
}

class JsonRows {
 public:
  JsonRows(const SocketTable& table, Output& output) : table_(table), output_(output) {
    out_.reserve(2 * kPieceBytes);
  }

  void print() {
    out_ += "{\"sockets\":[";
    for (std::size_t i = 0; i < table_.sockets.size(); ++i) {
      if (i > 0) out_ += ',';
      append(table_.sockets[i]);
      if (out_.size() >= kPieceBytes && !flush()) return;
    }
    out_ += "],\"unreadable_processes\":";
    appendNumber(out_, table_.unreadableProcesses);
    appendErrors();
    out_ += "}\n";
    flush();
  }

 private:
  static constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

  bool flush() {
    const bool written = output_.write(out_);
    out_.clear();
    return written;
  }
  void key(std::string_view name) {
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }
  void number(std::string_view name, std::uint64_t value) {
    key(name);
    appendNumber(out_, value);
    out_ += ',';
  }
  void string(std::string_view name, std::string_view value) {
    key(name);
    appendJsonString(out_, value);
    out_ += ',';
  }
  // Of ours, without anything to escape.
  void word(std::string_view name, std::string_view value) {
    key(name);
    out_ += '"';
    out_ += value;
    out_ += "\",";
  }
  void null(std::string_view name) {
    key(name);
    out_ += "null,";
  }

  void append(const SocketRow& row) {
    out_ += '{';
    word("protocol", socketProtocolName(row.kind));
    word("state", socketStateName(row));
    string("local", row.local.text());
    string("peer", row.peer.text());
    number("recv_queue", row.recvQueue);
    number("send_queue", row.sendQueue);
    appendOwners(row);
    number("inode", row.inode);
    number("peer_inode", row.peerInode);
    word("family", familyName(row.family));
    word("type", socketTypeName(row.kind));
    row.interface == 0 ? null("interface") : string("interface", interfaces_(row.interface));
    key("v6only");
    out_ += !row.v6Only ? "null}" : *row.v6Only ? "true}" : "false}";
  }

  void appendOwners(const SocketRow& row) {
    row.uid ? number("uid", *row.uid) : null("uid");
    row.uid ? string("user", users_(*row.uid)) : null("user");
    const std::span<const SocketOwner> owners = table_.ownersOf(row);
    appendOwner(owners.empty() ? nullptr : &owners.front());
    key("owners");
    out_ += '[';
    for (const SocketOwner& owner : owners) {
      out_ += '{';
      appendOwner(&owner);
      out_.back() = '}';
      out_ += ',';
    }
    if (out_.back() == ',') out_.pop_back();
    out_ += "],";
  }

  void appendOwner(const SocketOwner* owner) {
    if (owner == nullptr) {
      out_ += "\"pid\":null,\"process\":null,\"descriptor\":null,";
      return;
    }
    number("pid", static_cast<std::uint64_t>(owner->pid));
    string("process", table_.processOf(*owner));
    number("descriptor", static_cast<std::uint64_t>(owner->descriptor));
  }

  void appendErrors() {
    if (table_.faults.empty()) return;
    Json errors = Json::array();
    for (const Error& fault : table_.faults) errors.push_back(errorToJson(fault));
    out_ += ",\"errors\":" + jsonLine(errors);
  }

  const SocketTable& table_;
  Output& output_;
  Names<userName> users_;
  Names<interfaceName> interfaces_;
  std::string out_;
};

std::string protocolCell(const SocketRow& row) {
  std::string name(socketProtocolName(row.kind));
  if (isUnixKind(row.kind)) return name + "-" + std::string(socketTypeName(row.kind));
  return row.family == AF_INET6 ? name + "6" : name;
}

std::string addressCell(const SocketAddress& address) {
  std::string text = address.text();
  if (address.isIp() && address.port() == 0) text.replace(text.size() - 1, 1, "*");
  return text;
}

std::string peerCell(const SocketRow& row) {
  if (row.peer.empty() && row.peerInode != 0) return "inode " + std::to_string(row.peerInode);
  return addressCell(row.peer);
}

std::string processCell(const SocketTable& table, const SocketRow& row) {
  const std::span<const SocketOwner> owners = table.ownersOf(row);
  if (owners.empty()) return {};
  std::string text(table.processOf(owners.front()));
  text += " pid=" + std::to_string(owners.front().pid) + " fd=" + std::to_string(owners.front().descriptor);
  if (owners.size() > 1) text += " and " + std::to_string(owners.size() - 1) + " more";
  return text;
}

}  // namespace

void printSocketsAsJson(const SocketTable& table, Output& out) {
  JsonRows(table, out).print();
}

std::string socketsToText(const SocketTable& table) {
  Names<userName> users;
  TextTable rows({"PROTOCOL", "STATE", "RECV-Q", "SEND-Q", "LOCAL", "PEER", "USER", "INODE", "PROCESS"});
  for (const SocketRow& row : table.sockets) {
    rows.add({protocolCell(row), std::string(socketStateName(row)), std::to_string(row.recvQueue),
              std::to_string(row.sendQueue), addressCell(row.local), peerCell(row),
              row.uid ? users(*row.uid) : std::string(),
              row.inode != 0 ? std::to_string(row.inode) : std::string(), processCell(table, row)});
  }
  return rows.text();
}

std::string socketsMissing(const SocketTable& table) {
  std::string lines;
  for (const Error& fault : table.faults) lines += printable(fault.line()) + "\n";
  if (table.unreadableProcesses == 0) return lines;
  const auto unknown = std::ranges::count_if(
      table.sockets, [](const SocketRow& row) { return row.inode != 0 && row.ownerCount == 0; });
  lines += "owner unknown: " + std::to_string(unknown) + " sockets; " +
           std::to_string(table.unreadableProcesses) +
           " processes of other users could not be read (EACCES: it takes root)\n";
  return lines;
}

}  // namespace sockbench::cli
