// The comment that Sockbench writes to each of its packets (pcapng_format.h).
#pragma once

#include <cstdint>
#include <string>

#include "core/base/bytes.h"
#include "core/traffic/flow.h"
#include "core/traffic/record.h"
#include "core/traffic/row_notes.h"

namespace sockbench::pcapng {

// What the packet itself already says, so that the comment need not.
struct PacketAddresses {
  bool held = false;    // its source and destination are the flow's ends
  bool mapped = false;  // as IPv4, while the flow has them mapped into IPv6
};

struct CommentedRow {
  const Record& record;
  const Flow* flow = nullptr;
  ByteView payload;  // events: their detail
  const RowNotes::Note& note;
};

// "option: TCP_NODELAY=1", "in, 64 bytes", "closed by us": a row in a few words, one line without controls.
std::string rowWords(const CommentedRow& row);

// `part` of `parts`, from 1 on; 1 of 1: the whole record. `remark` goes behind the words; empty: nothing.
void appendRowComment(std::string& out, const CommentedRow& row, const PacketAddresses& addresses,
                      std::uint32_t part, std::uint32_t parts, std::string_view remark);
// Of a packet that no row told.
void appendFillerComment(std::string& out, SessionId session, std::string_view words);

}  // namespace sockbench::pcapng
