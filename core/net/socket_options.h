// Socket options by name: one table that the window, the command line and the tests read.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/net/socket.h"

namespace sockbench {

enum class OptionKind {
  boolean,     // "0"/"1"/"on"/"off"; int in the kernel
  integer,     // decimal, in [min, max]
  linger,      // "on,SECONDS" or "off": struct linger
  duration,    // seconds with a fraction: struct timeval; 0 means for ever
  text,        // an interface's name (SO_BINDTODEVICE), an algorithm (TCP_CONGESTION)
  membership,  // "GROUP,INTERFACE-ADDRESS" (IPv4) or "GROUP,INTERFACE" (IPv6): join or leave a multicast
               // group
};

// When an option is to be set so that it has its full effect.
enum class OptionTime { any, beforeBind };

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
  std::string_view unit;     // "bytes", "s", "ms", ""
  std::string_view meaning;  // one sentence, English
};

// The table, sorted by name. Thread: any.
std::span<const OptionInfo> socketOptions();
const OptionInfo* findSocketOption(std::string_view name);  // nullptr: unknown

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
