#include "core/calls/call_outcome.h"

#include "core/base/error.h"

namespace sockbench {
namespace {

// The number's own Error; nullopt where there is no number or it has no domain.
std::optional<Error> errorOf(const CallFault& fault) {
  if (fault.number == 0) return std::nullopt;
  switch (fault.kind) {
    case CallFaultKind::os:
      return Error::fromErrno(fault.op, fault.number, fault.subject);
    case CallFaultKind::gai:
      return Error::fromAddrinfo(fault.op, fault.number, fault.subject);
    case CallFaultKind::herror:
      return Error::fromHostdb(fault.op, fault.number, fault.subject);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string_view callFaultKindName(CallFaultKind kind) {
  switch (kind) {
    case CallFaultKind::os:
      return "os";
    case CallFaultKind::timeout:
      return "timeout";
    case CallFaultKind::gai:
      return "gai";
    case CallFaultKind::herror:
      return "herror";
    case CallFaultKind::value:
      return "value";
    case CallFaultKind::overflow:
      return "overflow";
    case CallFaultKind::type:
      break;
  }
  return "type";
}

std::string_view pythonErrorName(CallFaultKind kind) {
  switch (kind) {
    case CallFaultKind::os:
      return "OSError";
    case CallFaultKind::timeout:
      return "TimeoutError";
    case CallFaultKind::gai:
      return "socket.gaierror";
    case CallFaultKind::herror:
      return "socket.herror";
    case CallFaultKind::value:
      return "ValueError";
    case CallFaultKind::overflow:
      return "OverflowError";
    case CallFaultKind::type:
      break;
  }
  return "TypeError";
}

std::string CallFault::symbol() const {
  const std::optional<Error> error = errorOf(*this);
  return error ? error->symbol() : std::string();
}

std::string CallFault::hint() const {
  if (!needs.empty()) return needs;
  const std::optional<Error> error = errorOf(*this);
  return error ? error->hint() : std::string();
}

}  // namespace sockbench
