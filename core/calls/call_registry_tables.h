// The parts that call_registry.cpp makes one registry of, and what they share.
#pragma once

#include <span>

#include "core/calls/call_registry.h"

namespace sockbench {

std::span<const CallInfo> makingCalls();
std::span<const CallInfo> namingCalls();
std::span<const CallInfo> connectingCalls();
std::span<const CallInfo> sendingCalls();
std::span<const CallInfo> receivingCalls();
std::span<const CallInfo> optionCalls();
std::span<const CallInfo> waitingCalls();
std::span<const CallInfo> lookUpCalls();
std::span<const CallInfo> convertingCalls();

inline constexpr CallErrorNote kClosed{
    "EBADF", "The socket is closed or detached, here or by a close while the call waited."};
inline constexpr CallErrorNote kInterrupted{"EINTR", "Interrupted by you while it waited."};
inline constexpr CallErrorNote kNoMemory{"ENOMEM", "The kernel has no memory left for it."};
inline constexpr CallErrorNote kNoBuffers{"ENOBUFS", "The kernel has no buffer left for it."};
inline constexpr CallErrorNote kNotConnected{
    "ENOTCONN", "The socket has no peer: connect it first, or accept and use what accept answers."};

}  // namespace sockbench
