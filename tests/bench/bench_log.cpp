// bench_log: how fast the traffic log takes records of 64 bytes, and what one costs in memory.
//
// Beside it a bare loop that copies the same 64 bytes into an array as large as the log's budget and stores
// a record of the same size into another. A writer publishes every 64 rows, as a readiness turn would.
#include <array>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "contest.h"
#include "core/traffic/traffic_log.h"
#include "loopback.h"
#include "report.h"

namespace {

using namespace sockbench;

constexpr std::size_t kRecordBytes = 64;
constexpr std::uint64_t kTurn = 64;

using Payload = std::array<std::byte, kRecordBytes>;

Payload pattern(std::uint64_t seed) {
  Payload bytes;
  std::memset(bytes.data(), static_cast<int>(seed & 0xff), bytes.size());
  return bytes;
}

class BareArrays {
 public:
  explicit BareArrays(std::size_t bytes)
      : records_(bytes / (kRecordBytes + sizeof(Record))), payload_(records_.size()) {}

  double rate(std::uint64_t count) {
    Payload bytes = pattern(1);
    Record record{.session = SessionId{1}, .length = kRecordBytes, .direction = Direction::in};
    const auto start = bench::Clock::now();
    for (std::uint64_t i = 0; i < count; ++i) {
      std::memcpy(bytes.data(), &i, sizeof i);
      record.value = i;
      payload_[at_] = bytes;
      records_[at_] = record;
      at_ = at_ + 1 == records_.size() ? 0 : at_ + 1;
    }
    return static_cast<double>(count) / bench::secondsSince(start);
  }

 private:
  std::vector<Record> records_;
  std::vector<Payload> payload_;
  std::size_t at_ = 0;
};

void appendRecords(TrafficWriter& writer, std::uint32_t session, std::uint64_t count) {
  auto flow = std::make_shared<Flow>();
  flow->session = SessionId{session};
  Payload bytes = pattern(session);
  const Record record{.session = flow->session, .direction = Direction::in};
  for (std::uint64_t i = 0; i < count; ++i) {
    std::memcpy(bytes.data(), &i, sizeof i);
    writer.append(record, flow, bytes);
    if (i % kTurn == kTurn - 1) writer.publish();
  }
  writer.publish();
}

class WrittenLog {
 public:
  explicit WrittenLog(std::uint32_t writers) {
    for (std::uint32_t i = 0; i < writers; ++i) writers_.push_back(log_->makeWriter());
  }

  double rate(std::uint64_t count) {
    const auto share = count / writers_.size();
    const auto start = bench::Clock::now();
    {
      std::vector<std::jthread> threads;
      for (std::uint32_t i = 1; i < writers_.size(); ++i)
        threads.emplace_back([this, i, share] { appendRecords(*writers_[i], i + 1, share); });
      appendRecords(*writers_[0], 1, share);
    }
    return static_cast<double>(share * writers_.size()) / bench::secondsSince(start);
  }

  double bytesPerRecord() const {
    return static_cast<double>(log_->bytesUsed()) / static_cast<double>(log_->end() - log_->first());
  }

 private:
  std::shared_ptr<TrafficLog> log_ = TrafficLog::create();
  std::vector<std::unique_ptr<TrafficWriter>> writers_;
};

}  // namespace

int main(int argc, char** argv) {
  // At least so many that the first round, which is not counted, fills the log.
  const std::uint64_t count = bench::parseOptions(argc, argv).quick ? 3'000'000 : 6'000'000;
  WrittenLog one(1);
  WrittenLog four(4);
  BareArrays bare(LogLimits{}.budgetBytes);
  const auto rounds = bench::alternate({{"one", [&] { return one.rate(count); }},
                                        {"bare", [&] { return bare.rate(count); }},
                                        {"four", [&] { return four.rate(count); }}});
  const bench::Report report("log");
  const std::string against = "a bare loop of copies and record stores";
  for (const auto& [what, which] : {std::pair{"append, one writer", 0U}, {"append, four writers", 2U}})
    report.add({.what = what,
                .unit = "records/s",
                .ours = rounds[which],
                .against = against,
                .baseline = rounds[1]});
  for (const auto& [what, log] :
       {std::pair{"memory a 64-byte record, one writer", &one}, {"the same, four writers", &four}})
    report.add(
        {.what = what, .unit = "bytes", .ours = {log->bytesPerRecord()}, .target = bench::valueAtMost(120)});
}
