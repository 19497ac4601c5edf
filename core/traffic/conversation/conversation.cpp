#include "core/traffic/conversation/conversation.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "core/traffic/conversation/conversation_cutter.h"
#include "core/traffic/conversation/conversation_store.h"

namespace sockbench {
namespace {

// One look at the log, and what is cut between two moments at which the frames may be changed.
constexpr std::size_t kSlabRows = std::size_t{64} << 10;
constexpr std::size_t kFirstRows = std::size_t{4} << 10;
constexpr std::size_t kBatchBytes = std::size_t{4} << 20;
constexpr std::size_t kBatchPieces = std::size_t{8} << 10;

bool belongs(RecordKind kind) {
  switch (kind) {
    case RecordKind::connected:
    case RecordKind::accepted:
    case RecordKind::in:
    case RecordKind::out:
    case RecordKind::halfClosed:
    case RecordKind::closed:
    case RecordKind::reset:
    case RecordKind::error:
    case RecordKind::dropped:
      return true;
    default:
      return false;
  }
}

bool begins(RecordKind kind) {
  return kind == RecordKind::connected || kind == RecordKind::accepted || kind == RecordKind::listening ||
         kind == RecordKind::connecting || kind == RecordKind::resolving;
}

ConversationPiece pieceOf(std::uint64_t row, const Record& record) {
  ConversationPiece piece;
  piece.row = row;
  piece.time = record.time;
  piece.kind = record.kind;
  piece.flags = record.flags;
  if (record.kind == RecordKind::in) piece.direction = Direction::in;
  if (record.kind == RecordKind::out) piece.direction = Direction::out;
  if (piece.isBytes()) piece.length = record.length;
  return piece;
}

bool isMessages(const FlowPtr& flow) {
  return flow && (!flow->otherTransport.empty() || !isByteStream(flow->transport));
}

}  // namespace

struct Conversation::Impl {
  Impl(std::shared_ptr<TrafficLog> itsLog, SessionId id, std::function<void()> itsNews)
      : log(std::move(itsLog)), session(id), news(std::move(itsNews)) {}

  void run();
  bool scan();
  bool cut();
  void look(const LogSlab& slab, std::vector<ConversationPiece>& found);
  std::vector<ConversationPiece> batch();
  void store(const std::vector<FrameWrite>& writes, std::uint64_t to);
  void startFraming();
  const LogSlab& slabAt(std::uint64_t row);
  void tell(std::unique_lock<std::mutex>& lock);
  State current() const;

  const std::shared_ptr<TrafficLog> log;
  const SessionId session;
  const std::function<void()> news;

  mutable std::mutex mutex;
  std::condition_variable wake;
  // Guarded by `mutex`.
  ConversationStore data;
  FramingSpec spec;
  std::uint64_t generation = 0;
  std::uint64_t lookedTo = 0;
  std::uint64_t framedTo = 0;
  bool datagrams = false;
  bool startedLate = false;
  bool changed = true;
  bool asleep = false;
  bool told = false;
  bool stopping = false;

  // The thread's own.
  ConversationCutter cutter;
  std::uint64_t cutGeneration = 0;
  std::uint64_t next = 0;              // the row to be looked at
  std::optional<std::uint64_t> start;  // the first row that was there to be looked at
  bool begun = false;                  // the session's first row has been seen
  std::array<bool, 2> gap{};           // rows have gone unread since the last piece in, out
  bool messages = false;
  LogSlab slab;
  std::thread thread;
};

void Conversation::Impl::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex);
      if (stopping) return;
      changed = false;
    }
    const bool scanned = scan();
    const bool more = cut();
    if (scanned || more) continue;
    slab = {};
    std::unique_lock lock(mutex);
    asleep = true;
    tell(lock);
    wake.wait(lock, [this] { return changed || stopping; });
    asleep = false;
  }
}

// Called locked; unlocked when it returns only for the length of the call.
void Conversation::Impl::tell(std::unique_lock<std::mutex>& lock) {
  if (std::exchange(told, true)) return;
  lock.unlock();
  if (news) news();
  lock.lock();
}

const LogSlab& Conversation::Impl::slabAt(std::uint64_t row) {
  const bool holds = !slab.empty() && row >= slab.first() && row < slab.end();
  if (!holds) slab = log->slab(row, next == 0 ? kFirstRows : kSlabRows);
  return slab;
}

void Conversation::Impl::look(const LogSlab& rows, std::vector<ConversationPiece>& found) {
  std::uint64_t row = rows.first();
  for (const Record& record : rows.records()) {
    const std::uint64_t number = row++;
    if (record.session != session || number < next) continue;
    if (!std::exchange(begun, true)) {
      const std::lock_guard lock(mutex);
      startedLate = start.value_or(0) > 0 && !begins(record.kind);
    }
    messages = messages || isMessages(rows.flow(record));
    if (!belongs(record.kind)) continue;
    found.push_back(pieceOf(number, record));
    ConversationPiece& piece = found.back();
    if (piece.isOfStream())
      piece.afterGap = std::exchange(gap[piece.direction == Direction::out ? 1 : 0], false);
  }
}

// The rows of a slab; false where there is none.
bool Conversation::Impl::scan() {
  const LogSlab& rows = slabAt(std::max(next, log->first()));
  if (rows.empty() || rows.end() <= next) return false;
  if (start && rows.first() > next) gap = {true, true};
  if (!start) start = rows.first();
  std::vector<ConversationPiece> found;
  look(rows, found);
  next = rows.end();
  std::unique_lock lock(mutex);
  for (const ConversationPiece& piece : found) data.addPiece(piece);
  if (messages && !datagrams) {
    datagrams = true;
    data.dropFrames();
    data.setByPiece(true);
  }
  lookedTo = next;
  data.trim(log->first());
  tell(lock);
  return true;
}

// Called locked.
void Conversation::Impl::startFraming() {
  cutGeneration = generation;
  cutter.restart(spec);
  framedTo = data.pieces().first();
}

std::vector<ConversationPiece> Conversation::Impl::batch() {
  const std::lock_guard lock(mutex);
  data.trim(log->first());
  if (cutGeneration != generation) startFraming();
  framedTo = std::max(framedTo, data.pieces().first());
  cutter.forgetBelow(data.firstFrame());
  std::vector<ConversationPiece> pieces;
  if (data.byPiece()) {
    framedTo = data.pieces().end();
    return pieces;
  }
  std::size_t bytes = 0;
  for (std::uint64_t at = framedTo; at < data.pieces().end(); ++at) {
    pieces.push_back(data.pieces()[at]);
    bytes += pieces.back().length;
    if (bytes >= kBatchBytes || pieces.size() >= kBatchPieces) break;
  }
  return pieces;
}

// A batch of pieces into frames; false where all are.
bool Conversation::Impl::cut() {
  const std::vector<ConversationPiece> pieces = batch();
  if (pieces.empty()) return false;
  std::uint64_t index = framedTo;  // this thread alone changes it
  std::vector<FrameWrite> writes;
  for (const ConversationPiece& piece : pieces) {
    ByteView bytes;
    if (piece.isOfStream() && piece.length > 0) {
      const LogSlab& rows = slabAt(piece.row);
      // Evicted meanwhile: the cutter sees that bytes are missing.
      if (!rows.empty() && rows.first() <= piece.row && piece.row < rows.end())
        bytes = rows.payload(rows.records()[static_cast<std::size_t>(piece.row - rows.first())]);
    }
    cutter.push(index++, piece, bytes, writes);
  }
  cutter.tellOpen(writes);
  store(writes, index);
  return true;
}

void Conversation::Impl::store(const std::vector<FrameWrite>& writes, std::uint64_t to) {
  std::unique_lock lock(mutex);
  if (cutGeneration != generation || data.byPiece()) return;
  for (const FrameWrite& write : writes) {
    StoredFrame frame = data.packed(write.direction, write.frame, write.open);
    if (write.direction == Direction::none) frame = {.offset = write.frame.offset};
    data.putFrame(write.slot, frame);
  }
  framedTo = to;
  tell(lock);
}

Conversation::State Conversation::Impl::current() const {
  State state;
  state.firstPiece = data.pieces().first();
  state.endPiece = data.pieces().end();
  state.firstFrame = data.firstFrame();
  state.endFrame = data.endFrame();
  state.bytesIn = data.total(Direction::in);
  state.bytesOut = data.total(Direction::out);
  state.framing = generation;
  state.framedTo = data.byPiece() ? state.endPiece : framedTo;
  state.lookedTo = lookedTo;
  state.logFirst = log->first();
  state.logEnd = log->end();
  state.datagrams = datagrams;
  state.startedLate = startedLate;
  state.beginningGone = startedLate || state.firstPiece > 0;
  state.upToDate = asleep && !changed && lookedTo >= state.logEnd;
  return state;
}

Conversation::Conversation(std::shared_ptr<TrafficLog> log, SessionId session, std::function<void()> news)
    : impl_(std::make_unique<Impl>(std::move(log), session, std::move(news))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

Conversation::~Conversation() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_one();
  impl_->thread.join();
}

SessionId Conversation::session() const {
  return impl_->session;
}

void Conversation::setFraming(const FramingSpec& spec) {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->spec = spec;
    ++impl_->generation;
    impl_->data.dropFrames();
    impl_->data.setByPiece(impl_->datagrams || spec.kind == FramingKind::perRead);
    impl_->changed = true;
  }
  impl_->wake.notify_one();
}

FramingSpec Conversation::framing() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->spec;
}

void Conversation::logChanged() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->changed = true;
  }
  impl_->wake.notify_one();
}

Conversation::State Conversation::take() {
  const std::lock_guard lock(impl_->mutex);
  impl_->data.trim(impl_->log->first());
  impl_->told = false;
  return impl_->current();
}

Conversation::State Conversation::state() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->current();
}

std::optional<ConversationPiece> Conversation::piece(std::uint64_t index) const {
  const std::lock_guard lock(impl_->mutex);
  const auto& pieces = impl_->data.pieces();
  if (index < pieces.first() || index >= pieces.end()) return std::nullopt;
  return pieces[index];
}

std::optional<ConversationFrame> Conversation::frame(std::uint64_t index) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->data.frame(index);
}

std::optional<std::uint64_t> Conversation::frameFrom(std::uint64_t index, Direction direction) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->data.frameFrom(index, direction);
}

std::optional<std::uint64_t> Conversation::frameBefore(std::uint64_t index, Direction direction) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->data.frameBefore(index, direction);
}

std::optional<std::uint64_t> Conversation::frameAt(Direction direction, std::uint64_t offset) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->data.frameAt(direction, offset);
}

std::optional<std::uint64_t> Conversation::frameOfRow(std::uint64_t row) const {
  const std::lock_guard lock(impl_->mutex);
  const auto piece = impl_->data.pieceOfRow(row);
  return piece ? impl_->data.frameOfPiece(*piece) : std::nullopt;
}

std::optional<ConversationPiece> Conversation::pieceAt(Direction direction, std::uint64_t offset) const {
  const std::lock_guard lock(impl_->mutex);
  const auto piece = impl_->data.pieceAt(direction, offset);
  return piece ? std::optional(impl_->data.pieces()[*piece]) : std::nullopt;
}

std::optional<ConversationPiece> Conversation::pieceOfRow(std::uint64_t row) const {
  const std::lock_guard lock(impl_->mutex);
  const auto piece = impl_->data.pieceOfRow(row);
  return piece ? std::optional(impl_->data.pieces()[*piece]) : std::nullopt;
}

std::vector<std::uint64_t> Conversation::boundaries(Direction direction, std::uint64_t from, std::uint64_t to,
                                                    std::size_t most) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->data.boundaries(direction, from, to, most);
}

std::uint64_t Conversation::weightBefore(std::uint64_t frame) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->data.weightBefore(frame);
}

std::uint64_t Conversation::frameAtWeight(std::uint64_t weight) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->data.frameAtWeight(weight);
}

Bytes Conversation::bytes(Direction direction, std::uint64_t offset, std::size_t most) const {
  std::vector<ConversationPiece> pieces;
  {
    const std::lock_guard lock(impl_->mutex);
    const auto& all = impl_->data.pieces();
    const auto first = impl_->data.pieceAt(direction, offset);
    if (!first) return {};
    const std::uint64_t to = offset + std::min<std::uint64_t>(most, ~offset);
    for (std::uint64_t at = *first; at < all.end(); ++at) {
      const ConversationPiece& piece = all[at];
      if ((direction == Direction::out ? piece.outBefore : piece.inBefore) >= to) break;
      if (piece.isOfStream() && piece.direction == direction && piece.length > 0) pieces.push_back(piece);
    }
  }
  Bytes bytes;
  for (const ConversationPiece& piece : pieces) {
    const auto row = impl_->log->read(piece.row);
    if (!row) break;
    const std::uint64_t at = offset + bytes.size() - piece.offset();
    if (at > row->payload.bytes.size() || bytes.size() >= most) break;
    const ByteView rest = row->payload.bytes.subspan(static_cast<std::size_t>(at));
    const ByteView part = rest.first(std::min(rest.size(), most - bytes.size()));
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

Bytes Conversation::bytesBeside(const ConversationPiece& piece) const {
  const auto row = impl_->log->read(piece.row);
  if (!row) return {};
  return {row->payload.bytes.begin(), row->payload.bytes.end()};
}

}  // namespace sockbench
