// OwnComment: the part of a packet's comment from which a record of ours is restored (pcapng_format.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/net/endpoint.h"
#include "core/net/socket_address.h"
#include "core/traffic/event_detail.h"
#include "core/traffic/record.h"

namespace sockbench {

struct OwnComment {
  std::optional<RecordKind> kind;  // nullopt: the packet carries no record
  std::uint32_t session = 0;
  std::uint32_t parent = 0;
  Direction direction = Direction::none;
  Party by = Party::none;
  std::uint8_t flags = 0;
  std::uint64_t value = 0;
  std::uint32_t part = 1;  // of `parts`
  std::uint32_t parts = 1;
  std::optional<Transport> transport;  // nullopt: the packet's protocol
  std::string otherTransport;
  std::optional<SocketAddress> local;  // nullopt: the packet's
  std::optional<SocketAddress> remote;
  bool mapped = false;  // the packet's addresses stand for IPv4-mapped ones
  std::uint32_t interface = 0;
  EventDetail detail;
  bool mark = false;
  std::string note;
};

// Whether it is one of ours, good or not.
bool isOwnComment(std::string_view comment);
// nullopt: it is not ours, or broken.
std::optional<OwnComment> parseOwnComment(std::string_view comment);

}  // namespace sockbench
