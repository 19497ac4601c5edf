// ByteSource: the bytes of a file or pipe, one after another, which another thread may end at any moment.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// Thread: one, but for what says otherwise.
class ByteSource {
 public:
  // Takes `descriptor` over. `name` is the subject of errors. `waits`: it is no regular file, so that bytes
  // may be long in coming.
  ByteSource(int descriptor, std::string name, bool waits);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // Called when nothing is there to be read now, before it is waited for.
  void setWaitingHook(std::function<void()> waiting) { waiting_ = std::move(waiting); }

  // The next `count` bytes, which stay there; fewer at the end. They are valid until the next call of peek().
  // Errors: read(2)'s; ECANCELED after stop().
  Result<ByteView> peek(std::size_t count);
  // At most `most` bytes, as many as are there already; at least one, but at the end.
  Result<ByteView> peekSome(std::size_t most);
  // Takes `count` of the bytes that the last peek() showed.
  void skip(std::size_t count);

  std::uint64_t position() const { return position_; }  // bytes taken. Thread: any
  const std::string& name() const { return name_; }
  void stop();  // whoever waits for bytes waits no longer. Thread: any
  bool isStopped() const { return stopped_; }

 private:
  Result<bool> fill();  // false: the end
  bool waitForBytes();

  int descriptor_;
  int wake_;  // an eventfd
  std::string name_;
  bool waits_;
  std::function<void()> waiting_;
  Bytes buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::atomic<std::uint64_t> position_{0};
  std::atomic<bool> stopped_{false};
};

}  // namespace sockbench
