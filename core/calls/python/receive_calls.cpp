// Bytes that arrive.
#include <poll.h>

#include <cstdlib>
#include <limits>
#include <memory>

#include "core/calls/call_names.h"
#include "core/calls/python/address.h"
#include "core/calls/python/ancillary.h"
#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

constexpr std::int64_t kMostBytes = 0x7ffff000;  // of one call: read(2)
// Python's bytes have a header, and all of it must be counted in 63 bits.
constexpr std::int64_t kLongestBytes = std::numeric_limits<std::int64_t>::max() - 33;
constexpr std::int64_t kMostControl = std::numeric_limits<int>::max();
// More than any control messages of one call; what is asked for beyond is not even made.
constexpr std::int64_t kEnoughControl = 1 << 20;

// Room for what a call may bring: zeros, of which the pages that are not written to cost nothing. A stream's
// MSG_TRUNC throws bytes away and counts them.
class Room {
 public:
  explicit Room(std::int64_t size)
      : size_(static_cast<std::size_t>(std::min(size, kMostBytes))),
        bytes_(static_cast<std::byte*>(std::calloc(std::max<std::size_t>(size_, 1), 1))) {
    if (size > kLongestBytes) raiseOverflow("byte string is too large", 0);
    if (bytes_ == nullptr) raiseErrno(Operation::recv, ENOMEM);
  }
  std::span<std::byte> span() { return {bytes_.get(), size_}; }
  // What a call that answered `got` has put there: with MSG_TRUNC it answers the datagram's real length.
  ByteView filled(std::size_t got) const { return {bytes_.get(), std::min(got, size_)}; }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };
  std::size_t size_;
  std::unique_ptr<std::byte, Free> bytes_;
};

Bytes owned(ByteView bytes) {
  return {bytes.begin(), bytes.end()};
}

std::int64_t lengthAt(PythonCall& call, std::size_t i) {
  const std::int64_t length = call.sizeAt(i);
  if (length < 0) raiseValue("negative buffersize in " + call.name(), i);
  return length;
}

// What everybody who received tells: the real length where it is not the bytes', and the timeline. What was
// only looked at is still to come, and what the error queue quotes was sent by ourselves. A stream that gave
// nothing where room was has ended.
void tellReceived(PythonCall& call, std::span<std::byte> room, std::size_t got, const SocketAddress& from,
                  int flags) {
  if (got > room.size()) call.give("length", static_cast<std::int64_t>(got));
  if ((flags & (MSG_PEEK | MSG_ERRQUEUE)) != 0) return;
  if (got == 0 && !room.empty() && call.socket().type() == SOCK_STREAM)
    return call.tell(RecordKind::halfClosed);
  const int shown = got > room.size() ? flags | MSG_TRUNC : flags;
  call.context().tellReceived(call.handle(), room.first(std::min(got, room.size())), from, shown);
}

// The flags of a call that say what kind of bytes it asked for.
int kindFlags(int flags) {
  return flags & (MSG_PEEK | MSG_OOB | MSG_ERRQUEUE);
}

// The buffer of recv_into and recvfrom_into, and how much of it may be filled.
struct Into {
  Bytes bytes;
  std::size_t most = 0;
  std::span<std::byte> room() { return std::span(bytes).first(most); }
};

Into intoAt(PythonCall& call, const std::string& tooSmall) {
  const auto* buffer = call.at(0).as<CallBuffer>();
  if (buffer == nullptr)
    raiseType(call.name() + "() argument 1 must be read-write bytes-like object, not " +
                  std::string(call.at(0).typeName()),
              0);
  Into into{buffer->bytes, buffer->bytes.size()};
  const std::int64_t asked = call.sizeAt(1, 0);
  call.intAt(2, 0);
  if (asked < 0) raiseValue("negative buffersize in " + call.name(), 1);
  if (static_cast<std::size_t>(asked) > into.most) raiseValue(tooSmall, 1);
  if (asked > 0) into.most = static_cast<std::size_t>(asked);
  return into;
}

CallValue flagNames(int flags) {
  CallList names;
  for (unsigned bit = 1; bit != 0; bit <<= 1U) {
    const auto flag = static_cast<int>(bit);
    if ((flags & flag) != 0) names.items.emplace_back(flagsText(NameGroup::messageFlag, flag));
  }
  return names;
}

CallValue controlValue(const std::vector<ControlMessage>& messages) {
  CallList list;
  for (const ControlMessage& message : messages)
    list.items.emplace_back(CallTuple{{message.level, message.type, message.data}});
  return list;
}

}  // namespace

CallValue callRecv(PythonCall& call) {
  const std::int64_t length = call.sizeAt(0);
  const int flags = call.intAt(1, 0);
  lengthAt(call, 0);
  call.socket();
  if (length == 0) return Bytes();  // Python asks for nothing then, so that nothing waits
  Room room(length);
  const std::size_t got = call.need(call.borrowWhenReady(POLLIN)->recv(room.span(), flags));
  tellReceived(call, room.span(), got, {}, kindFlags(flags));
  return owned(room.filled(got));
}

CallValue callRecvfrom(PythonCall& call) {
  const std::int64_t length = call.sizeAt(0);
  const int flags = call.intAt(1, 0);
  lengthAt(call, 0);
  Room room(length);
  const Received received = call.need(call.borrowWhenReady(POLLIN)->recvFrom(room.span(), flags));
  tellReceived(call, room.span(), received.bytes, received.from, kindFlags(flags));
  return CallTuple{{owned(room.filled(received.bytes)), addressValue(call, received.from)}};
}

CallValue callRecvInto(PythonCall& call) {
  Into into = intoAt(call, "buffer too small for requested bytes");
  const int flags = call.intAt(2, 0);
  call.socket();
  if (into.most == 0) return 0;
  const std::size_t got = call.need(call.borrowWhenReady(POLLIN)->recv(into.room(), flags));
  tellReceived(call, into.room(), got, {}, kindFlags(flags));
  call.context().outcome.filled = std::move(into.bytes);
  return static_cast<std::int64_t>(got);
}

CallValue callRecvfromInto(PythonCall& call) {
  Into into = intoAt(call, "nbytes is greater than the length of the buffer");
  const int flags = call.intAt(2, 0);
  const Received received = call.need(call.borrowWhenReady(POLLIN)->recvFrom(into.room(), flags));
  tellReceived(call, into.room(), received.bytes, received.from, kindFlags(flags));
  call.context().outcome.filled = std::move(into.bytes);
  return CallTuple{{static_cast<std::int64_t>(received.bytes), addressValue(call, received.from)}};
}

CallValue callRecvmsg(PythonCall& call) {
  const std::int64_t length = call.sizeAt(0);
  const std::int64_t controlLength = call.sizeAt(1, 0);
  const int flags = call.intAt(2, 0);
  if (length < 0) raiseValue("negative buffer size in recvmsg()", 0);
  Room room(length);
  if (controlLength < 0 || controlLength > kMostControl)
    raiseValue("invalid ancillary data buffer length", 1);
  const std::span<std::byte> into = room.span();
  // Only these carry descriptors, and packet sockets know no such flag.
  const int closing = call.socket().family() == AF_UNIX ? MSG_CMSG_CLOEXEC : 0;
  const auto controlRoom = static_cast<std::size_t>(std::min(controlLength, kEnoughControl));
  Received received =
      call.need(call.borrowWhenReady(POLLIN)->recvMessage(std::span(&into, 1), controlRoom, flags | closing));
  // Socket hides the flag; who asked for it hears of it.
  received.flags |= flags & MSG_CMSG_CLOEXEC;
  tellReceived(call, room.span(), received.bytes, received.from, kindFlags(flags) | received.flags);
  call.give("flags", flagNames(received.flags));
  giveAncillary(call, received);
  return CallTuple{{owned(room.filled(received.bytes)), controlValue(received.control), received.flags,
                    addressValue(call, received.from)}};
}

}  // namespace sockbench
