#include "core/engine/detail/journal.h"

#include <algorithm>
#include <utility>

namespace sockbench::detail {
namespace {

FlowPtr makeFlow(const SessionShared& session, const SocketAddress& local, const SocketAddress& peer,
                 std::uint32_t interface) {
  auto flow = std::make_shared<Flow>();
  flow->session = session.id;
  flow->parent = session.parent;
  flow->transport = session.transport;
  flow->local = local;
  flow->peer = peer;
  flow->interface = interface;
  return flow;
}

// Rows say so when their time is the kernel's.
void stamp(Record& row, WallNanos kernelTime) {
  if (kernelTime == 0) return;
  row.time = kernelTime;
  row.flags |= kRecordKernelTime;
}

}  // namespace

std::string unsentText(std::size_t bytes) {
  return bytes == 0 ? std::string() : std::to_string(bytes) + " bytes were not sent";
}

void tellForgotten(const SessionSharedPtr& session) {
  session->worker.post([session] {
    SessionEvent event;
    event.what = SessionEvent::What::forgotten;
    event.session = session->snapshot();
    session->worker.tell(std::move(event));
  });
}

Journal::Journal(Context& context, SessionSharedPtr session)
    : context_(context), session_(std::move(session)) {
  const SessionSnapshot now = session_->snapshot();
  flow_ = makeFlow(*session_, now.local, now.peer, 0);
}

void Journal::setEnds(const SocketAddress& local, const SocketAddress& peer, int descriptor,
                      std::uint32_t interface) {
  flow_ = makeFlow(*session_, local, peer, interface);
  session_->update([&](SessionSnapshot& s) {
    s.local = local;
    s.peer = peer;
    s.descriptor = descriptor;
  });
}

std::string Journal::subject() const {
  if (!flow_->peer.empty()) return peerText();
  const std::string target = session_->snapshot().target;
  return target.empty() ? flow_->local.text() : target;
}

std::string Journal::peerText() const {
  const std::string text = flow_->peer.text();
  const std::string_view plain = transportName(Transport::unixStream);
  if (!flow_->peer.isUnix()) return text;
  return std::string(transportName(session_->transport)) + text.substr(plain.size());
}

Record Journal::record(RecordKind kind, std::uint64_t value) const {
  Record row;
  row.time = wallNow();
  row.session = session_->id;
  row.kind = kind;
  row.value = value;
  return row;
}

void Journal::note(RecordKind kind, std::string text, std::uint64_t value) {
  session_->worker.writer().appendEvent(record(kind, value), flow_,
                                        {.text = std::move(text), .error = std::nullopt});
}

void Journal::automatic(std::string text, std::optional<Error> error) {
  session_->worker.writer().appendEvent(record(RecordKind::automatic), flow_,
                                        {.text = std::move(text), .error = std::move(error)});
}

void Journal::changeState(SessionState state, Party by) {
  session_->update([&](SessionSnapshot& s) {
    s.state = state;
    s.by = by;
    s.changed = wallNow();
    if (state == SessionState::connecting) s.connecting = s.changed;
    if (state == SessionState::connected && s.connected == 0) s.connected = s.changed;
  });
}

void Journal::become(SessionState state, RecordKind kind, Party by, std::string text, std::uint64_t value) {
  Record row = record(kind, value);
  row.by = by;
  session_->worker.writer().appendEvent(row, flow_, {.text = std::move(text), .error = std::nullopt});
  changeState(state, by);
  push(SessionEvent::What::changed);
}

void Journal::become(SessionState state) {
  changeState(state, Party::none);
  push(SessionEvent::What::changed);
}

void Journal::accepted(WallNanos time) {
  Record row = record(RecordKind::accepted);
  stamp(row, time);
  session_->worker.writer().appendEvent(row, flow_, {});
  become(SessionState::connected);
}

void Journal::error(Error error, std::string remark, std::string offender) {
  session_->worker.writer().appendEvent(
      record(RecordKind::error), flow_,
      {.text = std::move(remark), .error = error, .offender = std::move(offender)});
  session_->update([&](SessionSnapshot& s) { s.error = error; });
  push(SessionEvent::What::changed, std::move(error));
}

void Journal::refused(Error error, std::string remark) {
  session_->worker.writer().appendEvent(record(RecordKind::error), flow_,
                                        {.text = std::move(remark), .error = error});
  push(SessionEvent::What::sendRefused, std::move(error));
}

PinnedBytes Journal::receivedInPlace(std::size_t n, std::uint8_t flags) {
  TrafficWriter& writer = session_->worker.writer();
  PinnedBytes bytes = writer.commit(n);
  Record row = record(RecordKind::in);
  row.direction = Direction::in;
  row.flags = flags;
  writer.append(row, flow_);
  countReceived(n, row.time);
  return bytes;
}

Record Journal::receivedRow(std::size_t kept, std::size_t realLength, WallNanos kernelTime) const {
  Record row;
  row.time = kernelTime != 0 ? kernelTime : wallNow();
  row.session = session_->id;
  row.kind = RecordKind::in;
  row.direction = Direction::in;
  if (kernelTime != 0) row.flags = kRecordKernelTime;
  if (realLength > kept) {
    row.flags |= kRecordTruncated;
    row.value = realLength;
  }
  return row;
}

// Nobody else writes these counters.
void Journal::countReceived(std::size_t bytes, WallNanos time) {
  constexpr auto order = std::memory_order_relaxed;
  if (session_->firstReceived.load(order) == 0) session_->firstReceived.store(time, order);
  session_->bytesIn.store(session_->bytesIn.load(order) + bytes, order);
  session_->recordsIn.store(session_->recordsIn.load(order) + 1, order);
}

PinnedBytes Journal::received(ByteView bytes, std::size_t realLength, WallNanos kernelTime) {
  TrafficWriter& writer = session_->worker.writer();
  PinnedBytes inLog;
  if (!bytes.empty()) {
    std::ranges::copy(bytes, writer.space(bytes.size()).begin());
    inLog = writer.commit(bytes.size());
  }
  const Record row = receivedRow(bytes.size(), realLength, kernelTime);
  writer.append(row, flow_);
  countReceived(bytes.size(), row.time);
  return inLog;
}

void Journal::noteReceived(ByteView bytes, std::size_t realLength, WallNanos kernelTime) {
  const Record row = receivedRow(bytes.size(), realLength, kernelTime);
  session_->worker.writer().append(row, flow_, bytes);
  countReceived(bytes.size(), row.time);
}

void Journal::sent(const OutItem& item, std::size_t n, WallNanos time) {
  Record row = record(RecordKind::out);
  row.time = time;
  row.direction = Direction::out;
  TrafficWriter& writer = session_->worker.writer();
  if (item.isShared())
    writer.appendShared(row, flow_, item.sharedPart(item.sent, n));
  else
    writer.append(row, flow_, item.rest().first(n));
  session_->bytesOut += n;
  ++session_->recordsOut;
}

void Journal::sentOfFile(std::size_t n, bool kept, WallNanos time) {
  TrafficWriter& writer = session_->worker.writer();
  if (kept) static_cast<void>(writer.commit(n));
  Record row = record(RecordKind::out, kept ? 0 : n);
  row.time = time;
  row.direction = Direction::out;
  if (!kept) row.flags = kRecordTruncated;
  writer.append(row, flow_);
  session_->bytesOut += n;
  ++session_->recordsOut;
}

void Journal::sentUrgent(std::byte byte, WallNanos time) {
  Record row = record(RecordKind::out);
  row.time = time;
  row.direction = Direction::out;
  row.flags = kRecordUrgent;
  session_->worker.writer().append(row, flow_, ByteView(&byte, 1));
  ++session_->bytesOut;
  ++session_->recordsOut;
}

void Journal::drained() {
  push(SessionEvent::What::sendDrained);
}

void Journal::dropped(std::uint64_t datagrams, WallNanos time) {
  session_->dropped += datagrams;
  Record row = record(RecordKind::dropped, datagrams);
  if (time != 0) row.time = time;
  session_->worker.writer().appendEvent(row, flow_, {});
}

void Journal::receiveBuffer(int asked, int granted) {
  session_->update([&](SessionSnapshot& s) {
    s.receiveBufferAsked = asked;
    s.receiveBuffer = granted;
  });
  // Nobody asked for the usual one in person: what there is of it stands in the details.
  if (granted < asked && asked != SessionRules().datagramReceiveBuffer)
    note(RecordKind::option, "receive buffer: " + std::to_string(granted) + " of the " +
                                 std::to_string(asked) +
                                 " bytes that were asked for; net.core.rmem_max allows no more");
}

void Journal::finish(SessionState state, std::optional<RecordKind> kind, Party by, std::string text) {
  session_->update([](SessionSnapshot& s) { s.descriptor = -1; });
  if (kind) {
    become(state, *kind, by, std::move(text));
  } else {
    changeState(state, by);
    push(SessionEvent::What::changed);
  }
  if (const SessionSharedPtr oldest = context_.registry.retire(session_->id)) tellForgotten(oldest);
}

void Journal::optionsRead(std::vector<OptionReading> options) {
  SessionEvent event;
  event.what = SessionEvent::What::optionsRead;
  event.session = session_->snapshot();
  event.options = std::move(options);
  session_->worker.tell(std::move(event));
}

void Journal::push(SessionEvent::What what, std::optional<Error> error) {
  SessionEvent event;
  event.what = what;
  event.session = session_->snapshot();
  event.error = std::move(error);
  session_->worker.tell(std::move(event));
}

}  // namespace sockbench::detail
