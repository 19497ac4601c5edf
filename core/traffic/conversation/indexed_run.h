// IndexedRun: a long row of small values, numbered for ever, that grows at its end and is let go at its
// front.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

namespace sockbench {

// Thread: one at a time.
template <class T>
class IndexedRun {
 public:
  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return end_; }
  bool empty() const { return first_ == end_; }

  const T& operator[](std::uint64_t index) const { return chunk(index)[index % kChunk]; }
  T& operator[](std::uint64_t index) { return chunk(index)[index % kChunk]; }
  void push(const T& value) {
    if (end_ % kChunk == 0) chunks_.push_back(std::make_unique_for_overwrite<T[]>(kChunk));
    chunk(end_)[end_ % kChunk] = value;
    ++end_;
  }
  void dropFirst() {
    ++first_;
    if (first_ % kChunk != 0) return;
    chunks_.pop_front();
    ++firstChunk_;
  }
  void clear() { *this = {}; }  // numbers begin at 0 again

 private:
  static constexpr std::uint64_t kChunk = 4096;
  T* chunk(std::uint64_t index) const {
    return chunks_[static_cast<std::size_t>(index / kChunk - firstChunk_)].get();
  }

  std::deque<std::unique_ptr<T[]>> chunks_;
  std::uint64_t firstChunk_ = 0;
  std::uint64_t first_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace sockbench
