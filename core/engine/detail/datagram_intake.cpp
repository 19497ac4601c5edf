#include "core/engine/detail/datagram_intake.h"

#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace sockbench::detail {
namespace {

constexpr int kCallsPerTurn = 4;
constexpr std::size_t kBytesPerTurn = std::size_t{1} << 20;
constexpr int kErrorsPerTurn = 64;
// More calls than the largest receive buffer can fill batches: for a socket whose intake could not be
// stopped.
constexpr int kDrainCalls = 1 << 16;
constexpr int kDrainFailures = 8;

}  // namespace

DatagramIntake::DatagramIntake(Worker& worker, Transport transport, DatagramSink& sink)
    : worker_(worker), sink_(sink), transport_(transport), io_(worker.datagramIo(transport)) {}

bool DatagramIntake::readTurn(Socket& socket) {
  bytes_ = 0;
  for (int call = 0; call < kCallsPerTurn && bytes_ < kBytesPerTurn; ++call) {
    const Step step = readBatch(socket);
    if (step == Step::empty) countDrops(socket);
    if (step != Step::more) return false;
  }
  return true;
}

void DatagramIntake::drain(Socket& socket) {
  if (!socket.isOpen()) return;
  stopIntake(socket);
  int failures = 0;
  for (int call = 0; call < kDrainCalls && failures < kDrainFailures; ++call) {
    const Step step = readBatch(socket);
    if (step == Step::empty) break;
    failures += step == Step::failed ? 1 : 0;
  }
  countDrops(socket);
}

// What comes from now on would be lost unseen when the socket is closed. A filter that takes nothing makes
// the kernel count it instead; a UNIX socket's sender is told (EPIPE).
void DatagramIntake::stopIntake(Socket& socket) const {
  if (transport_ != Transport::udp) {
    if (const auto shut = socket.shutdown(ShutdownHow::read); !shut) sink_.receiveFailed(shut.error());
    return;
  }
  sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
  const sock_fprog program{.len = 1, .filter = &nothing};
  const ByteView filter = std::as_bytes(std::span(&program, 1));
  if (const auto set = socket.setRawOption(SOL_SOCKET, SO_ATTACH_FILTER, filter); !set)
    sink_.receiveFailed(set.error());
}

DatagramIntake::Step DatagramIntake::readBatch(Socket& socket) {
  const auto got = io_->receiver.receive(socket);
  if (!got) return readFailed(socket, got.error());
  const WallNanos shift = wallShift();
  for (const Datagram& datagram : *got) hand(datagram, shift);
  tellDrops();
  sink_.batchArrived();
  return got->size() < io_->receiver.most() ? Step::empty : Step::more;
}

void DatagramIntake::hand(const Datagram& datagram, WallNanos shift) {
  const WallNanos time = datagram.kernelTime == 0 ? 0 : datagram.kernelTime + shift;
  if (datagram.drops) drop(*datagram.drops, time);
  bytes_ += datagram.bytes.size();
  sink_.arrived(datagram, time);
}

// Woken for nothing, it may have been the error queue; and an error of the network's stands there in full.
DatagramIntake::Step DatagramIntake::readFailed(const Socket& socket, const Error& error) {
  const bool told = readErrors(socket);
  if (error.isErrno(EAGAIN)) return Step::empty;
  if (told || isSettled(error)) return Step::more;
  sink_.receiveFailed(error);
  return Step::failed;
}

bool DatagramIntake::readErrors(const Socket& socket, std::optional<QueuedError>* local) {
  bool fromNetwork = false;
  for (int count = 0; transport_ == Transport::udp && count < kErrorsPerTurn; ++count) {
    auto entry = takeQueuedError(socket);
    if (!entry) {
      sink_.receiveFailed(entry.error());
      break;
    }
    if (!*entry) break;
    QueuedError& error = **entry;
    if (error.origin == ErrorOrigin::other) continue;
    if (error.origin == ErrorOrigin::local && local) {
      *local = std::move(error);
      continue;
    }
    fromNetwork = fromNetwork || error.isFromNetwork();
    settled_ = error.code;
    sink_.told(error);
  }
  return fromNetwork;
}

// The kernel queues the entry first and sets the socket's error after that: it may come when the entry has
// been read already.
bool DatagramIntake::isSettled(const Error& error) {
  return settled_ != 0 && error.isErrno(std::exchange(settled_, 0));
}

void DatagramIntake::countDrops(const Socket& socket) {
  if (transport_ != Transport::udp || !socket.isOpen()) return;
  const auto raw = socket.rawOption(SOL_SOCKET, SO_MEMINFO, SK_MEMINFO_VARS * sizeof(std::uint32_t));
  if (!raw || raw->size() < (SK_MEMINFO_DROPS + 1) * sizeof(std::uint32_t)) return;
  std::uint32_t counter = 0;
  std::memcpy(&counter, raw->data() + SK_MEMINFO_DROPS * sizeof counter, sizeof counter);
  drop(counter, 0);
  tellDrops();
}

void DatagramIntake::drop(std::uint32_t counter, WallNanos time) {
  const std::uint32_t fresh = drops_.fresh(counter);
  if (fresh == 0) return;
  sink_.dropped(fresh, time);
  dropped_ = true;
}

// Under a flood there is a row for each gap, but no more news than batches.
void DatagramIntake::tellDrops() {
  if (std::exchange(dropped_, false)) sink_.dropsCounted();
}

}  // namespace sockbench::detail
