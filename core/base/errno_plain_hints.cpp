#include <cerrno>

#include "core/base/errno_hints.h"

namespace sockbench {

std::string_view plainErrnoHint(int code) {
  switch (code) {
    case ECONNRESET:
      return "the peer cut the connection off (RST): it crashed, closed with data unread, or refused what it "
             "got";
    case ECONNABORTED:
      return "the connection was given up before it could be accepted";
    case EPIPE:
      return "the sending side is closed: the peer has gone, or shutdown was called";
    case ENETDOWN:
      return "the network interface is down; bring it up";
    case EHOSTDOWN:
      return "the host does not answer on its network; check that it is up";
    case ENETRESET:
      return "keep-alive probes went unanswered, so the connection was dropped";
    case EMFILE:
      return "this process has as many descriptors open as it may; close some sessions, or raise ulimit -n";
    case ENFILE:
      return "the whole system has as many files open as it may; raise fs.file-max";
    case ENOBUFS:
      return "the kernel has no buffer left for it; send more slowly, or try again";
    case ENOMEM:
      return "the kernel has no memory left for it";
    case EAFNOSUPPORT:
      return "this system or this socket does not support the address's family";
    case EPROTONOSUPPORT:
      return "this system does not have this protocol, or not for this family and type";
    case ESOCKTNOSUPPORT:
      return "this system does not have this type of socket in this family";
    case EPFNOSUPPORT:
      return "this system does not support this protocol family";
    case EPROTOTYPE:
      return "the peer's socket is of another type: stream, datagram and seqpacket do not mix";
    case ENOPROTOOPT:
      return "this socket does not know this option; it belongs to another kind of socket";
    case EISCONN:
      return "the socket is connected already; open another one for another peer";
    case EINPROGRESS:
      return "it has begun and goes on in the background; wait until the socket can be written";
    case EALREADY:
      return "an earlier connect is still under way; wait for it";
    case EDESTADDRREQ:
      return "the socket has no peer yet; name one, or connect first";
    case ECANCELED:
      return "it was cancelled before it was done";
    case ENAMETOOLONG:
      return "the name is longer than the system takes; a UNIX socket's path has at most 107 bytes";
    case ENOTDIR:
      return "a part of the path that should be a folder is a file";
    case EISDIR:
      return "the path names a folder; name a file";
    case ELOOP:
      return "the path goes round in a circle of symbolic links";
    case EROFS:
      return "the file system is read-only; choose a path elsewhere";
    case ENOSPC:
      return "the device is full";
    case EDQUOT:
      return "this user may keep no more on this file system";
    case EFBIG:
      return "the file may not grow any further: a limit of this process (ulimit -f), or of the file system";
    case EIO:
      return "the device failed; the kernel's log (dmesg) may say more";
    case EEXIST:
      return "something of that name is there already; choose another name, or say that it may be replaced";
    case EBADF:
      return "the socket is closed";
    case ENOTSOCK:
      return "the descriptor or the file is no socket";
    case ENXIO:
      return "there is no such device or address";
    case EDOM:
      return "the value is outside of what the option takes";
    case EINTR:
      return "a signal interrupted it; try again";
    case ESHUTDOWN:
      return "the sending side was shut down";
    default:
      return {};
  }
}

}  // namespace sockbench
