// DatagramAnswers: what a responder other than echo says to one peer's datagrams, and whether it may go now
// (see Responder). Thread: the session's worker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>

#include "core/base/bytes.h"
#include "core/engine/detail/session_shared.h"
#include "core/engine/detail/token_bucket.h"

namespace sockbench::detail {

class DatagramAnswers {
 public:
  // The answer to the datagram that has just come; nullopt: none is due. From now on mayGo() keeps to the
  // rate of `rules`.
  std::optional<Bytes> next(const SessionRules& rules, const SessionShared& session);
  // True: `bytes` have been taken from what may go now.
  bool mayGo(std::size_t bytes);

 private:
  std::optional<std::uint64_t> bytesPerSecond_;  // of bucket_; none: there is no bucket yet
  TokenBucket bucket_;
  std::minstd_rand random_;
};

}  // namespace sockbench::detail
