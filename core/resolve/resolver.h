// Resolver: look-ups that block, off the caller's thread, with a time limit and cancellation.
//
// getaddrinfo and its kin cannot be interrupted: a look-up owns its state, and when it is cancelled or its
// time is over its answer is dropped when it comes and its thread is replaced, so that a hanging name server
// holds up nobody. Up to `maxThreads` look-ups run at once; the rest wait in order. A numeric host needs no
// thread's time but answers through the same door.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/resolve/host_database.h"

namespace sockbench {

template <class T>
struct LookupOutcome {
  Result<T> answer;  // besides the call's own errors: ETIMEDOUT (the limit), ECANCELED (cancel)
  std::chrono::nanoseconds elapsed{};
};

class Resolver {
 public:
  using Limit = std::chrono::nanoseconds;  // 0: no time limit

  explicit Resolver(std::size_t maxThreads = 8);
  ~Resolver();  // cancels everything; no callback runs after it returns. Does not wait for hanging look-ups

  // Each calls `done` exactly once, on a thread of the Resolver's, never inside the call itself; `done` must
  // not block and may call the Resolver. Thread: any.
  LookupId addresses(AddressQuery query, Limit limit, std::function<void(LookupOutcome<AddressAnswer>)> done);
  LookupId name(SocketAddress address, int flags, Limit limit,
                std::function<void(LookupOutcome<NameInfo>)> done);
  // gethostbyname_ex for a name, gethostbyaddr for an address.
  LookupId host(std::string nameOrAddress, Limit limit, std::function<void(LookupOutcome<HostInfo>)> done);
  // Any blocking function (for look-ups that this header does not name).
  template <class T>
  LookupId run(std::function<Result<T>()> blocking, Limit limit, std::function<void(LookupOutcome<T>)> done);

  // `done` is called with ECANCELED unless it has been called already. Unknown ids are ignored. Thread: any.
  void cancel(LookupId id);

  // Look-ups waiting and under way, without those abandoned. Thread: any.
  std::size_t pending() const;

 private:
  struct Job;
  struct State;
  LookupId start(std::shared_ptr<Job> job, Limit limit);
  std::shared_ptr<State> state_;
};

}  // namespace sockbench
