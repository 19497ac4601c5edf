// Values that addresses, options and answers of the internet's families have.
#include <linux/net_tstamp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <linux/errqueue.h>

#include <cerrno>

#include "core/calls/call_name_tables.h"

namespace sockbench {
namespace {

using enum NameGroup;

constexpr NamedNumber kNames[] = {
    {"INADDR_ANY", INADDR_ANY, other, "0.0.0.0"},
    {"INADDR_BROADCAST", INADDR_BROADCAST, other, "255.255.255.255"},
    {"INADDR_NONE", INADDR_NONE, other, "255.255.255.255"},
    {"INADDR_LOOPBACK", INADDR_LOOPBACK, other, "127.0.0.1"},
    {"INADDR_DUMMY", INADDR_DUMMY, other, "192.0.0.8"},
    {"INADDR_UNSPEC_GROUP", INADDR_UNSPEC_GROUP, other, "224.0.0.0"},
    {"INADDR_ALLHOSTS_GROUP", INADDR_ALLHOSTS_GROUP, other, "224.0.0.1: all hosts of the link"},
    {"INADDR_ALLRTRS_GROUP", INADDR_ALLRTRS_GROUP, other, "224.0.0.2: all routers of the link"},
    {"INADDR_ALLSNOOPERS_GROUP", INADDR_ALLSNOOPERS_GROUP, other, "224.0.0.106"},
    {"INADDR_MAX_LOCAL_GROUP", INADDR_MAX_LOCAL_GROUP, other, "224.0.0.255: the last group of the link"},
    {"IPPORT_RESERVED", IPPORT_RESERVED, other, "Ports below need CAP_NET_BIND_SERVICE"},
    {"IPPORT_USERRESERVED", IPPORT_USERRESERVED, other, "The first port for users, of old"},
    {"SOMAXCONN", SOMAXCONN, other, "The longest backlog of headers; the kernel's own is net.core.somaxconn"},
    {"NI_MAXHOST", NI_MAXHOST, other, "Longest host name of getnameinfo"},
    {"NI_MAXSERV", NI_MAXSERV, other, "Longest service name of getnameinfo"},
    {"EAI_ADDRFAMILY", EAI_ADDRFAMILY, other, "No address of that family"},
    {"EAI_AGAIN", EAI_AGAIN, other, "Name servers do not answer now"},
    {"EAI_BADFLAGS", EAI_BADFLAGS, other, "Flags that mean nothing"},
    {"EAI_FAIL", EAI_FAIL, other, "Name servers refuse"},
    {"EAI_FAMILY", EAI_FAMILY, other, "Family that is not known"},
    {"EAI_MEMORY", EAI_MEMORY, other, "Memory is short"},
    {"EAI_NODATA", EAI_NODATA, other, "The name has no address"},
    {"EAI_NONAME", EAI_NONAME, other, "The name is not known"},
    {"EAI_OVERFLOW", EAI_OVERFLOW, other, "A buffer is too small"},
    {"EAI_SERVICE", EAI_SERVICE, other, "No such service for that type"},
    {"EAI_SOCKTYPE", EAI_SOCKTYPE, other, "Type that is not known"},
    {"EAI_SYSTEM", EAI_SYSTEM, other, "See errno"},
    {"EAGAIN", EAGAIN, other, "It would wait"},
    {"EWOULDBLOCK", EWOULDBLOCK, other, "Another name of EAGAIN"},
    {"EBADF", EBADF, other, "Not an open descriptor"},
    {"IP_DEFAULT_MULTICAST_LOOP", IP_DEFAULT_MULTICAST_LOOP, other, ""},
    {"IP_DEFAULT_MULTICAST_TTL", IP_DEFAULT_MULTICAST_TTL, other, ""},
    {"IP_MAX_MEMBERSHIPS", IP_MAX_MEMBERSHIPS, other, ""},
    {"IP_PMTUDISC_DONT", IP_PMTUDISC_DONT, other, "May be fragmented"},
    {"IP_PMTUDISC_WANT", IP_PMTUDISC_WANT, other, "As the route says"},
    {"IP_PMTUDISC_DO", IP_PMTUDISC_DO, other, "Never fragmented"},
    {"IP_PMTUDISC_PROBE", IP_PMTUDISC_PROBE, other, "Never fragmented, the path's MTU disregarded"},
    {"IP_PMTUDISC_INTERFACE", IP_PMTUDISC_INTERFACE, other,
     "As IP_PMTUDISC_DONT, but never more than the interface's MTU"},
    {"IP_PMTUDISC_OMIT", IP_PMTUDISC_OMIT, other, "As IP_PMTUDISC_INTERFACE, fragmented where it must be"},
    {"IPV6_PMTUDISC_DONT", IPV6_PMTUDISC_DONT, other, ""},
    {"IPV6_PMTUDISC_WANT", IPV6_PMTUDISC_WANT, other, ""},
    {"IPV6_PMTUDISC_DO", IPV6_PMTUDISC_DO, other, ""},
    {"IPV6_PMTUDISC_PROBE", IPV6_PMTUDISC_PROBE, other, ""},
    {"IPV6_PMTUDISC_INTERFACE", IPV6_PMTUDISC_INTERFACE, other, ""},
    {"IPV6_PMTUDISC_OMIT", IPV6_PMTUDISC_OMIT, other, ""},
    {"IPV6_RTHDR_TYPE_0", IPV6_RTHDR_TYPE_0, other, "Source routing, obsolete (RFC 5095)"},
    {"MCAST_EXCLUDE", MCAST_EXCLUDE, other, "All sources but these"},
    {"MCAST_INCLUDE", MCAST_INCLUDE, other, "These sources alone"},
    {"IPTOS_LOWDELAY", IPTOS_LOWDELAY, other, "Type of service: little delay"},
    {"IPTOS_THROUGHPUT", IPTOS_THROUGHPUT, other, "Type of service: much throughput"},
    {"IPTOS_RELIABILITY", IPTOS_RELIABILITY, other, "Type of service: little loss"},
    {"IPTOS_MINCOST", IPTOS_MINCOST, other, "Type of service: little cost"},
    {"IPTOS_DSCP_EF", IPTOS_DSCP_EF, other, "Expedited forwarding"},
    {"IPTOS_DSCP_AF11", IPTOS_DSCP_AF11, other, ""},
    {"IPTOS_DSCP_AF21", IPTOS_DSCP_AF21, other, ""},
    {"IPTOS_DSCP_AF31", IPTOS_DSCP_AF31, other, ""},
    {"IPTOS_DSCP_AF41", IPTOS_DSCP_AF41, other, ""},
    {"IPTOS_ECN_NOT_ECT", IPTOS_ECN_NOT_ECT, other, "No explicit congestion notification"},
    {"IPTOS_ECN_ECT1", IPTOS_ECN_ECT1, other, ""},
    {"IPTOS_ECN_ECT0", IPTOS_ECN_ECT0, other, ""},
    {"IPTOS_ECN_CE", IPTOS_ECN_CE, other, "Congestion was met"},
    {"TCP_ESTABLISHED", TCP_ESTABLISHED, other, "State: both may send"},
    {"TCP_SYN_SENT", TCP_SYN_SENT, other, "State: asked for"},
    {"TCP_SYN_RECV", TCP_SYN_RECV, other, "State: asked for by the peer"},
    {"TCP_FIN_WAIT1", TCP_FIN_WAIT1, other, "State: has ended, not acknowledged"},
    {"TCP_FIN_WAIT2", TCP_FIN_WAIT2, other, "State: has ended, the peer has not"},
    {"TCP_TIME_WAIT", TCP_TIME_WAIT, other, "State: over, stays for stragglers"},
    {"TCP_CLOSE", TCP_CLOSE, other, "State: no connection"},
    {"TCP_CLOSE_WAIT", TCP_CLOSE_WAIT, other, "State: the peer has ended"},
    {"TCP_LAST_ACK", TCP_LAST_ACK, other, "State: both have ended, not acknowledged"},
    {"TCP_LISTEN", TCP_LISTEN, other, "State: listens"},
    {"TCP_CLOSING", TCP_CLOSING, other, "State: both have ended at once"},
    {"SOF_TIMESTAMPING_TX_HARDWARE", SOF_TIMESTAMPING_TX_HARDWARE, other,
     "When it left, by the card's clock"},
    {"SOF_TIMESTAMPING_TX_SOFTWARE", SOF_TIMESTAMPING_TX_SOFTWARE, other,
     "When it left, by the system's clock"},
    {"SOF_TIMESTAMPING_RX_HARDWARE", SOF_TIMESTAMPING_RX_HARDWARE, other,
     "When it came, by the card's clock"},
    {"SOF_TIMESTAMPING_RX_SOFTWARE", SOF_TIMESTAMPING_RX_SOFTWARE, other,
     "When it came, by the system's clock"},
    {"SOF_TIMESTAMPING_SOFTWARE", SOF_TIMESTAMPING_SOFTWARE, other, "Report the system's clock"},
    {"SOF_TIMESTAMPING_RAW_HARDWARE", SOF_TIMESTAMPING_RAW_HARDWARE, other, "Report the card's clock"},
    {"SOF_TIMESTAMPING_OPT_ID", SOF_TIMESTAMPING_OPT_ID, other, "Count what is sent"},
    {"SOF_TIMESTAMPING_TX_SCHED", SOF_TIMESTAMPING_TX_SCHED, other, "When it was queued"},
    {"SOF_TIMESTAMPING_TX_ACK", SOF_TIMESTAMPING_TX_ACK, other, "When it was acknowledged"},
    {"SOF_TIMESTAMPING_OPT_CMSG", SOF_TIMESTAMPING_OPT_CMSG, other, "As a control message"},
    {"SOF_TIMESTAMPING_OPT_TSONLY", SOF_TIMESTAMPING_OPT_TSONLY, other, "Without the packet"},
    {"SO_EE_ORIGIN_NONE", SO_EE_ORIGIN_NONE, other, "Error of nobody"},
    {"SO_EE_ORIGIN_LOCAL", SO_EE_ORIGIN_LOCAL, other, "Error of this machine"},
    {"SO_EE_ORIGIN_ICMP", SO_EE_ORIGIN_ICMP, other, "Error of an ICMP message"},
    {"SO_EE_ORIGIN_ICMP6", SO_EE_ORIGIN_ICMP6, other, "Error of an ICMPv6 message"},
    {"SO_EE_ORIGIN_TIMESTAMPING", SO_EE_ORIGIN_TIMESTAMPING, other, "A timestamp"},
    {"SO_EE_ORIGIN_ZEROCOPY", SO_EE_ORIGIN_ZEROCOPY, other, "A send without a copy is done"},
};

}  // namespace

std::span<const NamedNumber> internetNames() {
  return kNames;
}

}  // namespace sockbench
