#include "core/base/error.h"

namespace sockbench {

std::string_view operationName(Operation op) {
  switch (op) {
    case Operation::none:
      return "";
    case Operation::parse:
      return "parse";
    case Operation::socket:
      return "socket";
    case Operation::socketpair:
      return "socketpair";
    case Operation::bind:
      return "bind";
    case Operation::listen:
      return "listen";
    case Operation::accept:
      return "accept";
    case Operation::connect:
      return "connect";
    case Operation::send:
      return "send";
    case Operation::recv:
      return "recv";
    case Operation::sendfile:
      return "sendfile";
    case Operation::shutdown:
      return "shutdown";
    case Operation::close:
      return "close";
    case Operation::poll:
      return "poll";
    case Operation::getsockopt:
      return "getsockopt";
    case Operation::setsockopt:
      return "setsockopt";
    case Operation::getsockname:
      return "getsockname";
    case Operation::getpeername:
      return "getpeername";
    case Operation::ioctl:
      return "ioctl";
    case Operation::fcntl:
      return "fcntl";
    case Operation::open:
      return "open";
    case Operation::read:
      return "read";
    case Operation::write:
      return "write";
    case Operation::unlink:
      return "unlink";
    case Operation::lstat:
      return "lstat";
    case Operation::getaddrinfo:
      return "getaddrinfo";
    case Operation::getnameinfo:
      return "getnameinfo";
    case Operation::gethostbyname:
      return "gethostbyname";
    case Operation::gethostbyaddr:
      return "gethostbyaddr";
    case Operation::gethostname:
      return "gethostname";
    case Operation::getservbyname:
      return "getservbyname";
    case Operation::getservbyport:
      return "getservbyport";
    case Operation::getprotobyname:
      return "getprotobyname";
    case Operation::getprotobynumber:
      return "getprotobynumber";
    case Operation::rtnetlink:
      return "rtnetlink";
    case Operation::dns:
      return "dns";
    case Operation::sock_diag:
      return "sock_diag";
    case Operation::fsync:
      return "fsync";
    case Operation::rename:
      return "rename";
    case Operation::mmap:
      return "mmap";
  }
  return "";
}

}  // namespace sockbench
