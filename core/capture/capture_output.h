// CaptureOutput: the file or the pipe that a capture is written to.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace sockbench {

// Thread: one at a time; the capture's, which has SIGPIPE and SIGXFSZ blocked. wakeUp(): any.
class CaptureOutput {
 public:
  struct Written {
    std::size_t bytes = 0;
    std::optional<Error> error;  // why it is not all
  };

  // Errors: what open(2) says; EEXIST where something is there and `replace` is not set.
  static Result<CaptureOutput> create(const std::string& path, bool replace);
  // Takes the descriptor over; `name` is what errors call it.
  static Result<CaptureOutput> take(int descriptor, std::string name);

  CaptureOutput(CaptureOutput&& other) noexcept;
  CaptureOutput& operator=(CaptureOutput&&) = delete;
  ~CaptureOutput();

  // Whether somebody has to read it before there is room for more: then nobody shall wait for it.
  bool hasReader() const { return kind_ != Kind::file; }
  const std::string& name() const { return name_; }

  // Blocks: a file until the kernel has it, a pipe or a socket until it is read, or until 2 s have passed
  // since hurry(), in all writes together: then ETIMEDOUT.
  Written write(std::string_view bytes);
  void hurry();  // thread: any
  // Cuts off what a failed write left behind so many bytes of ours; what stood in a file before it was taken
  // stays. Elsewhere nothing.
  void cut(std::uint64_t size);
  // ENOENT where the file, or its folder, was removed.
  std::optional<Error> missing() const;
  std::optional<Error> sync();

 private:
  enum class Kind : std::uint8_t { file, pipe, socket };

  CaptureOutput(int descriptor, Kind kind, std::int64_t base, int wake, std::string name);
  bool waitForRoom();
  long writeSome(std::string_view bytes);

  int descriptor_;
  Kind kind_;
  std::int64_t base_;  // of a regular file: where it is written from; -1: it is none
  int wake_;           // an eventfd, readable from hurry() on
  std::optional<std::chrono::steady_clock::time_point> deadline_;  // once the thread has seen that
  bool ownsPath_ = false;
  std::string name_;
};

}  // namespace sockbench
