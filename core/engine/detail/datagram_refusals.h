// DatagramRefusals: datagrams that a listener does not take, because as many peers are open as may be. Each
// is counted at once; the timeline gets a row for the first, and then at most one a second. Thread: the
// worker.
#pragma once

#include <asio/steady_timer.hpp>
#include <cstdint>
#include <memory>

#include "core/engine/detail/journal.h"
#include "core/net/socket_address.h"

namespace sockbench::detail {

class DatagramRefusals {
 public:
  explicit DatagramRefusals(Journal& journal);

  void add(const SocketAddress& from);
  // After add(), before the turn is over: the row is written, or will be by a timer that keeps `owner` alive.
  void tell(const std::shared_ptr<void>& owner);
  void finish();  // the rest is told now; the timer waits no more

 private:
  void write();

  Journal& journal_;
  asio::steady_timer pace_;
  bool paced_ = false;       // the timer waits
  std::uint64_t count_ = 0;  // counted, not told yet
  SocketAddress last_;
};

}  // namespace sockbench::detail
