#include "core/calls/bench/call_run.h"

#include <cerrno>
#include <new>
#include <stdexcept>
#include <utility>

#include "core/calls/bench/bench_state.h"

namespace sockbench {
namespace {

// Who did it. A body tells the peer's end of stream and our own with the same kind.
Party partyOf(RecordKind kind, std::string_view call) {
  if (kind == RecordKind::reset) return Party::peer;
  if (kind == RecordKind::closed) return Party::us;
  if (kind == RecordKind::halfClosed) return call == "shutdown" ? Party::us : Party::peer;
  return Party::none;
}

}  // namespace

CallFault osFault(int code) {
  CallFault fault;
  fault.number = code;
  fault.message = Error::fromErrno(Operation::none, code).message();
  return fault;
}

CallRun::CallRun(BenchState& bench, CallId id, CallRequest request, CallBench::Done done)
    : bench_(bench), id_(id), request_(std::move(request)), done_(std::move(done)) {
  notes.begun = std::chrono::steady_clock::now();
}

void CallRun::perform() {
  const WitnessedThread watched(*this);
  try {
    outcome.result = performCall(*this, request_);
  } catch (const std::bad_alloc&) {
    outcome.result = std::unexpected(osFault(ENOMEM));
  } catch (const std::length_error&) {
    outcome.result = std::unexpected(osFault(ENOMEM));
  }
}

std::shared_ptr<CallSocket> CallRun::find(CallHandle handle) {
  return bench_.find(*this, handle);
}

CallHandle CallRun::add(Socket socket, int family, int type, int protocol) {
  return bench_.add(*this, std::move(socket), family, type, protocol);
}

int CallRun::release(CallHandle handle) {
  return bench_.release(*this, handle);
}

Result<void> CallRun::close(CallHandle handle) {
  return bench_.close(*this, handle);
}

void CallRun::keepDescriptor(int descriptor) {
  bench_.keep(*this, descriptor);
}

Timeout CallRun::defaultTimeout() {
  return bench_.defaultTimeout();
}

void CallRun::setDefaultTimeout(Timeout timeout) {
  bench_.setDefaultTimeout(timeout);
}

void CallRun::tellSent(CallHandle handle, ByteView bytes, const SocketAddress& peer) {
  if (const auto socket = bench_.known(handle)) bench_.journal().sent(*socket, bytes, peer);
}

void CallRun::tellReceived(CallHandle handle, ByteView bytes, const SocketAddress& peer, int flags) {
  if (const auto socket = bench_.known(handle)) bench_.journal().received(*socket, bytes, peer, flags);
}

void CallRun::tellEvent(CallHandle handle, RecordKind kind, const EventDetail& detail,
                        const SocketAddress& peer) {
  // The bench tells the end of each itself, whoever closes it.
  if (kind == RecordKind::closed) return;
  const auto socket = bench_.known(handle);
  if (!socket) return;
  EventDetail told = detail;
  // The kernel's EINTR is only how the close was done.
  if (isClosedUnder && told.error && told.error->isErrno(EINTR)) told.error->code = EBADF;
  const auto took = std::chrono::steady_clock::now() - notes.begun;
  const auto value = kind == RecordKind::connected ? static_cast<std::uint64_t>(took.count()) : 0;
  bench_.journal().event(*socket, kind, told, peer, partyOf(kind, request_.name), value);
}

void CallRun::willWait() {
  if (!std::exchange(hasTold_, true)) bench_.letNextBegin(*this);
}

void CallRun::made(std::string_view call, std::int64_t returned, int error, std::chrono::nanoseconds took,
                   std::string note) {
  if (outcome.kernel.size() < CallOutcome::kMostKernelSteps)
    outcome.kernel.push_back({std::string(call), returned, error, took, std::move(note)});
  else
    ++outcome.kernelStepsLeftOut;
}

}  // namespace sockbench
