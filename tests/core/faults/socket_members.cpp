#include "tests/core/faults/socket_members.h"

#include <netinet/in.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace sockbench::faults {
namespace {

constexpr std::string_view kWords = "four";

template <class T>
std::optional<Error> told(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error());
}

SocketAddress loopback(std::uint16_t port = 0) {
  return SocketAddress::fromIpv4(INADDR_LOOPBACK, port);
}

Socket fresh(Timeout timeout) {
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  socket.setTimeout(timeout).value();
  return socket;
}

std::array<std::byte, 4> buffer;

constexpr auto kMembers = std::to_array<Member>({
    {"open", Call::socket, Operation::socket, false, false, false,
     [](Bench&) { return told(Socket::open(AF_INET, SOCK_DGRAM)); }},
    {"open, its timeout", Call::ioctl, Operation::ioctl, false, false, false,
     [](Bench&) { return told(Socket::open(AF_INET, SOCK_DGRAM)); }},
    {"pair", Call::socketpair, Operation::socketpair, false, false, false,
     [](Bench&) { return told(Socket::pair(AF_UNIX, SOCK_STREAM)); }},
    {"pair, its timeout", Call::ioctl, Operation::ioctl, false, false, false,
     [](Bench&) { return told(Socket::pair(AF_UNIX, SOCK_STREAM)); }},
    {"duplicate", Call::fcntl, Operation::fcntl, false, false, false,
     [](Bench& bench) { return told(Socket::duplicate(bench.fresh.fileno())); }},
    {"close", Call::close, Operation::close, true, false, false,
     [](Bench& bench) { return told(bench.fresh.close()); }},
    {"bind", Call::bind, Operation::bind, false, false, false,
     [](Bench& bench) { return told(bench.fresh.bind(loopback())); }},
    {"listen", Call::listen, Operation::listen, false, false, false,
     [](Bench& bench) { return told(bench.fresh.listen(1)); }},
    {"accept", Call::accept4, Operation::accept, true, true, false,
     [](Bench& bench) { return told(bench.listener.accept()); }},
    {"connect", Call::connect, Operation::connect, true, false, false,
     [](Bench& bench) { return told(bench.fresh.connect(bench.address)); }},
    {"connect, waiting", Call::poll, Operation::connect, true, false, true,
     [](Bench& bench) { return told(bench.fresh.connect(bench.address)); }},
    {"connect, asking what came of it", Call::getsockopt, Operation::connect, false, false, true,
     [](Bench& bench) { return told(bench.fresh.connect(bench.address)); }},
    {"shutdown", Call::shutdown, Operation::shutdown, false, false, false,
     [](Bench& bench) { return told(bench.connected.shutdown(ShutdownHow::write)); }},
    {"send", Call::send, Operation::send, true, true, false,
     [](Bench& bench) { return told(bench.connected.send(asBytes(kWords))); }},
    {"sendAll", Call::send, Operation::send, true, true, false,
     [](Bench& bench) { return told(bench.connected.sendAll(asBytes(kWords))); }},
    {"sendTo", Call::sendto, Operation::send, true, true, false,
     [](Bench& bench) { return told(bench.connected.sendTo(asBytes(kWords), bench.address)); }},
    {"sendMessage", Call::sendmsg, Operation::send, true, true, false,
     [](Bench& bench) {
       const ByteView part = asBytes(kWords);
       return told(bench.connected.sendMessage({&part, 1}, {}, {}));
     }},
    {"sendFile", Call::sendfile, Operation::sendfile, true, true, false,
     [](Bench& bench) { return told(bench.connected.sendFile(bench.file, 0, std::nullopt)); }},
    {"recv", Call::recv, Operation::recv, true, true, false,
     [](Bench& bench) { return told(bench.connected.recv(buffer)); }},
    {"recvFrom", Call::recvfrom, Operation::recv, true, true, false,
     [](Bench& bench) { return told(bench.connected.recvFrom(buffer)); }},
    {"recvMessage", Call::recvmsg, Operation::recv, true, true, false,
     [](Bench& bench) {
       const std::span<std::byte> part = buffer;
       return told(bench.connected.recvMessage({&part, 1}, 64));
     }},
    {"localAddress", Call::getsockname, Operation::getsockname, false, false, false,
     [](Bench& bench) { return told(bench.connected.localAddress()); }},
    {"peerAddress", Call::getpeername, Operation::getpeername, false, false, false,
     [](Bench& bench) { return told(bench.connected.peerAddress()); }},
    {"intOption", Call::getsockopt, Operation::getsockopt, false, false, false,
     [](Bench& bench) { return told(bench.connected.intOption(SOL_SOCKET, SO_RCVBUF)); }},
    {"setIntOption", Call::setsockopt, Operation::setsockopt, false, false, false,
     [](Bench& bench) { return told(bench.connected.setIntOption(SOL_SOCKET, SO_KEEPALIVE, 1)); }},
    {"rawOption", Call::getsockopt, Operation::getsockopt, false, false, false,
     [](Bench& bench) { return told(bench.connected.rawOption(SOL_SOCKET, SO_LINGER, 8)); }},
    {"takeError", Call::getsockopt, Operation::getsockopt, false, false, false,
     [](Bench& bench) { return told(bench.connected.takeError()); }},
    {"bytesReadable", Call::ioctl, Operation::ioctl, false, false, false,
     [](Bench& bench) { return told(bench.connected.bytesReadable()); }},
    {"bytesUnsent", Call::ioctl, Operation::ioctl, false, false, false,
     [](Bench& bench) { return told(bench.connected.bytesUnsent()); }},
    {"setTimeout", Call::ioctl, Operation::ioctl, false, false, false,
     [](Bench& bench) { return told(bench.connected.setTimeout(std::chrono::seconds(1))); }},
});

}  // namespace

Bench::Bench(Timeout timeout)
    : fresh(faults::fresh(timeout)),
      listener(faults::fresh(std::nullopt)),
      file(::memfd_create("four", MFD_CLOEXEC)) {
  listener.bind(loopback()).value();
  listener.listen(8).value();
  address = listener.localAddress().value();
  connected = faults::fresh(std::nullopt);
  connected.connect(address).value();
  peer = std::move(listener.accept().value().socket);
  peer.sendAll(asBytes(kWords)).value();
  waiting = faults::fresh(std::nullopt);
  waiting.connect(address).value();
  connected.setTimeout(timeout).value();
  listener.setTimeout(timeout).value();
  static_cast<void>(!::write(file, kWords.data(), kWords.size()));
}

Bench::~Bench() {
  ::close(file);
}

std::span<const Member> socketMembers() {
  return kMembers;
}

}  // namespace sockbench::faults
