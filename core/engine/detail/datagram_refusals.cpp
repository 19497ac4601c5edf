#include "core/engine/detail/datagram_refusals.h"

#include <chrono>
#include <string>
#include <utility>

namespace sockbench::detail {
namespace {

constexpr std::chrono::seconds kPace{1};

}  // namespace

DatagramRefusals::DatagramRefusals(Journal& journal)
    : journal_(journal), pace_(journal.session().worker.io()) {}

void DatagramRefusals::add(const SocketAddress& from) {
  ++journal_.session().dropped;
  ++count_;
  last_ = from;
}

void DatagramRefusals::tell(const std::shared_ptr<void>& owner) {
  if (count_ == 0 || paced_) return;
  write();
  paced_ = true;
  pace_.expires_after(kPace);
  pace_.async_wait([this, owner](const std::error_code& ec) {
    paced_ = false;
    if (!ec) journal_.session().worker.turn([&] { tell(owner); });
  });
}

void DatagramRefusals::write() {
  const std::uint64_t count = std::exchange(count_, 0);
  const std::string who =
      count == 1 ? "a datagram from " : std::to_string(count) + " datagrams, the last from ";
  journal_.note(RecordKind::dropped, who + last_.text() + ": as many sessions are open as may be", count);
}

void DatagramRefusals::finish() {
  pace_.cancel();
  if (count_ > 0) write();
}

}  // namespace sockbench::detail
