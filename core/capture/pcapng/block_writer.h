// Blocks of a pcapng file (pcapng_format.h), as bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/clock.h"

namespace sockbench::pcapng {

struct PacketBlock {
  std::uint32_t interface = 0;
  WallNanos time = 0;
  std::uint32_t flags = 0;   // epb_flags; 0: the option is left out
  std::string_view headers;  // the packet is these bytes and then those of `payload`
  ByteView payload;
  std::uint32_t missing = 0;               // bytes of the packet behind them that were not captured
  std::optional<std::uint64_t> dropCount;  // epb_dropcount
  std::string_view personsComment;         // UTF-8; empty: none
  std::string_view comment;                // UTF-8, the last one
};

// Each appends whole blocks to `out`. Comments beyond what an option can hold are cut. Thread: any.
void appendFileHead(std::string& out);  // the section header and the two interfaces
void appendPacket(std::string& out, const PacketBlock& packet);

}  // namespace sockbench::pcapng
