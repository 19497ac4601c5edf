#include "core/engine/detail/send_queue.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

namespace sockbench::detail {
namespace {

Error notOpen() {
  return Error::fromInput(InputFault::notOpen, {}, std::nullopt, "the session is not open for sending",
                          Operation::send);
}

Error queueFull(std::size_t wanted, std::size_t queued, std::size_t limit) {
  return Error::fromInput(InputFault::queueFull, {}, std::nullopt,
                          std::to_string(wanted) +
                              " bytes do not fit into the send queue: " + std::to_string(queued) + " of " +
                              std::to_string(limit) + " bytes wait for the peer to read",
                          Operation::send);
}

}  // namespace

ByteView OutItem::rest() const {
  if (std::holds_alternative<OutFile>(data)) return {};
  const ByteView whole = isShared() ? std::get<PinnedBytes>(data).bytes : ByteView(std::get<Bytes>(data));
  return whole.subspan(sent);
}

PinnedBytes OutItem::sharedPart(std::size_t offset, std::size_t length) const {
  PinnedBytes part = std::get<PinnedBytes>(data);
  part.bytes = part.bytes.subspan(offset, length);
  part.offset += static_cast<std::uint32_t>(offset);
  return part;
}

Result<void> SendQueue::push(Bytes data, bool* wasIdle, bool isAnswer) {
  bytes_ += data.size();
  items_.push_back({.data = std::move(data), .isAnswer = isAnswer});
  *wasIdle = !std::exchange(busy_, true);
  return {};
}

Result<void> SendQueue::offer(Bytes data, bool* wasIdle, bool isAnswer) {
  const std::scoped_lock lock(mutex_);
  if (!accepting_) return std::unexpected(notOpen());
  if (bytes_ + data.size() > limit_) return std::unexpected(queueFull(data.size(), bytes_, limit_));
  return push(std::move(data), wasIdle, isAnswer);
}

Result<void> SendQueue::offerWhenRoom(Bytes data, std::stop_token stop, bool* wasIdle) {
  std::unique_lock lock(mutex_);
  if (data.size() > limit_) return std::unexpected(queueFull(data.size(), bytes_, limit_));
  const bool ready = room_.wait(lock, stop, [&] { return !accepting_ || bytes_ + data.size() <= limit_; });
  if (!ready) return std::unexpected(Error::fromErrno(Operation::send, ECANCELED));
  if (!accepting_) return std::unexpected(notOpen());
  return push(std::move(data), wasIdle, false);
}

Result<void> SendQueue::offerFile(std::shared_ptr<FileSend> file, bool* wasIdle) {
  const std::scoped_lock lock(mutex_);
  if (!accepting_) return std::unexpected(notOpen());
  items_.push_back({.data = OutFile{.file = std::move(file)}});
  *wasIdle = !std::exchange(busy_, true);
  return {};
}

std::vector<std::shared_ptr<FileSend>> SendQueue::files() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::shared_ptr<FileSend>> files;
  for (const OutItem& item : items_)
    if (const auto* out = std::get_if<OutFile>(&item.data)) files.push_back(out->file);
  return files;
}

std::size_t SendQueue::bytes() const {
  const std::scoped_lock lock(mutex_);
  return bytes_;
}

void SendQueue::open() {
  const std::scoped_lock lock(mutex_);
  accepting_ = true;
}

void SendQueue::stopAccepting() {
  const std::scoped_lock lock(mutex_);
  accepting_ = false;
  room_.notify_all();
}

std::size_t SendQueue::discard() {
  const std::scoped_lock lock(mutex_);
  accepting_ = false;
  items_.clear();
  room_.notify_all();
  return std::exchange(bytes_, 0);
}

void SendQueue::pushEcho(PinnedBytes data) {
  const std::scoped_lock lock(mutex_);
  bytes_ += data.bytes.size();
  if (data.bytes.empty())
    items_.push_back({.data = Bytes(), .isAnswer = true});
  else
    items_.push_back({.data = std::move(data), .isAnswer = true});
  busy_ = true;
}

bool SendQueue::pushAnswer(Bytes data) {
  const std::scoped_lock lock(mutex_);
  if (!accepting_ || (bytes_ > 0 && bytes_ + data.size() > limit_)) return false;
  bytes_ += data.size();
  items_.push_back({.data = std::move(data), .isAnswer = true});
  busy_ = true;
  return true;
}

bool SendQueue::isAccepting() const {
  const std::scoped_lock lock(mutex_);
  return accepting_;
}

bool SendQueue::isCrowded() const {
  const std::scoped_lock lock(mutex_);
  return bytes_ > 0 && bytes_ >= limit_;
}

bool SendQueue::hasRoomAgain() const {
  const std::scoped_lock lock(mutex_);
  return bytes_ <= limit_ / 2;
}

OutItem* SendQueue::front() {
  const std::scoped_lock lock(mutex_);
  busy_ = !items_.empty();
  return busy_ ? &items_.front() : nullptr;
}

void SendQueue::sent(std::size_t n) {
  const std::scoped_lock lock(mutex_);
  items_.front().sent += n;
  bytes_ -= n;
  if (bytes_ <= limit_ / 2) room_.notify_all();
}

std::size_t SendQueue::peek(std::span<const OutItem*> into) {
  const std::scoped_lock lock(mutex_);
  busy_ = !items_.empty();
  std::size_t count = 0;
  for (auto item = items_.cbegin(); item != items_.cend() && count < into.size(); ++item)
    into[count++] = &*item;
  return count;
}

void SendQueue::pop(std::size_t items) {
  const std::scoped_lock lock(mutex_);
  for (std::size_t i = 0; i < items; ++i) {
    bytes_ -= items_.front().rest().size();
    items_.pop_front();
  }
  if (bytes_ <= limit_ / 2) room_.notify_all();
}

}  // namespace sockbench::detail
