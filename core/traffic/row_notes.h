// RowNotes: what a person has written beside rows of a log: marks, comments, the time reference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sockbench {

// By row number. Notes of rows that are gone go with dropBelow(). Thread: any.
class RowNotes {
 public:
  static constexpr std::size_t kMostComment = 4096;  // bytes of UTF-8; longer ones are cut at a character

  struct Note {
    bool marked = false;
    std::string comment;  // UTF-8; empty: none
    bool operator==(const Note&) const = default;
  };

  // Called, on the thread that changed something, after each change. Must not call back. Set once.
  void setChangedHook(std::function<void()> changed);
  std::uint64_t generation() const;  // grows with each change

  void setMarked(std::uint64_t row, bool marked);
  void setComment(std::uint64_t row, std::string comment);
  bool isMarked(std::uint64_t row) const;
  Note note(std::uint64_t row) const;
  // The nearest row with a mark above / below `row`, without `row` itself.
  std::optional<std::uint64_t> nextMarked(std::uint64_t row) const;
  std::optional<std::uint64_t> previousMarked(std::uint64_t row) const;
  // All notes of rows in [from, to), ascending.
  std::vector<std::pair<std::uint64_t, Note>> notes(std::uint64_t from, std::uint64_t to) const;

  // The row from which times may be counted; nullopt: none.
  void setTimeReference(std::optional<std::uint64_t> row);
  std::optional<std::uint64_t> timeReference() const;

  void dropBelow(std::uint64_t first);

 private:
  template <class Change>
  void change(Change&& how);

  mutable std::mutex mutex_;
  std::map<std::uint64_t, Note> notes_;
  std::optional<std::uint64_t> reference_;
  std::uint64_t generation_ = 0;
  std::function<void()> changed_;
};

}  // namespace sockbench
