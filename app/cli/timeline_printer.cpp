#include "app/cli/timeline_printer.h"

#include <algorithm>
#include <utility>

#include "app/cli/record_text.h"

namespace sockbench::cli {
namespace {

constexpr std::size_t kFewRows = 8;
constexpr std::size_t kManyRows = 1024;
// A batch holds its rows' blocks in the log; more than this is held only when single rows are that large.
constexpr std::size_t kBatchBytes = std::size_t{8} << 20;
constexpr std::size_t kWriteBytes = std::size_t{256} << 10;

}  // namespace

TimelinePrinter::TimelinePrinter(TrafficLog& log, Backlog& backlog, Doorbell& bell, PrinterSettings settings,
                                 std::function<void()> progressed, std::function<void()> caughtUp)
    : log_(log),
      backlog_(backlog),
      bell_(bell),
      settings_(std::move(settings)),
      progressed_(std::move(progressed)),
      caughtUp_(std::move(caughtUp)),
      batch_(kFewRows),
      thread_([this] { run(); }) {}

TimelinePrinter::~TimelinePrinter() {
  finish();
  thread_.join();
}

void TimelinePrinter::finish() {
  finishing_ = true;
  bell_.ring();
}

void TimelinePrinter::print(const RunSummary& summary) {
  settings_.format->append(text_, summary);
  flush();
}

void TimelinePrinter::run() {
  bool last = false;
  while (!last) {
    bell_.wait();
    last = finishing_;
    log_.acknowledge();
    printPublished();
    if (last) {
      text_ += std::exchange(early_, {});
      flush();
      finished_ = true;
    }
    progressed_();
  }
}

void TimelinePrinter::printPublished() {
  while (!dead_ && readBatch()) {
    std::size_t bytes = 0;
    for (const LogRow& row : rows_) {
      printRow(row);
      bytes += row.payload.bytes.size() + sizeof(Record);
      if (text_.size() >= kWriteBytes) flush();
    }
    flush();
    next_ = rows_.back().number + 1;
    rows_.clear();
    batch_ = bytes > kBatchBytes ? std::max(batch_ / 2, kFewRows) : std::min(batch_ * 2, kManyRows);
    printed_ += bytes;
    tellProgress();
  }
}

void TimelinePrinter::tellProgress() {
  if (backlog_.printed(printed_)) caughtUp_();
}

// False: everything that was published has been printed.
bool TimelinePrinter::readBatch() {
  const std::uint64_t published = log_.bytesPublished();
  while (log_.read(next_, batch_, rows_) == 0) {
    const std::uint64_t first = log_.first();
    if (first > next_) {
      skipTo(first);
      continue;
    }
    // What was lost on the way is made up for here.
    printed_ = std::max(printed_, published);
    tellProgress();
    return false;
  }
  skipTo(rows_.front().number);
  return true;
}

void TimelinePrinter::skipTo(std::uint64_t row) {
  const std::uint64_t missing = row - next_;
  next_ = row;
  if (missing == 0) return;
  lost_ += missing;
  if (settings_.forPeople) {
    text_ += "... " + std::to_string(missing) + " records were evicted before they could be printed\n";
  }
}

void TimelinePrinter::printRow(const LogRow& row) {
  const RecordKind kind = row.record.kind;
  if (settings_.received != nullptr && kind == RecordKind::in) {
    write(*settings_.received, asChars(row.payload.bytes));
  }
  if (settings_.forPeople && kind == RecordKind::error) {
    flush();
    Output(STDERR_FILENO).write(errorText(row));
  }
  if (!settings_.listeningFirst) {
    settings_.format->append(text_, row);
  } else if (kind == RecordKind::listening || kind == RecordKind::error) {
    settings_.listeningFirst = false;
    settings_.format->append(text_, row);
    text_ += std::exchange(early_, {});
  } else {
    settings_.format->append(early_, row);
  }
}

void TimelinePrinter::flush() {
  write(*settings_.lines, text_);
  text_.clear();
}

void TimelinePrinter::write(Output& output, std::string_view text) {
  for (; !text.empty() && !dead_; text.remove_prefix(std::min(text.size(), kWriteBytes))) {
    if (!output.write(text.substr(0, kWriteBytes))) dead_ = true;
    ++progress_;
  }
}

}  // namespace sockbench::cli
