// bench_peer: the other side of every benchmark, a plain C-like program of its own. A verb each:
//
//   bulk PORT SECONDS CHUNK       streams until the time is over, then waits until all has been taken
//   iperf PORT SECONDS CHUNK      the same to `iperf3 -s`, with the little of its protocol that it asks for
//   datagrams PORT COUNT RATE     datagrams of 64 bytes by sendmmsg; RATE a second, 0: at full speed
//   pingpong PORT ROUNDS          64 bytes there and back, blocking, one after another
//   crowd PORT COUNT              so many connections at once; then lines on standard input say what they do:
//                                 "echo SECONDS": each sends 64 bytes once a second and awaits them back
//                                 "end": all are reset
//   hold COUNT                    so many sockets of several kinds that do nothing, until a line or the end
//   of
//                                 standard input; prints how many there are
//   take PORT                     receives until the end, and throws it away
//   mixed ECHO SINK UDP NAME SECONDS
//                                 all kinds of traffic at once, at a bounded pace: to the ports of a TCP
//                                 echo, of a TCP server that is silent and of a UDP echo, and to UNIX echoes
//                                 at the abstract names NAME-stream, NAME-seqpacket and NAME-dgram
//
// Each prints one line, "DONE SECONDS": bytes, datagrams or connections, and how long they took. pingpong:
// "MEDIAN P99", nanoseconds. An echo of the crowd: "SENT ECHOED SLOWEST", messages, and seconds. mixed:
// "CONNECTIONS MESSAGES".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench::peer {

struct Streamed {
  std::uint64_t bytes = 0;
  double seconds = 0;
};

// Writes pieces of `chunk` bytes for so long; `seconds` in the answer is the time it really took.
Streamed streamFor(int socket, double seconds, std::size_t chunk);
void waitUntilTaken(int socket);  // shuts our side and waits for the peer's end
void print(double done, double seconds);

using Arguments = std::vector<std::string>;  // after the verb
void bulk(const Arguments& arguments);
void iperf(const Arguments& arguments);
void datagrams(const Arguments& arguments);
void pingpong(const Arguments& arguments);
void crowd(const Arguments& arguments);
void hold(const Arguments& arguments);
void take(const Arguments& arguments);
void mixed(const Arguments& arguments);

}  // namespace bench::peer
