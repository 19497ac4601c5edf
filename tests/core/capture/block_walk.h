// A second reader of pcapng blocks, which shares nothing with the one in core but the standard.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench::test {

struct WalkedPacket {
  std::uint32_t interface = 0;
  std::uint64_t time = 0;
  std::uint32_t flags = 0;
  std::uint64_t dropCount = 0;
  std::string data;
  std::uint32_t originalLength = 0;
  std::vector<std::string> comments;
};

struct WalkedFile {
  std::vector<WalkedPacket> packets;
  std::vector<std::uint16_t> links;
  std::string complaint;  // what the standard forbids; empty: nothing
  std::size_t left = 0;   // bytes behind the last whole block
};

// "k" of "... k=in s=2" in the comment's machine part; "" where it is not there.
inline std::string valueOf(const WalkedPacket& packet, std::string_view key) {
  if (packet.comments.empty()) return {};
  const std::string& comment = packet.comments.back();
  const std::string machine = comment.substr(comment.rfind('\n') + 1) + ' ';
  const std::string wanted = ' ' + std::string(key) + '=';
  const std::size_t at = machine.find(wanted);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + wanted.size();
  return machine.substr(begin, machine.find(' ', begin) - begin);
}

template <class T>
T numberAt(std::string_view bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

inline void walkOptions(std::string_view rest, WalkedPacket& packet, std::string& complaint) {
  while (rest.size() >= 4) {
    const auto code = numberAt<std::uint16_t>(rest, 0);
    const auto length = numberAt<std::uint16_t>(rest, 2);
    const std::size_t padded = (std::size_t{length} + 3) / 4 * 4;
    if (4 + padded > rest.size()) break;
    const std::string_view value = rest.substr(4, length);
    if (code == 0) {
      if (rest.size() != 4) complaint = "something follows the end of the options";
      return;
    }
    if (code == 1) packet.comments.emplace_back(value);
    if (code == 2) packet.flags = numberAt<std::uint32_t>(value, 0);
    if (code == 4) packet.dropCount = numberAt<std::uint64_t>(value, 0);
    rest.remove_prefix(4 + padded);
  }
  complaint = "the options have no end";
}

inline void walkPacket(std::string_view body, WalkedFile& file) {
  WalkedPacket packet;
  packet.interface = numberAt<std::uint32_t>(body, 0);
  packet.time = std::uint64_t{numberAt<std::uint32_t>(body, 4)} << 32 | numberAt<std::uint32_t>(body, 8);
  const std::size_t captured = numberAt<std::uint32_t>(body, 12);
  packet.originalLength = numberAt<std::uint32_t>(body, 16);
  const std::size_t padded = (captured + 3) / 4 * 4;
  if (20 + padded > body.size()) {
    file.complaint = "a packet is longer than its block";
    return;
  }
  if (packet.originalLength < captured) file.complaint = "more was captured than there was";
  packet.data = body.substr(20, captured);
  walkOptions(body.substr(20 + padded), packet, file.complaint);
  if (packet.interface >= file.links.size()) file.complaint = "an interface is not described";
  file.packets.push_back(std::move(packet));
}

inline WalkedFile walkBlocks(std::string_view bytes) {
  WalkedFile file;
  bool begun = false;
  while (bytes.size() >= 12) {
    const auto type = numberAt<std::uint32_t>(bytes, 0);
    const std::size_t length = numberAt<std::uint32_t>(bytes, 4);
    if (length < 12 || length % 4 != 0) file.complaint = "a block's length is wrong";
    if (!file.complaint.empty() || length > bytes.size()) break;
    if (numberAt<std::uint32_t>(bytes, length - 4) != length) file.complaint = "a block's two lengths differ";
    if (!begun && type != 0x0A0D0D0A) file.complaint = "it begins with no section header";
    begun = true;
    const std::string_view body = bytes.substr(8, length - 12);
    if (type == 1) file.links.push_back(numberAt<std::uint16_t>(body, 0));
    if (type == 6) walkPacket(body, file);
    bytes.remove_prefix(length);
  }
  if (!begun) file.complaint = "it has no section header";
  file.left = bytes.size();
  return file;
}

}  // namespace sockbench::test
