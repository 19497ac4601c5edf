// SwarmSpec: many clients of one endpoint, as one form describes them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/automation/many/answer_matcher.h"
#include "core/automation/many/client_columns.h"
#include "core/base/ids.h"
#include "core/engine/session_spec.h"
#include "core/payload/message/message.h"

namespace sockbench {

struct SwarmSpec {
  // Of each client. Its group is the swarm's own (ClientSwarm::group()).
  ConnectSpec connect;
  std::size_t clients = 1;           // 1 to kMostClients
  double opensPerSecond = 0;         // 0: at once, as far as mostConnecting lets them
  std::size_t mostConnecting = 100;  // on their way at a time, at least 1; a slow one then holds the rest up

  // A client that is open closes when so much time is over, or when so many messages have been sent and have
  // been answered (or given up). nullopt, 0: not by that.
  std::optional<std::chrono::nanoseconds> lifetime{};
  std::uint64_t messages = 0;

  // nullopt: the clients connect and only listen. In a field {{client}} is the client's number, from 1;
  // other variables come from `columns`, whose line n is the n-th client's (beyond the last line: from the
  // first on again).
  std::optional<MessageSpec> message{};
  ClientColumns columns{};
  // From one message's time to the next's, for each client; the clients' first ones are spread over it. They
  // go at their times whether answers have come or not. 0: the next as soon as the one before is answered
  // (or given up), or, where no answer is waited for, has been taken by the kernel.
  std::chrono::nanoseconds interval{0};
  AnswerCheck answer{};
  // A message that is not answered for so long is given up, and counted. 0: never.
  std::chrono::nanoseconds answerLimit = std::chrono::seconds(10);

  // Ends the swarm: no message is sent any more, what was sent has up to kGrace to be answered, then all
  // close. nullopt: it ends when each client has.
  std::optional<std::chrono::nanoseconds> duration{};

  static constexpr std::size_t kMostClients = 100'000;
  static constexpr std::chrono::seconds kGrace{2};
};

}  // namespace sockbench
