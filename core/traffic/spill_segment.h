// SpillSegment: a file without a name that rows are written to and read from in place.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// The file has no name from the beginning (or loses it at once), so nothing stays behind however the process
// ends, and nobody can cut it short under those who read it. append() and finish() by one thread; what has
// been appended can be read by any thread that was told of it. Its room on the disk is free when the last
// holder has gone.
class SpillSegment {
 public:
  // What is appended begins at multiples of so many bytes.
  static constexpr std::size_t kAlignment = 4096;

  // `folder` empty: see spillFolder(). `room` bytes can be appended in all. Errors: what open, unlink or mmap
  // said.
  static Result<std::shared_ptr<SpillSegment>> create(const std::string& folder, std::size_t room);
  ~SpillSegment();
  SpillSegment(const SpillSegment&) = delete;
  SpillSegment& operator=(const SpillSegment&) = delete;

  std::size_t room() const { return room_ - used_; }  // that is left
  std::size_t used() const { return used_; }          // where the next bytes go
  // Errors: what write said (ENOSPC, EDQUOT, EIO, EFBIG); what had been written of it is written over next
  // time.
  Result<void> append(ByteView bytes);
  void align();   // the next bytes go to a multiple of kAlignment, room or not
  void finish();  // nothing more comes: the descriptor is closed

  const std::byte* at(std::size_t offset) const { return memory_ + offset; }
  // The process no longer has these bytes in memory; the system may. They can be read again at any time.
  void forget(std::size_t offset, std::size_t length) const;

 private:
  SpillSegment(std::string folder, int fd, const std::byte* memory, std::size_t room)
      : folder_(std::move(folder)), fd_(fd), memory_(memory), room_(room) {}

  const std::string folder_;
  int fd_;
  const std::byte* const memory_;
  const std::size_t room_;
  std::size_t used_ = 0;
};

// `folder`, or where large temporary files belong when it is empty: TMPDIR, else /var/tmp
// (file-hierarchy(7)).
std::string spillFolder(const std::string& folder);

}  // namespace sockbench
