#include "app/cli/answer_writer.h"

#include <utility>

namespace sockbench::cli {

AnswerWriter::AnswerWriter(Output& out) : out_(out), thread_([this] { work(); }) {}

AnswerWriter::~AnswerWriter() {
  {
    const std::lock_guard lock(mutex_);
    isOver_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void AnswerWriter::write(std::string_view line) {
  {
    const std::lock_guard lock(mutex_);
    text_ += line;
  }
  changed_.notify_one();
}

void AnswerWriter::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return isOver_ || !text_.empty(); });
    if (text_.empty()) return;
    const std::string text = std::exchange(text_, {});
    lock.unlock();
    out_.write(text);
    lock.lock();
  }
}

}  // namespace sockbench::cli
