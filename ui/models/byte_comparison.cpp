#include "ui/models/byte_comparison.h"

#include <algorithm>
#include <cstring>

namespace sockbench::ui {
namespace {

constexpr qsizetype kPiece = qsizetype{64} << 10;

// Joins what adjoins.
class Collector {
 public:
  void add(qsizetype place, qsizetype length) {
    if (length <= 0) return;
    found_.differing += length;
    if (found_.rangeCount > 0 && end_ == place) {
      if (found_.rangeCount == static_cast<qsizetype>(found_.ranges.size()))
        found_.ranges.back().length += length;
    } else {
      ++found_.rangeCount;
      if (found_.ranges.size() < ByteComparison::kMostRanges) found_.ranges.push_back({place, length});
    }
    end_ = place + length;
  }
  ByteComparison take() { return std::move(found_); }

 private:
  ByteComparison found_;
  qsizetype end_ = 0;
};

void comparePiece(ByteView one, ByteView other, qsizetype place, Collector& found) {
  if (std::memcmp(one.data(), other.data(), one.size()) == 0) return;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i] != other[i]) found.add(place + static_cast<qsizetype>(i), 1);
  }
}

ByteView cut(ByteView bytes, qsizetype from, qsizetype length) {
  return bytes.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(length));
}

}  // namespace

ByteComparison compareBytes(ByteView one, ByteView other, qsizetype shift, const std::atomic_bool* stop) {
  const auto oneEnd = static_cast<qsizetype>(one.size());
  const auto otherBegin = -shift;
  const auto otherEnd = static_cast<qsizetype>(other.size()) - shift;
  // Both have bytes in [from, to); apart from each other, nothing is common.
  const qsizetype from = std::max<qsizetype>(0, otherBegin);
  const qsizetype to = std::max(from, std::min(oneEnd, otherEnd));
  Collector found;
  if (oneEnd > 0) found.add(0, std::min(oneEnd, from));
  if (!other.empty()) found.add(otherBegin, std::min(otherEnd, from) - otherBegin);
  for (qsizetype place = from; place < to && (stop == nullptr || !*stop); place += kPiece) {
    const qsizetype length = std::min(kPiece, to - place);
    comparePiece(cut(one, place, length), cut(other, place + shift, length), place, found);
  }
  found.add(std::max(to, otherBegin), otherEnd - std::max(to, otherBegin));
  found.add(to, oneEnd - to);
  return found.take();
}

}  // namespace sockbench::ui
