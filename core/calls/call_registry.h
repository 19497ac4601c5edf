// The registry: every call of the bench as data. Forms, help, completion, argument names and the command
// line's list come from here. Thread: any.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sockbench {

// What a parameter takes. Names of constants (call_names.h) are taken for every kind of number.
enum class ParameterKind : std::uint8_t {
  integer,
  flags,    // numbers or-ed: `names` says of which constants
  choice,   // one of the constants of `names`, or its number
  seconds,  // a float, or None for ever
  boolean,
  text,         // str
  host,         // str or bytes: a name or an address
  bytes,        // bytes-like
  buffer,       // bytearray, filled by the call
  buffers,      // a list of bytes-like (sendmsg)
  control,      // a list of (level, type, data) (sendmsg)
  address,      // of the socket's family: see address formats in Help
  socket,       // a socket of the bench
  descriptor,   // an int that is a descriptor
  path,         // a file's path (sendfile)
  option,       // an option's name within the level that was chosen
  optionValue,  // int, bytes or None, as the option wants
  sockets,      // a list of sockets and events (poll)
  descriptors,  // a list of descriptors (send_fds)
};

// Groups of constants; see call_names.h.
enum class NameGroup : std::uint8_t {
  none,
  family,
  type,
  protocol,
  level,
  option,
  messageFlag,
  shutdownHow,
  addrinfoFlag,
  nameinfoFlag,
  controlType,
  pollEvent,
  ioctlRequest,
  other
};

struct CallParameter {
  std::string_view name;  // as Python's documentation has it; keywords use it where Python takes keywords
  ParameterKind kind;
  NameGroup names;  // none: no constants
  // As one would write it ("None", "0", "AF_INET"); empty: it must be given. "None" stands also for a
  // parameter that can only be left out (getservbyname's protocolname, setsockopt's optlen).
  std::string_view defaultText;
  std::string_view meaning;  // one sentence, English, unit and range included
};

// An error that the call's man page names, and what it means for this call.
struct CallErrorNote {
  std::string_view symbol;  // "EADDRINUSE"
  std::string_view meaning;
};

enum class CallTarget : std::uint8_t { function, socketMethod };

struct CallInfo {
  std::string_view name;  // "recvfrom_into"
  CallTarget target;
  std::string_view
      group;  // "Make", "Name", "Connect", "Send", "Receive", "Options", "Wait", "Look up", "Convert"
  std::string_view summary;  // one sentence
  std::span<const CallParameter> parameters;
  std::string_view returns;  // what it answers, one sentence
  std::span<const CallErrorNote> errors;
  std::string_view manPage;  // "recv(2)"; several: "getsockopt(2), socket(7)"
  bool mayBlock = false;
  bool extension = false;  // Python's socket has no such call (accept4, ioctl, getblocking's sisters)
};

// All calls, by group in the order of a lesson. findCall: nullptr for an unknown name.
std::span<const CallInfo> callRegistry();
const CallInfo* findCall(CallTarget target, std::string_view name);

}  // namespace sockbench
