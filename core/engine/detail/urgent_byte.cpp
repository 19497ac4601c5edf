#include "core/engine/detail/urgent_byte.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

namespace sockbench::detail {

UrgentByte takeUrgentByte(Socket& socket, std::span<std::byte> into) {
  int isAtMark = 0;
  if (::ioctl(socket.fileno(), SIOCATMARK, &isAtMark) != 0 || isAtMark == 0) return UrgentByte::none;
  const auto got = socket.recv(into.first(1), MSG_OOB);
  if (got) return *got == 1 ? UrgentByte::taken : UrgentByte::none;
  if (got.error().isErrno(EAGAIN)) return UrgentByte::announced;
  // EINVAL: it has been taken before, or it is in the stream.
  return socket.intOption(SOL_SOCKET, SO_OOBINLINE).value_or(0) != 0 ? UrgentByte::inStream
                                                                     : UrgentByte::none;
}

}  // namespace sockbench::detail
