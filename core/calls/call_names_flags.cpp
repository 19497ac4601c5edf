// Flags and small choices: send(2), recv(2), shutdown(2), getaddrinfo(3), getnameinfo(3), poll(2).
#include <linux/sockios.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "core/calls/call_name_tables.h"

namespace sockbench {
namespace {

using enum NameGroup;

constexpr NamedNumber kNames[] = {
    {"MSG_OOB", MSG_OOB, messageFlag, "Urgent data"},
    {"MSG_PEEK", MSG_PEEK, messageFlag, "Look at what has arrived, and leave it there"},
    {"MSG_DONTROUTE", MSG_DONTROUTE, messageFlag, "Past no router"},
    {"MSG_TRYHARD", MSG_TRYHARD, messageFlag, "Another name of MSG_DONTROUTE"},
    {"MSG_CTRUNC", MSG_CTRUNC, messageFlag, "Answer: control data did not fit"},
    {"MSG_PROXY", MSG_PROXY, messageFlag, "Passed on by a proxy"},
    {"MSG_TRUNC", MSG_TRUNC, messageFlag,
     "Answer: the datagram did not fit; asked for: tell its whole length"},
    {"MSG_DONTWAIT", MSG_DONTWAIT, messageFlag, "This call does not wait"},
    {"MSG_EOR", MSG_EOR, messageFlag, "End of a record"},
    {"MSG_WAITALL", MSG_WAITALL, messageFlag, "Wait until the buffer is full"},
    {"MSG_FIN", MSG_FIN, messageFlag, "Of the kernel's own"},
    {"MSG_SYN", MSG_SYN, messageFlag, "Of the kernel's own"},
    {"MSG_CONFIRM", MSG_CONFIRM, messageFlag, "The neighbour is known to answer: ask no ARP"},
    {"MSG_RST", MSG_RST, messageFlag, "Of the kernel's own"},
    {"MSG_ERRQUEUE", MSG_ERRQUEUE, messageFlag, "Receive from the queue of errors"},
    {"MSG_NOSIGNAL", MSG_NOSIGNAL, messageFlag, "No SIGPIPE when the connection is gone"},
    {"MSG_MORE", MSG_MORE, messageFlag, "More will follow: gather it"},
    {"MSG_WAITFORONE", MSG_WAITFORONE, messageFlag, "recvmmsg: do not wait after the first"},
    {"MSG_BATCH", MSG_BATCH, messageFlag, "sendmmsg: more messages follow"},
    {"MSG_ZEROCOPY", MSG_ZEROCOPY, messageFlag, "Send from the caller's pages"},
    {"MSG_FASTOPEN", MSG_FASTOPEN, messageFlag, "Send data with the SYN"},
    {"MSG_CMSG_CLOEXEC", MSG_CMSG_CLOEXEC, messageFlag, "Descriptors that arrive are closed on exec"},
    {"SHUT_RD", SHUT_RD, shutdownHow, "Receive no more"},
    {"SHUT_WR", SHUT_WR, shutdownHow, "Send no more: the peer reads the end"},
    {"SHUT_RDWR", SHUT_RDWR, shutdownHow, "Neither"},
    {"AI_PASSIVE", AI_PASSIVE, addrinfoFlag, "Without a host: the address to listen on"},
    {"AI_CANONNAME", AI_CANONNAME, addrinfoFlag, "Answer the host's canonical name too"},
    {"AI_NUMERICHOST", AI_NUMERICHOST, addrinfoFlag, "The host is an address: ask nobody"},
    {"AI_V4MAPPED", AI_V4MAPPED, addrinfoFlag, "No IPv6 address: answer IPv4 ones as IPv6"},
    {"AI_ALL", AI_ALL, addrinfoFlag, "With AI_V4MAPPED: both"},
    {"AI_ADDRCONFIG", AI_ADDRCONFIG, addrinfoFlag, "Only families of which this machine has an address"},
    {"AI_IDN", AI_IDN, addrinfoFlag, "The host has letters beyond ASCII"},
    {"AI_CANONIDN", AI_CANONIDN, addrinfoFlag, "The canonical name with its letters"},
    {"AI_NUMERICSERV", AI_NUMERICSERV, addrinfoFlag, "The service is a number"},
    {"NI_NUMERICHOST", NI_NUMERICHOST, nameinfoFlag, "The address, not its name"},
    {"NI_NUMERICSERV", NI_NUMERICSERV, nameinfoFlag, "The port's number, not its name"},
    {"NI_NOFQDN", NI_NOFQDN, nameinfoFlag, "Only the first part of a local name"},
    {"NI_NAMEREQD", NI_NAMEREQD, nameinfoFlag, "An address without a name is an error"},
    {"NI_DGRAM", NI_DGRAM, nameinfoFlag, "The service is of UDP"},
    {"NI_IDN", NI_IDN, nameinfoFlag, "The name with letters beyond ASCII"},
    {"POLLIN", POLLIN, pollEvent, "Can be read: data, a connection, or the end"},
    {"POLLPRI", POLLPRI, pollEvent, "Urgent data, or an exception"},
    {"POLLOUT", POLLOUT, pollEvent, "Can be written"},
    {"POLLERR", POLLERR, pollEvent, "An error waits (answer only)"},
    {"POLLHUP", POLLHUP, pollEvent, "Hung up (answer only)"},
    {"POLLNVAL", POLLNVAL, pollEvent, "Not an open descriptor (answer only)"},
    {"POLLRDNORM", POLLRDNORM, pollEvent, "Ordinary data can be read"},
    {"POLLRDBAND", POLLRDBAND, pollEvent, "Priority data can be read"},
    {"POLLWRNORM", POLLWRNORM, pollEvent, "Ordinary data can be written"},
    {"POLLWRBAND", POLLWRBAND, pollEvent, "Priority data can be written"},
    {"POLLMSG", POLLMSG, pollEvent, "Not used by Linux"},
    {"POLLREMOVE", POLLREMOVE, pollEvent, "Not used by poll"},
    {"POLLRDHUP", POLLRDHUP, pollEvent, "The peer sends no more"},
    {"FIONREAD", FIONREAD, ioctlRequest, "Bytes to be read (of a datagram socket: the next datagram's)"},
    {"SIOCINQ", SIOCINQ, ioctlRequest, "Another name of FIONREAD"},
    {"SIOCOUTQ", SIOCOUTQ, ioctlRequest, "Bytes in the send queue, unacknowledged ones included"},
    {"TIOCOUTQ", TIOCOUTQ, ioctlRequest, "Another name of SIOCOUTQ"},
    {"SIOCOUTQNSD", SIOCOUTQNSD, ioctlRequest, "TCP: bytes not yet sent"},
    {"SIOCATMARK", SIOCATMARK, ioctlRequest, "1 where the urgent mark is next"},
    {"SIOCGPGRP", SIOCGPGRP, ioctlRequest, "Who is signalled (SIGIO, SIGURG)"},
    {"FIOGETOWN", FIOGETOWN, ioctlRequest, "Who is signalled (SIGIO, SIGURG)"},
    {"IOCTL_VM_SOCKETS_GET_LOCAL_CID", IOCTL_VM_SOCKETS_GET_LOCAL_CID, ioctlRequest,
     "This machine's VSOCK number (of /dev/vsock)"},
};

}  // namespace

std::span<const NamedNumber> flagNames() {
  return kNames;
}

}  // namespace sockbench
