// AnswerWriter: lines for standard output from any thread, written by one of its own, so that a slow reader
// holds up no call.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "app/cli/output.h"

namespace sockbench::cli {

class AnswerWriter {
 public:
  explicit AnswerWriter(Output& out);
  ~AnswerWriter();  // when all is written, or nobody reads any more
  AnswerWriter(const AnswerWriter&) = delete;
  AnswerWriter& operator=(const AnswerWriter&) = delete;

  void write(std::string_view line);  // with its end. Thread: any; never waits

 private:
  void work();

  Output& out_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
  bool isOver_ = false;
  std::thread thread_;
};

}  // namespace sockbench::cli
