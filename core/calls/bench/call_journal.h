// CallJournal: what the sockets of a bench do, in the one timeline. Each is a session of its own.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/calls/bench/call_sockets.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// Thread: any. Without a log it does nothing. A socket that it has not been told of, or that has closed, has
// no rows.
class CallJournal {
 public:
  CallJournal(std::shared_ptr<TrafficLog> log, std::function<SessionId()> newSession);

  // `listener` is the socket that accepted it; none for others.
  void add(const CallSocket& socket, CallHandle listener);
  SessionId sessionOf(CallHandle handle) const;

  void sent(const CallSocket& socket, ByteView bytes, const SocketAddress& peer);
  // `flags`: of recvmsg(2).
  void received(const CallSocket& socket, ByteView bytes, const SocketAddress& peer, int flags);
  // `peer`: the one that is being connected to, empty for every other event. A socket that has a peer keeps
  // it, whatever becomes of the attempt.
  void event(const CallSocket& socket, RecordKind kind, const EventDetail& detail, const SocketAddress& peer,
             Party by, std::uint64_t value);
  // The socket is gone; its `closed` row is its last.
  void closed(CallHandle handle, std::string remark);

 private:
  struct Entry {
    std::shared_ptr<Flow> flow;
  };

  // The flow as it stands; `peer` in the place of the connected one unless it is empty.
  FlowPtr flowOf(Entry& entry, const CallSocket& socket, const SocketAddress& peer, bool hasChanged);
  FlowPtr flowTowards(Entry& entry, const CallSocket& socket, const SocketAddress& target);
  void bytes(const CallSocket& socket, Record row, ByteView bytes, const SocketAddress& peer);

  std::function<SessionId()> newSession_;
  mutable std::mutex mutex_;
  std::unique_ptr<TrafficWriter> writer_;
  std::size_t mostPayload_ = 0;
  std::map<CallHandle, Entry> entries_;
};

}  // namespace sockbench
