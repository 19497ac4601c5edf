#include "core/calls/python/ancillary.h"

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

#include "core/calls/call_names.h"
#include "core/net/error_queue.h"
#include "core/net/interface_name.h"
#include "core/net/packet_info.h"

namespace sockbench {
namespace {

// What old headers lack.
constexpr int kUdpGro = 104;

class Decoded {
 public:
  explicit Decoded(const ControlMessage& message) : message_(message) {
    add("level", named(NameGroup::level, message.level, 0));
    add("type", named(NameGroup::controlType, message.type, message.level));
  }

  void add(std::string_view key, CallValue value) {
    pairs_.items.emplace_back(CallTuple{{key, std::move(value)}});
  }

  // The data as a T; false, and said so, where they are cut short.
  template <class T>
  bool read(T& value) {
    if (message_.data.size() < sizeof value) {
      add("truncated", static_cast<std::int64_t>(message_.data.size()));
      return false;
    }
    std::memcpy(&value, message_.data.data(), sizeof value);
    return true;
  }
  template <class T>
  void addNumber(std::string_view key) {
    T value{};
    if (read(value)) add(key, static_cast<std::int64_t>(value));
  }

  CallValue take() { return std::move(pairs_); }

 private:
  static CallValue named(NameGroup group, int number, int level) {
    const std::string_view name = nameOf(group, number, level);
    if (name.empty()) return number;
    return name;
  }

  const ControlMessage& message_;
  CallList pairs_;
};

void addDescriptors(PythonCall& call, const ControlMessage& message, Decoded& decoded) {
  CallList descriptors;
  for (std::size_t at = 0; at + sizeof(int) <= message.data.size(); at += sizeof(int)) {
    int descriptor = -1;
    std::memcpy(&descriptor, message.data.data() + at, sizeof descriptor);
    call.context().keepDescriptor(descriptor);
    descriptors.items.emplace_back(descriptor);
  }
  decoded.add("descriptors", std::move(descriptors));
}

void addCredentials(Decoded& decoded) {
  ucred credentials{};
  if (!decoded.read(credentials)) return;
  decoded.add("pid", std::int64_t{credentials.pid});
  decoded.add("uid", std::int64_t{credentials.uid});
  decoded.add("gid", std::int64_t{credentials.gid});
}

// Seconds are written out, since a double would lose the nanoseconds.
std::string timeText(std::int64_t seconds, std::int64_t part, std::size_t digits) {
  std::string fraction = std::to_string(part);
  fraction.insert(0, digits > fraction.size() ? digits - fraction.size() : 0, '0');
  return std::to_string(seconds) + "." + fraction;
}

void addTimes(const ControlMessage& message, Decoded& decoded) {
  timeval coarse{};
  timespec fine{};
  scm_timestamping several{};
  switch (message.type) {
    case SCM_TIMESTAMP:
      if (decoded.read(coarse)) decoded.add("time", timeText(coarse.tv_sec, coarse.tv_usec, 6));
      break;
    case SCM_TIMESTAMPNS:
      if (decoded.read(fine)) decoded.add("time", timeText(fine.tv_sec, fine.tv_nsec, 9));
      break;
    default:
      if (!decoded.read(several)) break;
      decoded.add("software", timeText(several.ts[0].tv_sec, several.ts[0].tv_nsec, 9));
      decoded.add("hardware", timeText(several.ts[2].tv_sec, several.ts[2].tv_nsec, 9));
  }
}

// The message as it lay in the kernel's buffer, for those who read it there.
class Header {
 public:
  explicit Header(const ControlMessage& message) : bytes_(CMSG_SPACE(message.data.size())) {
    header().cmsg_len = CMSG_LEN(message.data.size());
    header().cmsg_level = message.level;
    header().cmsg_type = message.type;
    if (!message.data.empty()) std::memcpy(CMSG_DATA(&header()), message.data.data(), message.data.size());
  }
  cmsghdr& header() { return *reinterpret_cast<cmsghdr*>(bytes_.data()); }

 private:
  std::vector<std::byte> bytes_;  // of the allocator's alignment
};

void addPacketInfo(const ControlMessage& message, Decoded& decoded) {
  PacketInfo info;
  if (!info.take(Header(message).header())) {
    decoded.add("truncated", static_cast<std::int64_t>(message.data.size()));
    return;
  }
  decoded.add("interface", interfaceName(info.interface()));
  decoded.add("interface_index", std::int64_t{info.interface()});
  decoded.add("destination", info.destination(0).ip());
}

void addQueuedError(const ControlMessage& message, Decoded& decoded) {
  const std::optional<QueuedError> error = queuedErrorIn(Header(message).header());
  if (!error) {
    decoded.add("truncated", static_cast<std::int64_t>(message.data.size()));
    return;
  }
  static constexpr std::array<std::string_view, 4> kOrigins{"local", "icmp", "icmp6", "other"};
  decoded.add("errno", error->code);
  if (error->code != 0) decoded.add("symbol", errnoSymbol(error->code));
  decoded.add("origin", kOrigins[static_cast<std::size_t>(error->origin)]);
  decoded.add("icmp_type", int{error->type});
  decoded.add("icmp_code", int{error->icmpCode});
  if (error->mtu > 0) decoded.add("mtu", std::int64_t{error->mtu});
  if (!error->offender.empty()) decoded.add("offender", error->offender.ip());
  if (!error->text().empty()) decoded.add("meaning", error->text());
}

void addSocketLevel(PythonCall& call, const ControlMessage& message, Decoded& decoded) {
  switch (message.type) {
    case SCM_RIGHTS:
      return addDescriptors(call, message, decoded);
    case SCM_CREDENTIALS:
      return addCredentials(decoded);
    case SCM_TIMESTAMP:
    case SCM_TIMESTAMPNS:
    case SCM_TIMESTAMPING:
      return addTimes(message, decoded);
    case SO_RXQ_OVFL:
      return decoded.addNumber<std::uint32_t>("dropped");
    default:
      return decoded.add("data", message.data);
  }
}

void addIpv4Level(const ControlMessage& message, Decoded& decoded) {
  switch (message.type) {
    case IP_PKTINFO:
      return addPacketInfo(message, decoded);
    case IP_TTL:
      return decoded.addNumber<int>("ttl");
    case IP_TOS:
      return decoded.addNumber<std::uint8_t>("tos");
    case IP_RECVERR:
      return addQueuedError(message, decoded);
    default:
      return decoded.add("data", message.data);
  }
}

void addIpv6Level(const ControlMessage& message, Decoded& decoded) {
  switch (message.type) {
    case IPV6_PKTINFO:
      return addPacketInfo(message, decoded);
    case IPV6_HOPLIMIT:
      return decoded.addNumber<int>("hop_limit");
    case IPV6_TCLASS:
      return decoded.addNumber<int>("traffic_class");
    case IPV6_RECVERR:
      return addQueuedError(message, decoded);
    default:
      return decoded.add("data", message.data);
  }
}

CallValue decode(PythonCall& call, const ControlMessage& message) {
  Decoded decoded(message);
  if (message.level == SOL_SOCKET) {
    addSocketLevel(call, message, decoded);
  } else if (message.level == IPPROTO_IP) {
    addIpv4Level(message, decoded);
  } else if (message.level == IPPROTO_IPV6) {
    addIpv6Level(message, decoded);
  } else if (message.level == IPPROTO_UDP && message.type == kUdpGro) {
    decoded.addNumber<int>("segment_size");
  } else {
    decoded.add("data", message.data);
  }
  return decoded.take();
}

}  // namespace

void giveAncillary(PythonCall& call, const Received& received) {
  CallList messages;
  for (const ControlMessage& message : received.control) messages.items.push_back(decode(call, message));
  call.give("ancillary", std::move(messages));
  if ((received.flags & MSG_CTRUNC) != 0) call.give("control_truncated", true);
}

}  // namespace sockbench
