// Look-ups: getaddrinfo(3), getnameinfo(3), gethostbyname(3), getservent(3), getprotoent(3),
// if_nametoindex(3).
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kAddrinfo[] = {
    {"host", ParameterKind::host, NameGroup::none, "",
     "A name or an address; None: this machine (with AI_PASSIVE: any address of it)."},
    {"port", text, NameGroup::none, "", "A service's name or number, or None for 0."},
    {"family", choice, NameGroup::family, "0", "AF_INET or AF_INET6 alone; 0: both."},
    {"type", flags, NameGroup::type, "0", "Answers of this type of socket alone; 0: each type."},
    {"proto", choice, NameGroup::protocol, "0", "Answers of this protocol alone; 0: each."},
    {"flags", flags, NameGroup::addrinfoFlag, "0", "AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST..., or-ed."},
};
constexpr CallErrorNote kAddrinfoErrors[] = {
    {"EAI_NONAME", "The name is not known, or neither host nor port is given."},
    {"EAI_AGAIN", "No name server has answered: try again later."},
    {"EAI_FAIL", "A name server refuses for good."},
    {"EAI_NODATA", "The name is known, but has no address."},
    {"EAI_ADDRFAMILY", "The name has no address of this family."},
    {"EAI_FAMILY", "The family is not known."},
    {"EAI_SERVICE", "This type of socket has no such service."},
    {"EAI_SOCKTYPE", "Type and protocol do not belong together, or are not known."},
    {"EAI_BADFLAGS", "Flags that mean nothing, or AI_CANONNAME without a host."},
    {"EAI_MEMORY", "Memory is short."},
    {"EAI_SYSTEM", "Another error of the system: its errno is told."},
};
constexpr CallParameter kNameinfo[] = {
    {"sockaddr", address, NameGroup::none, "", "An address of IPv4 or IPv6, numeric: ('127.0.0.1', 80)."},
    {"flags", flags, NameGroup::nameinfoFlag, "",
     "NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD..., or-ed; 0: none."},
};
constexpr CallErrorNote kNameinfoErrors[] = {
    {"EAI_NONAME", "The address has no name, and NI_NAMEREQD wants one; or the address is none."},
    {"EAI_AGAIN", "No name server has answered: try again later."},
    {"EAI_BADFLAGS", "Flags that mean nothing."},
    {"EAI_FAIL", "A name server refuses for good."},
    {"EAI_FAMILY", "The address is of another family."},
    {"EAI_OVERFLOW", "The name is longer than the buffer."},
};
constexpr CallParameter kHostname[] = {
    {"hostname", host, NameGroup::none, "",
     "A name or an IPv4 address; '' is 0.0.0.0, '<broadcast>' is "
     "255.255.255.255."},
};
constexpr CallErrorNote kHostnameErrors[] = {
    {"EAI_NONAME", "The name is not known."},
    {"EAI_AGAIN", "No name server has answered: try again later."},
    {"EAI_NODATA", "The name has no IPv4 address."},
    {"EAI_ADDRFAMILY", "The name has addresses of IPv6 alone."},
};
constexpr CallParameter kHostaddr[] = {
    {"ip_address", host, NameGroup::none, "", "An address of IPv4 or IPv6, or a name."},
};
constexpr CallErrorNote kHostdbErrors[] = {
    {"HOST_NOT_FOUND", "The host is not known."},
    {"TRY_AGAIN", "No name server has answered: try again later."},
    {"NO_RECOVERY", "A name server refuses for good."},
    {"NO_DATA", "The name is known, but has no such record."},
    {"EAI_NONAME", "The text is neither an address nor a known name."},
    {"EAI_AGAIN", "No name server has answered: try again later."},
};
constexpr CallErrorNote kHostnameOwnErrors[] = {{"ENAMETOOLONG", "The name is longer than the buffer."}};

constexpr CallParameter kProtocolName{"protocolname", text, NameGroup::none, "None",
                                      "'tcp' or 'udp'; left out: any."};
constexpr CallParameter kService[] = {
    {"servicename", text, NameGroup::none, "", "A name of /etc/services, such as 'http'."},
    kProtocolName,
};
constexpr CallParameter kPort[] = {
    {"port", integer, NameGroup::none, "", "A port, from 0 to 65535."},
    kProtocolName,
};
constexpr CallParameter kProtocol[] = {
    {"protocolname", text, NameGroup::none, "", "A name of /etc/protocols, such as 'tcp'."},
};
constexpr CallParameter kProtocolNumber[] = {
    {"number", choice, NameGroup::protocol, "", "A protocol's number, from 0 to 255."},
};
constexpr CallParameter kInterfaceName[] = {
    {"if_name", text, NameGroup::none, "", "The interface's name, such as 'lo'."},
};
constexpr CallParameter kInterfaceIndex[] = {
    {"if_index", integer, NameGroup::none, "", "The interface's number, from 1."},
};
constexpr CallErrorNote kIndexErrors[] = {
    {"ENXIO", "No interface has this number."},
};
constexpr CallErrorNote kListErrors[] = {kNoBuffers, kNoMemory};

constexpr CallInfo kCalls[] = {
    {"getaddrinfo", function, "Look up",
     "All addresses that a host and a service have, ready for socket and connect.", kAddrinfo,
     "A list of tuples: family, type, protocol, canonical name, address.", kAddrinfoErrors, "getaddrinfo(3)",
     true},
    {"getnameinfo", function, "Look up", "The names of an address and a port.", kNameinfo,
     "A tuple of host and service.", kNameinfoErrors, "getnameinfo(3)", true},
    {"gethostbyname", function, "Look up", "One IPv4 address of a host.", kHostname, "The address as text.",
     kHostnameErrors, "gethostbyname(3)", true},
    {"gethostbyname_ex", function, "Look up", "All IPv4 addresses of a host, and its other names.", kHostname,
     "A tuple of name, list of other names, list of addresses.", kHostdbErrors, "gethostbyname(3)", true},
    {"gethostbyaddr", function, "Look up", "The names of an address.", kHostaddr,
     "A tuple of name, list of other names, list of addresses.", kHostdbErrors, "gethostbyaddr(3)", true},
    {"gethostname",
     function,
     "Look up",
     "This machine's own name.",
     {},
     "The name.",
     kHostnameOwnErrors,
     "gethostname(2)"},
    {"getservbyname",
     function,
     "Look up",
     "The port of a service.",
     kService,
     "The port; an unknown service is an error without a number.",
     {},
     "getservbyname(3)"},
    {"getservbyport",
     function,
     "Look up",
     "The service of a port.",
     kPort,
     "The name; a port without one is an error without a number.",
     {},
     "getservbyport(3)"},
    {"getprotobyname",
     function,
     "Look up",
     "The number of a protocol.",
     kProtocol,
     "The number; an unknown protocol is an error without a number.",
     {},
     "getprotobyname(3)"},
    {"getprotobynumber",
     function,
     "Look up",
     "The name of a protocol's number.",
     kProtocolNumber,
     "The name; an unknown number is an error without a number.",
     {},
     "getprotobynumber(3)",
     false,
     true},
    {"if_nameindex",
     function,
     "Look up",
     "All interfaces of this machine.",
     {},
     "A list of tuples: number and name.",
     kListErrors,
     "if_nameindex(3)"},
    {"if_nametoindex",
     function,
     "Look up",
     "The number of an interface.",
     kInterfaceName,
     "The number; an unknown name is an error without a number.",
     {},
     "if_nametoindex(3)"},
    {"if_indextoname", function, "Look up", "The name of an interface's number.", kInterfaceIndex,
     "The name.", kIndexErrors, "if_indextoname(3)"},
};

}  // namespace

std::span<const CallInfo> lookUpCalls() {
  return kCalls;
}

}  // namespace sockbench
