#include "core/capture/read/capture_import.h"

#include <string>

namespace sockbench {

bool CaptureImport::stop(std::optional<Error> error) {
  error_ = std::move(error);
  own_.finish();
  foreign_.finish();
  rows_.publish();
  return false;
}

bool CaptureImport::step() {
  if (!packetSource_) {
    Result<std::unique_ptr<PacketSource>> opened = openPacketSource(source_);
    if (!opened) return stop(opened.error());
    packetSource_ = std::move(*opened);
  }
  const Result<bool> more = packetSource_->next(packet_);
  if (!more) return stop(more.error());
  if (!*more) return stop(std::nullopt);
  if (rows_.isFull()) {
    return stop(Error::fromInput(InputFault::tooLarge, source_.name(), std::nullopt,
                                 "behind packet " + std::to_string(packets_) + ": more than " +
                                     std::to_string(ImportedRows::kMostSessions) + " sessions"));
  }
  ++packets_;
  if (!take()) ++passedOver_;
  return true;
}

bool CaptureImport::take() {
  switch (own_.take(packet_)) {
    case OwnTraffic::Taken::ours:
      return true;
    case OwnTraffic::Taken::damaged:
      return false;
    case OwnTraffic::Taken::notOurs:
      break;
  }
  return foreign_.take(packet_);
}

std::uint64_t CaptureImport::passedOver() const {
  return passedOver_ + foreign_.passedOver() + (packetSource_ ? packetSource_->damaged() : 0);
}

}  // namespace sockbench
