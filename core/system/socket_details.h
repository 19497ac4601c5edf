// What the kernel tells of one socket beyond its row: TCP_INFO and memory (tcp(7), linux/tcp.h,
// linux/inet_diag.h). Values; thread: any.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/system/socket_row.h"

namespace sockbench {

// Of a connection. What this kernel does not tell is nullopt.
struct TcpFacts {
  std::chrono::microseconds rtt{};
  std::chrono::microseconds rttVariance{};
  std::optional<std::chrono::microseconds> leastRtt;
  std::chrono::microseconds retransmitTimeout{};
  std::chrono::milliseconds sinceSent{};  // data; of a connection that has sent none, since its beginning
  std::chrono::milliseconds sinceReceived{};
  std::uint32_t sendMss = 0;                    // bytes
  std::uint32_t receiveMss = 0;                 // bytes
  std::uint32_t pathMtu = 0;                    // bytes
  std::uint32_t congestionWindow = 0;           // segments
  std::optional<std::uint32_t> slowStartLimit;  // segments; nullopt: none yet
  std::uint32_t unacked = 0;                    // segments sent and not acknowledged
  std::uint32_t lost = 0;                       // of them: segments taken for lost
  std::uint32_t retransmits = 0;                // segments, in all
  std::optional<std::uint64_t> bytesAcked;
  std::optional<std::uint64_t> bytesReceived;
  std::optional<std::uint64_t> pacingRate;    // bytes a second; nullopt: not limited, too
  std::optional<std::uint64_t> deliveryRate;  // bytes a second
  std::optional<std::uint32_t> notSent;       // bytes in the send queue that have not gone once
  std::optional<std::uint32_t> peerWindow;    // bytes that the peer takes now
  bool timestamps = false;                    // options that both sides agreed on
  bool selectiveAcks = false;
  bool ecn = false;
  std::optional<std::uint8_t> sendScale;  // of the window: the peer's, and ours; nullopt: not agreed on
  std::optional<std::uint8_t> receiveScale;
};

// SK_MEMINFO, in bytes.
struct SocketMemory {
  std::uint32_t received = 0;
  std::uint32_t receiveBuffer = 0;
  std::uint32_t sending = 0;
  std::uint32_t sendBuffer = 0;
  std::uint32_t drops = 0;  // packets
};

struct SocketDetails {
  std::optional<TcpFacts> tcp;    // not of a listener
  std::string congestionControl;  // "cubic"; "" when there is none
  std::optional<SocketMemory> memory;
};

// Asks for exactly the socket of `row`, by its addresses and its cookie. UNIX sockets have none of it: the
// answer is empty. Errors: ENOENT when it is not there any more; others as readSocketTable(). Blocks for
// microseconds. Thread: any.
Result<SocketDetails> readSocketDetails(const SocketRow& row);

}  // namespace sockbench
