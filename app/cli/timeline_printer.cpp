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
    for (const Record& record : slab_.records()) bytes += record.length + sizeof(Record);
    printSlab();
    flush();
    next_ = slab_.end();
    slab_ = {};
    batch_ = bytes > kBatchBytes ? std::max(batch_ / 2, kFewRows) : std::min(batch_ * 2, kManyRows);
    printed_ += bytes;
    tellProgress();
  }
}

void TimelinePrinter::printSlab() {
  const FilterContext context{.previousTime = previousTime_};
  selected_.clear();
  if (settings_.filter) settings_.filter->select(slab_, context, selected_);
  auto passing = selected_.begin();
  for (std::size_t at = 0; at < slab_.size(); ++at) {
    const Record& record = slab_.records()[at];
    const bool passes = !settings_.filter || (passing != selected_.end() && *passing == at);
    if (settings_.filter && passes) ++passing;
    printRow({slab_.first() + at, record, slab_.flow(record), slab_.pinned(record)}, passes);
    if (text_.size() >= kWriteBytes) flush();
  }
  previousTime_ = slab_.records().back().time;
}

void TimelinePrinter::tellProgress() {
  if (backlog_.printed(printed_)) caughtUp_();
}

// False: everything that was published has been printed.
bool TimelinePrinter::readBatch() {
  const std::uint64_t published = log_.bytesPublished();
  for (slab_ = log_.slab(next_, batch_); slab_.empty(); slab_ = log_.slab(next_, batch_)) {
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
  skipTo(slab_.first());
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

void TimelinePrinter::printRow(const LogRow& row, bool passes) {
  const RecordKind kind = row.record.kind;
  if (settings_.received != nullptr && kind == RecordKind::in) {
    write(*settings_.received, asChars(row.payload.bytes));
  }
  // What a filter keeps from a program is told where it would be told a person.
  if ((settings_.forPeople || !passes) && kind == RecordKind::error) {
    flush();
    Output(STDERR_FILENO).write(errorText(row));
  }
  if (!settings_.listeningFirst) {
    if (passes) settings_.format->append(text_, row);
  } else if (kind == RecordKind::listening || kind == RecordKind::error) {
    settings_.listeningFirst = false;
    if (passes) settings_.format->append(text_, row);
    text_ += std::exchange(early_, {});
  } else if (passes) {
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
