// Which body a call has, and performCall.
#include <algorithm>
#include <new>
#include <span>

#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

constexpr CallTarget kMethod = CallTarget::socketMethod;
constexpr CallTarget kFunction = CallTarget::function;
constexpr bool kKeywords = true;

constexpr CallRow kRows[] = {
    {kFunction, "socket", callSocket, 0, 4, kKeywords},
    {kFunction, "socketpair", callSocketpair, 0, 3, kKeywords},
    {kFunction, "fromfd", callFromfd, 3, 4, kKeywords},
    {kMethod, "dup", callDup},
    {kMethod, "close", callClose},
    {kMethod, "detach", callDetach},
    {kMethod, "fileno", callFileno},

    {kMethod, "bind", callBind, 1, 1},
    {kMethod, "getsockname", callGetsockname},
    {kMethod, "getpeername", callGetpeername},
    {kMethod, "listen", callListen, 0, 1},
    {kMethod, "accept", callAccept},
    {kMethod, "accept4", callAccept4, 0, 1, kKeywords},
    {kMethod, "connect", callConnect, 1, 1},
    {kMethod, "connect_ex", callConnectEx, 1, 1},
    {kMethod, "shutdown", callShutdown, 1, 1},

    {kMethod, "send", callSend, 1, 2},
    {kMethod, "sendall", callSendall, 1, 2},
    {kMethod, "sendto", callSendto, 1, 3},
    {kMethod, "sendmsg", callSendmsg, 1, 4},
    {kMethod, "sendfile", callSendfile, 1, 3, kKeywords},
    {kFunction, "send_fds", callSendFds, 3, 5, kKeywords},

    {kMethod, "recv", callRecv, 1, 2},
    {kMethod, "recvfrom", callRecvfrom, 1, 2},
    {kMethod, "recv_into", callRecvInto, 1, 3, kKeywords},
    {kMethod, "recvfrom_into", callRecvfromInto, 1, 3, kKeywords},
    {kMethod, "recvmsg", callRecvmsg, 1, 3},
    {kFunction, "recv_fds", callRecvFds, 3, 4, kKeywords},

    {kMethod, "getsockopt", callGetsockopt, 2, 3},
    {kMethod, "setsockopt", callSetsockopt, 3, 4},
    {kMethod, "setblocking", callSetblocking, 1, 1},
    {kMethod, "getblocking", callGetblocking},
    {kMethod, "settimeout", callSettimeout, 1, 1},
    {kMethod, "gettimeout", callGettimeout},
    {kFunction, "setdefaulttimeout", callSetdefaulttimeout, 1, 1},
    {kFunction, "getdefaulttimeout", callGetdefaulttimeout},

    {kFunction, "poll", callPoll, 1, 2, kKeywords},
    {kMethod, "ioctl", callIoctl, 1, 1},

    {kFunction, "gethostname", callGethostname},
    {kFunction, "getaddrinfo", callGetaddrinfo, 2, 6, kKeywords},
    {kFunction, "getnameinfo", callGetnameinfo, 2, 2},
    {kFunction, "gethostbyname", callGethostbyname, 1, 1},
    {kFunction, "gethostbyname_ex", callGethostbynameEx, 1, 1},
    {kFunction, "gethostbyaddr", callGethostbyaddr, 1, 1},
    {kFunction, "getservbyname", callGetservbyname, 1, 2},
    {kFunction, "getservbyport", callGetservbyport, 1, 2},
    {kFunction, "getprotobyname", callGetprotobyname, 1, 1},
    {kFunction, "getprotobynumber", callGetprotobynumber, 1, 1},
    {kFunction, "if_nameindex", callIfNameindex},
    {kFunction, "if_nametoindex", callIfNametoindex, 1, 1},
    {kFunction, "if_indextoname", callIfIndextoname, 1, 1},

    {kFunction, "inet_aton", callInetAton, 1, 1},
    {kFunction, "inet_ntoa", callInetNtoa, 1, 1},
    {kFunction, "inet_pton", callInetPton, 2, 2},
    {kFunction, "inet_ntop", callInetNtop, 2, 2},
    {kFunction, "htons", callHtons, 1, 1},
    {kFunction, "ntohs", callNtohs, 1, 1},
    {kFunction, "htonl", callHtonl, 1, 1},
    {kFunction, "ntohl", callNtohl, 1, 1},
    {kFunction, "CMSG_LEN", callCmsgLen, 1, 1},
    {kFunction, "CMSG_SPACE", callCmsgSpace, 1, 1},
};

// The name of the argument that is wrong, as the registry has it.
void nameParameter(CallFault& fault, const CallRow& row) {
  const CallInfo* info = findCall(row.target, row.name);
  if (info == nullptr || !fault.argument || !fault.parameter.empty()) return;
  if (*fault.argument < info->parameters.size()) fault.parameter = info->parameters[*fault.argument].name;
}

// An errno stands in the timeline of its socket.
void tellFault(CallContext& context, const CallRequest& request, const RaisedFault& raised) {
  const CallFault& fault = raised.fault;
  if (!request.on || fault.kind != CallFaultKind::os || fault.number == 0) return;
  if (context.find(*request.on) == nullptr) return;
  const Error error = raised.error ? *raised.error : Error::fromErrno(Operation::none, fault.number);
  const RecordKind kind = fault.number == ECONNRESET ? RecordKind::reset : RecordKind::error;
  context.tellEvent(*request.on, kind, EventDetail{.text = request.name, .error = error}, {});
}

std::unexpected<CallFault> plainFault(CallFaultKind kind, std::string message) {
  CallFault fault;
  fault.kind = kind;
  fault.message = std::move(message);
  return std::unexpected(std::move(fault));
}

}  // namespace

std::span<const CallRow> callRows() {
  return kRows;
}

const CallRow* findCallRow(CallTarget target, std::string_view name) {
  const auto row = std::ranges::find_if(
      kRows, [&](const CallRow& candidate) { return candidate.target == target && candidate.name == name; });
  return row == std::end(kRows) ? nullptr : &*row;
}

std::expected<CallValue, CallFault> performCall(CallContext& context, const CallRequest& request) {
  const CallTarget target = request.on ? kMethod : kFunction;
  const CallRow* row = findCallRow(target, request.name);
  if (row == nullptr) {
    return plainFault(CallFaultKind::type,
                      "there is no call named '" + request.name + "'" + (request.on ? " on a socket" : ""));
  }
  LastStep lastStep;
  const WitnessedThread witnessedThread(lastStep);
  try {
    PythonCall call(context, request, *row, lastStep);
    return row->body(call);
  } catch (RaisedFault& raised) {
    nameParameter(raised.fault, *row);
    tellFault(context, request, raised);
    return std::unexpected(std::move(raised.fault));
  } catch (const std::bad_alloc&) {
    CallFault fault;
    fault.number = ENOMEM;
    fault.message = Error::fromErrno(Operation::none, ENOMEM).message();
    return std::unexpected(std::move(fault));
  }
}

}  // namespace sockbench
