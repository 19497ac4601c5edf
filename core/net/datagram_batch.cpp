#include "core/net/datagram_batch.h"

#include <poll.h>

#include <algorithm>
#include <cstring>
#include <ctime>

#include "core/net/socket_subject.h"
#include "core/net/socket_wait.h"

namespace sockbench {
namespace {

// Slots a power of two apart would fall upon the same few lines of the processor's caches.
constexpr std::size_t kStagger = 192;

template <class T>
T dataOf(const cmsghdr& message) {
  T value{};
  if (message.cmsg_len >= CMSG_LEN(sizeof value)) std::memcpy(&value, CMSG_DATA(&message), sizeof value);
  return value;
}

void takeSocketMessage(const cmsghdr& message, Datagram& datagram) {
  if (message.cmsg_type == SCM_TIMESTAMPNS) {
    const auto time = dataOf<timespec>(message);
    datagram.kernelTime = WallNanos{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  } else if (message.cmsg_type == SO_RXQ_OVFL) {
    datagram.drops = dataOf<std::uint32_t>(message);
  }
}

}  // namespace

struct DatagramReceiver::Slot {
  iovec bytes{};
  sockaddr_storage from{};
  alignas(cmsghdr) std::byte control[kControlBytes];
};

DatagramReceiver::DatagramReceiver(std::size_t most, std::size_t bytesEach)
    : bytesEach_(bytesEach),
      used_(most),
      memory_(std::make_unique_for_overwrite<std::byte[]>(most * (bytesEach + kStagger))),
      slots_(most),
      headers_(most),
      datagrams_(most) {
  for (std::size_t i = 0; i < most; ++i) slots_[i].bytes = {&memory_[i * (bytesEach + kStagger)], bytesEach};
}

DatagramReceiver::~DatagramReceiver() = default;

void DatagramReceiver::prepare(std::size_t slot) {
  Slot& own = slots_[slot];
  msghdr& header = headers_[slot].msg_hdr;
  header = {&own.from, sizeof own.from, &own.bytes, 1, own.control, sizeof own.control, 0};
}

void DatagramReceiver::read(std::size_t slot, Datagram& datagram) const {
  const Slot& own = slots_[slot];
  const mmsghdr& got = headers_[slot];
  const std::size_t length = got.msg_len;
  datagram.bytes = {static_cast<const std::byte*>(own.bytes.iov_base), std::min(length, bytesEach_)};
  datagram.realLength = length;
  datagram.from =
      SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&own.from), got.msg_hdr.msg_namelen);
  datagram.kernelTime = 0;
  datagram.drops.reset();
  datagram.arrival = {};
  auto* header = const_cast<msghdr*>(&got.msg_hdr);
  for (cmsghdr* message = CMSG_FIRSTHDR(header); message; message = CMSG_NXTHDR(header, message)) {
    if (message->cmsg_level == SOL_SOCKET)
      takeSocketMessage(*message, datagram);
    else
      datagram.arrival.take(*message);
  }
}

Result<std::span<const Datagram>> DatagramReceiver::receive(const Socket& socket, int flags) {
  for (std::size_t i = 0; i < used_; ++i) prepare(i);
  used_ = 0;
  // MSG_WAITFORONE: a socket that waits does so for the first one only.
  const int all = flags | MSG_TRUNC | MSG_WAITFORONE | MSG_CMSG_CLOEXEC;
  const WaitingCall what{"recvmmsg", socket.fileno(), POLLIN, socket.timeout(), flags};
  const auto got = callInTime(what, [&] {
    return ::recvmmsg(socket.fileno(), headers_.data(), static_cast<unsigned>(headers_.size()), all, nullptr);
  });
  if (!got) return std::unexpected(Error::fromErrno(Operation::recv, got.error()));
  used_ = *got;
  for (std::size_t i = 0; i < used_; ++i) read(i, datagrams_[i]);
  return std::span<const Datagram>(datagrams_).first(used_);
}

struct DatagramSender::Slot {
  iovec bytes{};
  const SocketAddress* to = nullptr;
  alignas(cmsghdr) std::byte control[PacketInfo::kControlBytes];
};

DatagramSender::DatagramSender(std::size_t most) : slots_(most), headers_(most) {}

DatagramSender::~DatagramSender() = default;

void DatagramSender::add(ByteView datagram, const SocketAddress& to, const PacketInfo& from) {
  Slot& own = slots_[size_];
  msghdr& header = headers_[size_++].msg_hdr;
  own.bytes = {const_cast<std::byte*>(datagram.data()), datagram.size()};
  own.to = &to;
  const std::size_t control = from.write(own.control);
  header = {to.empty() ? nullptr : const_cast<sockaddr*>(to.data()),
            to.length(),
            &own.bytes,
            1,
            control > 0 ? own.control : nullptr,
            control,
            0};
}

DatagramSender::Outcome DatagramSender::send(const Socket& socket, int flags) {
  Outcome outcome;
  const std::size_t size = std::exchange(size_, 0);
  const Deadline deadline(socket.timeout());
  const WaitingCall what{"sendmmsg", socket.fileno(), POLLOUT, socket.timeout(), flags};
  // A short count does not say why: the next call, which begins with the one that failed, does.
  while (outcome.taken < size) {
    const auto sent = callInTime(what, deadline, [&] {
      return ::sendmmsg(socket.fileno(), headers_.data() + outcome.taken,
                        static_cast<unsigned>(size - outcome.taken), flags | MSG_NOSIGNAL);
    });
    if (!sent) {
      const SocketAddress& to = *slots_[outcome.taken].to;
      outcome.error = Error::fromErrno(Operation::send, sent.error(),
                                       to.empty() ? std::string() : socketSubject(socket.fileno(), to));
      break;
    }
    outcome.taken += *sent;
  }
  return outcome;
}

}  // namespace sockbench
