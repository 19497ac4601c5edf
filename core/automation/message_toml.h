// A message in TOML: text alone, or a table that says which form it is.
//
//   send = "PING\r\n"
//   send = { hex = "01 03 {{counter.hex 0 1 4}}", insert = [{ checksum = "CRC-16/MODBUS:little" }] }
//   send = { base64 = "AQID", ending = "crlf" }
//   send = { file = "request.bin", insert = [{ length = 4 }, { length = "2@0:add=2" }] }
//   send = { text = "hello", encoding = "GBK", ending = "lf" }
//
// Text has the escapes and the fields of a message besides TOML's escapes: '\x00{{counter}}' in single
// quotes. Each of `insert`, in their order, has a length or a checksum as insertion_text.h writes it; a
// length of its size alone may be a number. Thread: any.
#pragma once

#include "core/payload/message/message.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

TomlValue toToml(const MessageSpec& message);
// Always as a table, for a place where text means something else.
TomlTable toTomlTable(const MessageSpec& message);

// What stands at `key`. An error of the message itself, as Message::read() tells it, is told there, too.
MessageSpec messageAt(TomlReader& in, std::string_view key);
// The same of a table's own reader.
MessageSpec messageIn(TomlReader& in);

}  // namespace sockbench
