// DatagramIo: the memory through which the datagrams of a worker's sockets come and go, a batch at a time.
#pragma once

#include <cstddef>

#include "core/net/datagram_batch.h"

namespace sockbench::detail {

// The kernel's own cost of a call is spread well over so many; more would hold the others of a worker up.
inline constexpr std::size_t kDatagramBatch = 64;

struct DatagramIo {
  DatagramIo(std::size_t most, std::size_t bytesEach) : receiver(most, bytesEach) {}

  DatagramReceiver receiver;
  DatagramSender sender{kDatagramBatch};
};

}  // namespace sockbench::detail
