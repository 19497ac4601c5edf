// A call by hand: what is asked for, and what became of it. Thread: any.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/calls/call_value.h"

namespace sockbench {

// A call under way or done on a CallBench; counted from 1. 0: none.
struct CallId {
  std::uint64_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const CallId&) const = default;
};

// `name` as the registry has it ("bind", "getaddrinfo", "socket"); `on` for a socket's method.
struct CallRequest {
  std::string name;
  std::optional<CallHandle> on;
  std::vector<CallValue> args;
  std::vector<std::pair<std::string, CallValue>> keywords;
};

// Which of Python's exceptions it would be.
enum class CallFaultKind : std::uint8_t {
  os,        // OSError and its children: `number` is errno
  timeout,   // TimeoutError of a socket with a timeout ("timed out"); `number` is 0
  gai,       // socket.gaierror: `number` is EAI_*
  herror,    // socket.herror: `number` is h_errno
  value,     // ValueError, UnicodeError: caught before the kernel
  overflow,  // OverflowError: caught before the kernel
  type,      // TypeError, and an unknown call or name: caught before the kernel
};
std::string_view callFaultKindName(CallFaultKind kind);  // "os", "timeout", "gai", ...
std::string_view pythonErrorName(CallFaultKind kind);    // "OSError", "TimeoutError", "socket.gaierror", ...

struct CallFault {
  CallFaultKind kind = CallFaultKind::os;
  int number = 0;
  std::string message;  // as Python words it; of errno, strerror's
  std::optional<std::size_t>
      argument;                    // which positional argument is wrong, from 0; nullopt: none in particular
  std::string parameter;           // its name in the registry; empty: none in particular
  std::size_t bytesDone = 0;       // sendall, sendfile: what had gone before
  Operation op = Operation::none;  // which call of the system failed, and on what; hint() speaks of it
  std::string subject;
  std::string needs;  // of a kind of socket that was refused: what it would take; empty: nothing is known
  bool interrupted = false;  // EINTR because a person interrupted it, EBADF because it was closed under it

  bool beforeKernel() const { return kind >= CallFaultKind::value; }
  std::string symbol() const;  // "ECONNREFUSED", "EAI_NONAME", "HOST_NOT_FOUND"; "" where there is no number
  std::string hint() const;    // `needs`, else Error::hint() of the number; empty where there is none
  bool operator==(const CallFault&) const = default;
};

// One system call, as the kernel answered it.
struct KernelStep {
  std::string call;  // "connect", "ppoll", "getsockopt(SO_ERROR)"
  std::int64_t returned = 0;
  int error = 0;  // errno where `returned` is -1; else 0
  std::chrono::nanoseconds duration{};
  std::string note;  // what it gave beside ("SO_ERROR = ECONNREFUSED", "POLLIN|POLLHUP"); mostly empty
  bool operator==(const KernelStep&) const = default;
};

struct CallOutcome {
  std::expected<CallValue, CallFault> result{CallValue()};
  std::vector<KernelStep> kernel;      // the system calls in order, at most kMostKernelSteps
  std::size_t kernelStepsLeftOut = 0;  // what did not fit, counted
  // What else the kernel gave back: "address", "flags" (a list of names), "ancillary" (a list of decoded
  // messages, each a list of pairs), "control_truncated", ...
  std::vector<std::pair<std::string, CallValue>> out;
  std::optional<Bytes> filled;          // recv_into and recvfrom_into: the buffer as the call left it
  std::chrono::nanoseconds duration{};  // from its beginning to its end, waiting included

  static constexpr std::size_t kMostKernelSteps = 64;
};

}  // namespace sockbench
