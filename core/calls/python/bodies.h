// The bodies of the calls, by the registry's groups. Each follows Python's function of its name.
#pragma once

#include "core/calls/python/python_call.h"

namespace sockbench {

// Make
CallValue callSocket(PythonCall& call);
CallValue callSocketpair(PythonCall& call);
CallValue callFromfd(PythonCall& call);
CallValue callDup(PythonCall& call);
CallValue callClose(PythonCall& call);
CallValue callDetach(PythonCall& call);
CallValue callFileno(PythonCall& call);

// Name and connect
CallValue callBind(PythonCall& call);
CallValue callGetsockname(PythonCall& call);
CallValue callGetpeername(PythonCall& call);
CallValue callListen(PythonCall& call);
CallValue callAccept(PythonCall& call);
CallValue callAccept4(PythonCall& call);
CallValue callConnect(PythonCall& call);
CallValue callConnectEx(PythonCall& call);
CallValue callShutdown(PythonCall& call);

// Send
CallValue callSend(PythonCall& call);
CallValue callSendall(PythonCall& call);
CallValue callSendto(PythonCall& call);
CallValue callSendmsg(PythonCall& call);
CallValue callSendfile(PythonCall& call);
CallValue callSendFds(PythonCall& call);

// Receive
CallValue callRecv(PythonCall& call);
CallValue callRecvfrom(PythonCall& call);
CallValue callRecvInto(PythonCall& call);
CallValue callRecvfromInto(PythonCall& call);
CallValue callRecvmsg(PythonCall& call);
CallValue callRecvFds(PythonCall& call);

// Options
CallValue callGetsockopt(PythonCall& call);
CallValue callSetsockopt(PythonCall& call);
CallValue callSetblocking(PythonCall& call);
CallValue callGetblocking(PythonCall& call);
CallValue callSettimeout(PythonCall& call);
CallValue callGettimeout(PythonCall& call);
CallValue callSetdefaulttimeout(PythonCall& call);
CallValue callGetdefaulttimeout(PythonCall& call);

// Wait
CallValue callPoll(PythonCall& call);
CallValue callIoctl(PythonCall& call);

// Look up
CallValue callGethostname(PythonCall& call);
CallValue callGetaddrinfo(PythonCall& call);
CallValue callGetnameinfo(PythonCall& call);
CallValue callGethostbyname(PythonCall& call);
CallValue callGethostbynameEx(PythonCall& call);
CallValue callGethostbyaddr(PythonCall& call);
CallValue callGetservbyname(PythonCall& call);
CallValue callGetservbyport(PythonCall& call);
CallValue callGetprotobyname(PythonCall& call);
CallValue callGetprotobynumber(PythonCall& call);
CallValue callIfNameindex(PythonCall& call);
CallValue callIfNametoindex(PythonCall& call);
CallValue callIfIndextoname(PythonCall& call);

// Convert
CallValue callInetAton(PythonCall& call);
CallValue callInetNtoa(PythonCall& call);
CallValue callInetPton(PythonCall& call);
CallValue callInetNtop(PythonCall& call);
CallValue callHtons(PythonCall& call);
CallValue callNtohs(PythonCall& call);
CallValue callHtonl(PythonCall& call);
CallValue callNtohl(PythonCall& call);
CallValue callCmsgLen(PythonCall& call);
CallValue callCmsgSpace(PythonCall& call);

}  // namespace sockbench
