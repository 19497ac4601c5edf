// Socket options by name: one table that the window, the command line and the tests read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/net/endpoint.h"
#include "core/net/socket.h"

namespace sockbench {

// How a value is written and read. What is named "read only" has no written form.
enum class OptionKind {
  boolean,     // "0"/"1"/"on"/"off"; int in the kernel
  integer,     // decimal, in [min, max] or a name of `choices`; int, unsigned where max is above INT_MAX
  linger,      // "on,SECONDS" or "off": struct linger
  duration,    // seconds with a fraction: struct timeval; 0 means for ever
  text,        // an interface's name (SO_BINDTODEVICE), an algorithm (TCP_CONGESTION)
  membership,  // "GROUP,INTERFACE-ADDRESS" (IPv4) or "GROUP,INTERFACE" (IPv6): join or leave a multicast
               // group
  sourceMembership,    // "GROUP,INTERFACE-ADDRESS,SOURCE" (IPv4) or "GROUP,INTERFACE,SOURCE" (IPv6)
  anycast,             // "ADDRESS,INTERFACE": as membership for IPv6, with a unicast address
  wide,                // decimal, in [min, max] or a name of `choices`: 64 bits
  choice,              // a name of `choices`, or its number
  flags,               // names of `choices` joined with '|', numbers (0x10) for what has none; "none" for 0
  interface,           // an interface's name or number; "none" for 0
  multicastInterface,  // an interface's IPv4 address, or its name or number; read as the address
  portRange,           // "LOW-HIGH", where 0 is the system's own end; "none" for neither
  credentials,         // read only: "PID,UID,GID"; "none"
  groups,              // read only: "GID,GID..."; "none"
  memory,              // read only: SO_MEMINFO in words
  tcpInfo,             // read only: TCP_INFO in words
  pathMtu,             // read only: IPV6_PATHMTU's number
  address,             // read only: ADDRESS:PORT
};

// When an option is to be set so that it has its full effect.
enum class OptionTime { any, beforeBind };

// A value that has a name of its own.
struct OptionChoice {
  std::string_view name;  // "want", "rx-software"
  std::uint64_t value;
};

struct OptionInfo {
  std::string_view name;  // "TCP_NODELAY"
  int level;              // SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP...
  std::string_view levelName;
  int number;  // the option's number at that level
  OptionKind kind;
  long long min;  // integer: the smallest value taken; else 0
  long long max;
  bool readable;  // getsockopt answers it
  bool writable;
  OptionTime when;
  std::string_view unit;                       // "bytes", "s", "ms", ""
  std::string_view meaning;                    // one sentence, English
  std::span<const OptionChoice> choices = {};  // the values that have names; empty: none has
  int family = 0;                  // AF_INET, AF_INET6: for sockets of this family alone; 0: for all
  std::uint8_t transports = 0xff;  // for which transports: the bits 1 << Transport
  std::string_view needs = {};     // who lacks this is answered EPERM: "CAP_NET_ADMIN"; empty: nothing
  bool takesAway = false;          // reading clears what is read, as SO_ERROR does
  bool networkOrder = false;       // the kernel has the number in network order (IP_UNICAST_IF)

  // Whether it means something to a socket of this family (AF_INET...) and transport. The kernel may take it
  // on others too (IP_TTL on an IPv6 socket counts for the IPv4 peers of a dual-stack one). Thread: any.
  bool applies(int socketFamily, Transport transport) const;
};

// The table, sorted by name. Thread: any.
std::span<const OptionInfo> socketOptions();
// Second names that the headers have (IPV6_ADD_MEMBERSHIP) are found as well. nullptr: unknown.
const OptionInfo* findSocketOption(std::string_view name);
// The option that was probably meant, of a name in capitals: "TCP_NODELY", "NODELAY". nullptr: none is near.
const OptionInfo* nearestSocketOption(std::string_view name);

// An option and its value as text, checked but not yet set.
struct OptionSetting {
  const OptionInfo* option = nullptr;
  std::string value;  // canonical: "1", "on,5", "1.5"

  // "NAME=VALUE". Errors: badOptionName, badOptionValue (also for a read-only option), `where` in the text.
  static Result<OptionSetting> parse(std::string_view text);
  std::string text() const;  // "NAME=VALUE"
};

// setsockopt(2). Errors: the kernel's errno, with the option's text as the subject.
Result<void> applySocketOption(Socket& socket, const OptionSetting& setting);
// getsockopt(2) as text, in the form that parse takes ("on,5"). Errors: the kernel's errno; ENOPROTOOPT when
// the option cannot be read at all.
Result<std::string> readSocketOption(const Socket& socket, const OptionInfo& option);

}  // namespace sockbench
