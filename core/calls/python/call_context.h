// What a call's body sees of the bench. The bodies (python/) know Python's rules; the bench knows threads.
// One context belongs to one call and its thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/calls/call_outcome.h"
#include "core/net/socket.h"
#include "core/traffic/event_detail.h"
#include "core/traffic/record.h"

namespace sockbench {

// A socket on the bench, shared by the calls under way on it. The bench guards it: bodies use it as below.
class CallSocket;

class CallContext {
 public:
  virtual ~CallContext() = default;

  // The socket of `handle`; a closed one without a descriptor, where the bench keeps those. nullptr: unknown
  // (the body answers os/EBADF).
  virtual std::shared_ptr<CallSocket> find(CallHandle handle) = 0;
  // A new handle for `socket`; its family, type and protocol as asked for where the kernel does not tell.
  virtual CallHandle add(Socket socket, int family, int type, int protocol) = 0;
  // Takes the socket from the bench without closing it and answers its descriptor, -1 when closed: detach().
  virtual int release(CallHandle handle) = 0;
  // Ends every other call under way on it with EBADF, then closes. Errors: close(2)'s.
  virtual Result<void> close(CallHandle handle) = 0;
  // Descriptors that came by SCM_RIGHTS: closed with the bench unless fromfd/socket(fileno=) adopts them.
  virtual void keepDescriptor(int descriptor) = 0;

  // What a socket waits that is made from now on on this bench (setdefaulttimeout); nullopt at first.
  virtual Timeout defaultTimeout() = 0;
  virtual void setDefaultTimeout(Timeout timeout) = 0;

  // For how long others of its kind on the socket have kept the call waiting: that counts in its timeout.
  virtual std::chrono::nanoseconds held() const { return {}; }

  // What was sent or received, for the timeline; `peer` empty: the connected one.
  virtual void tellSent(CallHandle handle, ByteView bytes, const SocketAddress& peer) = 0;
  virtual void tellReceived(CallHandle handle, ByteView bytes, const SocketAddress& peer, int flags) = 0;
  // What a socket did (connecting, connected, listening, accepted, half-closed, closed) or an errno, for the
  // timeline; `peer` as above, of `connecting` the one that was asked for.
  virtual void tellEvent(CallHandle handle, RecordKind kind, const EventDetail& detail,
                         const SocketAddress& peer) = 0;

  CallOutcome outcome;  // kernel steps are added by the witness, `out` and `filled` by the body
};

// Runs a request to its end on this thread: finds its body, reads its arguments, makes the calls.
// An unknown call is CallFaultKind::type.
std::expected<CallValue, CallFault> performCall(CallContext& context, const CallRequest& request);

}  // namespace sockbench
