// Addresses and numbers between text, bytes and byte orders. No system call is made.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <limits>

#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

template <class Raw>
CallValue rawBytes(const Raw& raw) {
  const auto bytes = std::as_bytes(std::span(&raw, 1));
  return Bytes(bytes.begin(), bytes.end());
}

std::uint16_t sixteenBits(PythonCall& call) {
  const int number = call.intAt(0);
  if (number < 0)
    raiseOverflow(call.name() + ": can't convert negative Python int to C 16-bit unsigned integer", 0);
  if (number > std::numeric_limits<std::uint16_t>::max())
    raiseOverflow(call.name() + ": Python int too large to convert to C 16-bit unsigned integer", 0);
  return static_cast<std::uint16_t>(number);
}

std::uint32_t thirtyTwoBits(PythonCall& call) {
  const std::uint64_t number = cUnsigned(call.at(0), 0);
  if (number > std::numeric_limits<std::uint32_t>::max()) raiseOverflow("int larger than 32 bits", 0);
  return static_cast<std::uint32_t>(number);
}

// The length of a control message's data, for the two macros that add to it.
std::size_t controlDataSize(PythonCall& call, std::size_t most) {
  const std::int64_t size = call.sizeAt(0);
  if (size < 0 || static_cast<std::uint64_t>(size) > most)
    raiseOverflow(call.name() + "() argument out of range", 0);
  return static_cast<std::size_t>(size);
}

constexpr std::size_t kMostControl = std::numeric_limits<int>::max();

}  // namespace

CallValue callInetAton(PythonCall& call) {
  in_addr address{};
  if (inet_aton(call.textAt(0).c_str(), &address) == 0)
    raiseOs("illegal IP address string passed to inet_aton", 0);
  return rawBytes(address);
}

CallValue callInetNtoa(PythonCall& call) {
  const ByteView packed = call.bytesAt(0);
  if (packed.size() != sizeof(in_addr)) raiseOs("packed IP wrong length for inet_ntoa", 0);
  std::array<char, INET_ADDRSTRLEN> text{};
  return inet_ntop(AF_INET, packed.data(), text.data(), text.size());
}

CallValue callInetPton(PythonCall& call) {
  const int family = call.intAt(0);
  const std::string text = call.textAt(1);
  in6_addr packed{};
  const int answer = inet_pton(family, text.c_str(), &packed);
  if (answer < 0) raiseErrno(Operation::none, errno);
  if (answer == 0) raiseOs("illegal IP address string passed to inet_pton", 1);
  if (family == AF_INET6) return rawBytes(packed);
  in_addr shorter{};
  inet_pton(family, text.c_str(), &shorter);
  return rawBytes(shorter);
}

CallValue callInetNtop(PythonCall& call) {
  const int family = call.intAt(0);
  const ByteView packed = call.bytesAt(1);
  if (family != AF_INET && family != AF_INET6)
    raiseValue("unknown address family " + std::to_string(family), 0);
  if (packed.size() != (family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr)))
    raiseValue("invalid length of packed IP address string", 1);
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, packed.data(), text.data(), text.size());
}

CallValue callHtons(PythonCall& call) {
  return int{htons(sixteenBits(call))};
}

CallValue callNtohs(PythonCall& call) {
  return int{ntohs(sixteenBits(call))};
}

CallValue callHtonl(PythonCall& call) {
  return std::int64_t{htonl(thirtyTwoBits(call))};
}

CallValue callNtohl(PythonCall& call) {
  return std::int64_t{ntohl(thirtyTwoBits(call))};
}

CallValue callCmsgLen(PythonCall& call) {
  const std::size_t size = controlDataSize(call, kMostControl - CMSG_LEN(0));
  return static_cast<std::int64_t>(CMSG_LEN(size));
}

CallValue callCmsgSpace(PythonCall& call) {
  const std::size_t size = controlDataSize(call, kMostControl - CMSG_SPACE(1));
  return static_cast<std::int64_t>(CMSG_SPACE(size));
}

}  // namespace sockbench
