#include "core/calls/python/fault.h"

namespace sockbench {

void raiseFault(CallFaultKind kind, std::string message, std::optional<std::size_t> argument) {
  CallFault fault;
  fault.kind = kind;
  fault.message = std::move(message);
  fault.argument = argument;
  throw RaisedFault{std::move(fault), std::nullopt};
}

void raiseType(std::string message, std::optional<std::size_t> argument) {
  raiseFault(CallFaultKind::type, std::move(message), argument);
}

void raiseValue(std::string message, std::optional<std::size_t> argument) {
  raiseFault(CallFaultKind::value, std::move(message), argument);
}

void raiseOverflow(std::string message, std::optional<std::size_t> argument) {
  raiseFault(CallFaultKind::overflow, std::move(message), argument);
}

void raiseOs(std::string message, std::optional<std::size_t> argument) {
  raiseFault(CallFaultKind::os, std::move(message), argument);
}

void raiseErrno(Operation op, int code) {
  raiseError(Error::fromErrno(op, code));
}

void raiseError(Error error, std::string needs) {
  CallFault fault;
  fault.kind = error.domain == ErrorDomain::addrinfo ? CallFaultKind::gai
               : error.domain == ErrorDomain::hostdb ? CallFaultKind::herror
                                                     : CallFaultKind::os;
  fault.number = error.domain == ErrorDomain::input ? 0 : error.code;
  fault.message = error.message();
  fault.bytesDone = error.bytesDone;
  fault.op = error.op;
  fault.subject = error.subject;
  fault.needs = std::move(needs);
  throw RaisedFault{std::move(fault), std::move(error)};
}

}  // namespace sockbench
