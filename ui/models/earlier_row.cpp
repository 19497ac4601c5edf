#include "ui/models/earlier_row.h"

#include <algorithm>

namespace sockbench::ui {
namespace {

constexpr std::uint64_t kWindow = std::uint64_t{64} << 10;  // rows looked through at a time

// Of [from, to), the last.
std::optional<std::uint64_t> lastAlike(const TrafficLog& log, std::uint64_t from, std::uint64_t to,
                                       const Record& like) {
  std::optional<std::uint64_t> found;
  while (from < to) {
    const LogSlab slab = log.slab(from, static_cast<std::size_t>(to - from));
    if (slab.empty()) break;
    std::uint64_t number = slab.first();
    for (const Record& record : slab.records()) {
      if (number < to && record.session == like.session && record.kind == like.kind) found = number;
      ++number;
    }
    from = slab.end();
  }
  return found;
}

}  // namespace

std::optional<LogRow> earlierRowAlike(const TrafficLog& log, const LogRow& row) {
  if (row.record.kind != RecordKind::in && row.record.kind != RecordKind::out) return std::nullopt;
  std::uint64_t to = row.number;
  while (to > log.first()) {
    const std::uint64_t from = std::max(log.first(), to - std::min(to, kWindow));
    if (const auto number = lastAlike(log, from, to, row.record)) return log.read(*number);
    to = from;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> markedRowNear(const TrafficLog& log, std::uint64_t number) {
  const auto above = log.notes().previousMarked(number);
  return above ? above : log.notes().nextMarked(number);
}

}  // namespace sockbench::ui
