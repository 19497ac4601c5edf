#include "core/traffic/row_notes.h"

#include <utility>

namespace sockbench {
namespace {

// At a character's beginning, so that what is left is UTF-8 still.
void cutTo(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
}

}  // namespace

void RowNotes::setChangedHook(std::function<void()> changed) {
  const std::lock_guard lock(mutex_);
  changed_ = std::move(changed);
}

template <class Change>
void RowNotes::change(Change&& how) {
  std::function<void()> changed;
  {
    const std::lock_guard lock(mutex_);
    if (!how()) return;
    ++generation_;
    changed = changed_;
  }
  if (changed) changed();
}

std::uint64_t RowNotes::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

void RowNotes::setMarked(std::uint64_t row, bool marked) {
  change([&] {
    Note& note = notes_[row];
    const bool changed = std::exchange(note.marked, marked) != marked;
    if (note == Note{}) notes_.erase(row);
    return changed;
  });
}

void RowNotes::setComment(std::uint64_t row, std::string comment) {
  cutTo(comment, kMostComment);
  change([&] {
    Note& note = notes_[row];
    const bool changed = note.comment != comment;
    note.comment = std::move(comment);
    if (note == Note{}) notes_.erase(row);
    return changed;
  });
}

bool RowNotes::isMarked(std::uint64_t row) const {
  return note(row).marked;
}

RowNotes::Note RowNotes::note(std::uint64_t row) const {
  const std::lock_guard lock(mutex_);
  const auto found = notes_.find(row);
  return found == notes_.end() ? Note{} : found->second;
}

std::optional<std::uint64_t> RowNotes::nextMarked(std::uint64_t row) const {
  const std::lock_guard lock(mutex_);
  for (auto it = notes_.upper_bound(row); it != notes_.end(); ++it) {
    if (it->second.marked) return it->first;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> RowNotes::previousMarked(std::uint64_t row) const {
  const std::lock_guard lock(mutex_);
  for (auto it = notes_.lower_bound(row); it != notes_.begin();) {
    --it;
    if (it->second.marked) return it->first;
  }
  return std::nullopt;
}

std::vector<std::pair<std::uint64_t, RowNotes::Note>> RowNotes::notes(std::uint64_t from,
                                                                      std::uint64_t to) const {
  const std::lock_guard lock(mutex_);
  if (from >= to) return {};
  return {notes_.lower_bound(from), notes_.lower_bound(to)};
}

void RowNotes::setTimeReference(std::optional<std::uint64_t> row) {
  change([&] { return std::exchange(reference_, row) != row; });
}

std::optional<std::uint64_t> RowNotes::timeReference() const {
  const std::lock_guard lock(mutex_);
  return reference_;
}

void RowNotes::dropBelow(std::uint64_t first) {
  change([&] {
    const auto end = notes_.lower_bound(first);
    const bool changed = end != notes_.begin() || (reference_ && *reference_ < first);
    notes_.erase(notes_.begin(), end);
    if (reference_ && *reference_ < first) reference_.reset();
    return changed;
  });
}

}  // namespace sockbench
