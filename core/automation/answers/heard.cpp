#include "core/automation/answers/heard.h"

namespace sockbench {

void Heard::add(ByteView bytes) {
  if (!isStream_) {
    begin_ = end();
    view_ = bytes;
    return;
  }
  if (kept_.empty()) {
    begin_ = end();
    view_ = bytes;
    return;
  }
  kept_.insert(kept_.end(), bytes.begin(), bytes.end());
  view_ = kept_;
}

void Heard::settle(std::uint64_t needed) {
  const std::uint64_t last = end();
  std::uint64_t first = std::clamp(needed, begin_, last);
  if (!isStream_) first = last;
  if (last - first > kMostKept) first = last - kMostKept;
  const ByteView rest = view_.subspan(static_cast<std::size_t>(first - begin_));
  if (!kept_.empty()) {
    kept_.erase(kept_.begin(), kept_.end() - static_cast<std::ptrdiff_t>(rest.size()));
  } else {
    kept_.assign(rest.begin(), rest.end());
  }
  view_ = kept_;
  begin_ = first;
}

ByteView Heard::from(std::uint64_t place) const {
  return view_.subspan(static_cast<std::size_t>(std::clamp(place, begin_, end()) - begin_));
}

std::optional<Listening::Found> Listening::find(const Heard& heard, const BytePattern& pattern) {
  from_ = std::max(from_, heard.begin());
  std::uint64_t start = from_;
  if (const auto length = pattern.literalLength(); length && seen_ >= *length)
    start = std::max(start, seen_ - (*length - 1));
  const auto match = pattern.find(heard.from(start));
  if (!match) {
    seen_ = std::max(seen_, heard.end());
    return std::nullopt;
  }
  const std::uint64_t begin = start + match->offset;
  return Found{begin, begin + match->length, start};
}

std::vector<Bytes> Listening::groups(const Heard& heard, const BytePattern& pattern, const Found& found) {
  const ByteView bytes = heard.from(found.from);
  std::vector<Bytes> groups;
  for (const BytePattern::Match& group :
       pattern.findGroups(bytes, static_cast<std::size_t>(found.begin - found.from))) {
    const ByteView held = bytes.subspan(group.offset, group.length);
    groups.emplace_back(held.begin(), held.end());
  }
  return groups;
}

void Listening::goTo(std::uint64_t place) {
  from_ = std::max(from_, place);
  seen_ = std::max(seen_, from_);
}

std::uint64_t Listening::needed(const BytePattern& pattern) const {
  const auto length = pattern.literalLength();
  if (!length || seen_ < *length) return from_;
  return std::max(from_, seen_ - (*length - 1));
}

}  // namespace sockbench
