// Journal: what a session tells. Each step becomes a row of the timeline, and each change of state an event
// as well. Thread: the session's worker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/engine/detail/context.h"
#include "core/engine/detail/session_shared.h"
#include "core/engine/detail/worker.h"
#include "core/traffic/flow.h"

namespace sockbench::detail {

// What stands beside an end that left something in the queue; "" for 0.
std::string unsentText(std::size_t bytes);

// That it has left the engine's books, behind all that its worker still has to say of it. Thread: any.
void tellForgotten(const SessionSharedPtr& session);

class Journal {
 public:
  Journal(Context& context, SessionSharedPtr session);

  SessionShared& session() const { return *session_; }
  const SessionSharedPtr& sessionPtr() const { return session_; }
  const FlowPtr& flow() const { return flow_; }

  // The two ends and the descriptor from now on; -1: none. `interface`: where datagrams come in; 0: not told.
  void setEnds(const SocketAddress& local, const SocketAddress& peer, int descriptor,
               std::uint32_t interface = 0);

  // What an error of this session's was met with: its peer ("unix-seqpacket:/path" names the transport, too);
  // where that has no name, the endpoint that was asked for, or our own end.
  std::string subject() const;

  // A row without a change of state.
  void note(RecordKind kind, std::string text = {}, std::uint64_t value = 0);
  // A row of what acts by itself.
  void automatic(std::string text, std::optional<Error> error = std::nullopt);
  // A change of state: the row (`kind` names it), the snapshot, the event.
  void become(SessionState state, RecordKind kind, Party by = Party::none, std::string text = {},
              std::uint64_t value = 0);
  // A change of state that has no row of its own: the snapshot and the event.
  void become(SessionState state);
  // A datagram that came at `time` (0: now) is the first of this session's.
  void accepted(WallNanos time);
  // An error row and event; the state stays. `remark` and `offender`: see EventDetail.
  void error(Error error, std::string remark = {}, std::string offender = {});
  // The same where a send was refused.
  void refused(Error error, std::string remark = {});

  // `n` bytes that stand at the beginning of the writer's space. `flags`: of the record.
  PinnedBytes receivedInPlace(std::size_t n, std::uint8_t flags = 0);
  // A datagram or a record from elsewhere in memory. `realLength` > bytes.size(): it was truncated.
  // `kernelTime`: when the kernel had it; 0: it came now.
  PinnedBytes received(ByteView bytes, std::size_t realLength, WallNanos kernelTime = 0);
  // The same for whom the bytes in the log are of no more use.
  void noteReceived(ByteView bytes, std::size_t realLength, WallNanos kernelTime);
  // `n` bytes of the item that the kernel has just taken, in a call that began at `time`.
  void sent(const OutItem& item, std::size_t n, WallNanos time);
  // `n` bytes of a file: those at the beginning of the writer's space, or (`kept` false) their number alone.
  void sentOfFile(std::size_t n, bool kept, WallNanos time);
  // One urgent byte (MSG_OOB), likewise.
  void sentUrgent(std::byte byte, WallNanos time);
  void drained();
  // A row of datagrams that the kernel dropped, by `time` (0: now). No event: see push().
  void dropped(std::uint64_t datagrams, WallNanos time);
  // What a datagram socket may hold, in bytes as they are asked for; a row when it is less than was asked
  // for.
  void receiveBuffer(int asked, int granted);
  void optionsRead(std::vector<OptionReading> options);

  // The last change: the descriptor is gone, and the registry told.
  void finish(SessionState state, std::optional<RecordKind> kind, Party by, std::string text = {});
  void push(SessionEvent::What what, std::optional<Error> error = std::nullopt);

 private:
  std::string peerText() const;
  void changeState(SessionState state, Party by);
  Record record(RecordKind kind, std::uint64_t value = 0) const;
  Record receivedRow(std::size_t kept, std::size_t realLength, WallNanos kernelTime) const;
  void countReceived(std::size_t bytes, WallNanos time);

  Context& context_;
  SessionSharedPtr session_;
  FlowPtr flow_;
};

}  // namespace sockbench::detail
