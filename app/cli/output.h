// Output: a descriptor that text is written to, which may be closed by its reader at any time.
#pragma once

#include <unistd.h>

#include <optional>
#include <string_view>

#include "core/base/error.h"

namespace sockbench::cli {

// Thread: one at a time.
class Output {
 public:
  explicit Output(int descriptor = STDOUT_FILENO) : descriptor_(descriptor) {}

  // Writes all of `text` at once, unbuffered. False when it could not: the reader has gone (closed()), or
  // failure() says what happened. From then on nothing is written.
  bool write(std::string_view text);

  bool closed() const { return closed_; }
  const std::optional<Error>& failure() const {
    return failure_;
  }  // ENOSPC, EIO...; not a reader that has gone

 private:
  bool stop(int error);

  int descriptor_;
  bool closed_ = false;
  std::optional<Error> failure_;
};

// To be called first in main(): a write to a closed pipe is an error instead of a signal, and a standard
// stream that was closed by the parent stays unusable instead of becoming the first socket that is opened.
void prepareStandardStreams();

}  // namespace sockbench::cli
