// Sockets of 127.0.0.1 by plain system calls, as a C program would make them. Every failure ends the program.
#pragma once

#include <netinet/in.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace bench {

using Clock = std::chrono::steady_clock;
double secondsSince(Clock::time_point start);

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int operator*() const { return number_; }

 private:
  int number_;
};

sockaddr_in loopback(std::uint16_t port);
std::uint16_t portOf(const Descriptor& socket);

Descriptor listenTcp(int backlog = 128, std::uint16_t port = 0);
Descriptor acceptOne(const Descriptor& listener);
Descriptor connectTcp(std::uint16_t port);
Descriptor bindUdp(int receiveBuffer);  // 0: the system's default. SO_RCVBUFFORCE, else SO_RCVBUF
Descriptor connectUdp(std::uint16_t port);
Descriptor connectUnix(int type, const std::string& name);                  // at the abstract `name`
void limitWaits(const Descriptor& socket, std::chrono::milliseconds most);  // of each receive and send
void setBlocking(const Descriptor& socket, bool blocking);

void sendAll(int socket, const void* data, std::size_t size);
bool receiveAll(int socket, void* data, std::size_t size);  // false: the peer's end came first

std::uint16_t freePort();
void waitForListener(std::uint16_t port);  // until some socket listens there, without connecting to it
void raiseDescriptorLimit();               // to the hard limit
double processCpuSeconds();                // of this process, all threads

}  // namespace bench
