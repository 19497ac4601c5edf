// RaceEntry: one address of a race of connections, and how far it has come. Thread: any.
#pragma once

#include <QString>
#include <chrono>
#include <optional>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/net/socket_address.h"

namespace sockbench::ui {

struct RaceEntry {
  enum class Stage {
    idle,    // not asked for
    queued,  // too many are under way
    connecting,
    listening,  // connected; its first byte is waited for
    answered,   // the first byte has come
    silent,     // no byte within the limit
    ended,      // by the peer, before it had sent anything
    failed,     // `error` says why
    cancelled
  };

  QString host;                         // as it was looked up
  SocketAddress address;                // with the port
  std::chrono::nanoseconds resolved{};  // what the look-up of the host took
  Stage stage = Stage::idle;
  SessionId session;                                  // while it lasts, and after; none before it began
  std::chrono::nanoseconds began{};                   // after the race's beginning
  std::chrono::nanoseconds lasted{};                  // until it ended, or until it was last looked at
  std::optional<std::chrono::nanoseconds> connected;  // after its own beginning
  std::optional<std::chrono::nanoseconds> asked;      // ... when the first message was sent, if there is one
  std::optional<std::chrono::nanoseconds> firstByte;  // after its own beginning
  std::optional<Error> error;

  bool isUnderWay() const { return stage == Stage::connecting || stage == Stage::listening; }
  bool isOver() const { return stage >= Stage::answered; }

  // Since when the first byte is waited for: the message that asks for it, where it did not come before that.
  std::chrono::nanoseconds waitsSince() const {
    const std::chrono::nanoseconds since = connected.value_or(lasted);
    return asked && (!firstByte || *asked <= *firstByte) ? *asked : since;
  }
};

}  // namespace sockbench::ui
