// TCP's urgent byte (RFC 6093, tcp(7)), and that of a UNIX stream.
//
// The kernel knows of one urgent byte at a time. One that follows before the first has been taken makes the
// first an ordinary byte of the stream; the kernel may also let it fall, when nothing else waited before it.
#pragma once

#include <cstddef>
#include <span>

#include "core/net/socket.h"

namespace sockbench::detail {

enum class UrgentByte {
  none,       // recv() gives ordinary bytes; also where the kernel cannot tell
  taken,      // it stands beside the stream, and has been put into `into`
  inStream,   // SO_OOBINLINE: it is the next byte that recv() gives
  announced,  // it is the next one, but has not come: what recv() gives now would pass it by
};

// What stands where the stream is read next. A recv() that begins before an urgent byte ends there, so that
// one look before each recv() finds each of them. `into`: room for one byte.
UrgentByte takeUrgentByte(Socket& socket, std::span<std::byte> into);

}  // namespace sockbench::detail
