// Insertions in one line of text, as the command line takes them and the window's buttons show them:
//
//   2                    the length of all in 2 bytes, in front
//   4@8:little:12..end   ... in 4 bytes at byte 8, least significant first, of what stands from byte 12 on
//   1@0:decimal          ... as decimal digits
//   CRC-16/MODBUS:little the checksum of all at the end
//   xor@end-2:1..end-3:hex
//   crc(16,0x1021,0xffff,false,false,0)   a CRC by its parameters: width, polynomial, initial value,
//                                         reflected in, reflected out, final XOR
//
// Behind the length's size or the checksum's name stand, in any order: @PLACE, and each behind a colon
// FROM..TO, big or little, hex or decimal, front (before what stands at the place already), and for a length
// add=N. A place is a number of bytes from the beginning, "end", or "end-N". Thread: any.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/payload/message/message.h"

namespace sockbench {

// Errors: badSyntax with `where` in `text`. Whether there is such a checksum is Message::read()'s to say.
Result<Insertion> readLengthInsertion(std::string_view text);
Result<Insertion> readChecksumInsertion(std::string_view text);
std::string insertionText(const Insertion& insertion);  // what the two read; of what is usual nothing

Result<MessagePlace> readMessagePlace(std::string_view text);
std::string messagePlaceText(MessagePlace place);

std::string_view numberFormName(NumberForm form);  // "bytes", "hex", "decimal"

}  // namespace sockbench
