// bench_log: how fast the traffic log takes records of 64 bytes, how fast they are walked through, and what
// one costs in memory.
//
// Beside it bare loops: one copies the same 64 bytes into an array as large as the log's budget and stores
// a record of the same size into another; others read such arrays. A writer publishes every 64 rows, as a
// readiness turn would.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
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
  explicit WrittenLog(std::uint32_t writers, const LogLimits& limits = {})
      : log_(TrafficLog::create(limits)) {
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
  std::shared_ptr<TrafficLog> log_;
  std::vector<std::unique_ptr<TrafficWriter>> writers_;
};

// What the process has in memory, from proc(5).
std::size_t residentBytes() {
  std::size_t pages = 0;
  if (std::FILE* statm = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(statm, "%*s %zu", &pages) != 1) pages = 0;
    std::fclose(statm);
  }
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// A log that has room for all of its rows, and arrays of the same ones.
class Rows {
 public:
  explicit Rows(std::uint64_t count) {
    const std::size_t before = residentBytes();
    appendRecords(*log_->makeWriter(), 1, count);
    bytesPerRecord_ = static_cast<double>(residentBytes() - before) / static_cast<double>(count);
    records_.resize(count, Record{.session = SessionId{1}, .length = kRecordBytes});
    payload_.resize(count, pattern(1));
    for (std::uint64_t i = 0; i < count; ++i) std::memcpy(payload_[i].data(), &i, sizeof i);
  }

  double bytesPerRecord() const { return bytesPerRecord_; }

  double walkLog() const {
    return walk([this](auto&& passes) {
      std::size_t found = 0;
      for (LogSlab slab = log_->slab(0); !slab.empty(); slab = log_->slab(slab.end()))
        found += static_cast<std::size_t>(std::ranges::count_if(slab.records(), passes));
      return found;
    });
  }
  double walkArray() const {
    return walk(
        [this](auto&& passes) { return static_cast<std::size_t>(std::ranges::count_if(records_, passes)); });
  }
  double searchLog() const {
    return search([this](auto&& contains) {
      std::size_t found = 0;
      for (LogSlab slab = log_->slab(0); !slab.empty(); slab = log_->slab(slab.end())) {
        for (const Record& record : slab.records()) found += contains(slab.payload(record)) ? 1U : 0U;
      }
      return found;
    });
  }
  double searchArray() const {
    return search([this](auto&& contains) {
      return static_cast<std::size_t>(
          std::ranges::count_if(payload_, [&](const Payload& bytes) { return contains(ByteView(bytes)); }));
    });
  }

 private:
  double rate(std::size_t found, bench::Clock::time_point start) const {
    const double seconds = bench::secondsSince(start);
    if (found != 0) bench::fail("a row was found that is not there");
    return static_cast<double>(records_.size()) / seconds;
  }
  double walk(auto&& counted) const {
    const auto start = bench::Clock::now();
    return rate(counted([](const Record& record) {
                  return record.session == SessionId{7} && record.length > kRecordBytes / 2;
                }),
                start);
  }
  double search(auto&& counted) const {
    static constexpr std::string_view kWanted = "GET /";
    const auto start = bench::Clock::now();
    return rate(counted([](ByteView bytes) {
                  return ::memmem(bytes.data(), bytes.size(), kWanted.data(), kWanted.size()) != nullptr;
                }),
                start);
  }

  std::shared_ptr<TrafficLog> log_ = TrafficLog::create({.budgetBytes = std::size_t{4} << 30});
  std::vector<Record> records_;
  std::vector<Payload> payload_;
  double bytesPerRecord_ = 0;
};

void readInPlace(const bench::Report& report, std::uint64_t count) {
  const Rows rows(count);
  const auto rounds = bench::alternate({{"walk", [&] { return rows.walkLog(); }},
                                        {"array", [&] { return rows.walkArray(); }},
                                        {"search", [&] { return rows.searchLog(); }},
                                        {"memmem", [&] { return rows.searchArray(); }}});
  report.add({.what = "walk by slabs, two fields looked at",
              .unit = "records/s",
              .ours = rounds[0],
              .against = "a bare loop over an array of the same records",
              .baseline = rounds[1],
              .target = bench::ratioAtLeast(0.5)});
  report.add({.what = "memmem in 64 bytes by slabs",
              .unit = "records/s",
              .ours = rounds[2],
              .against = "memmem over an array of the same payloads",
              .baseline = rounds[3],
              .target = bench::ratioAtLeast(0.5)});
  report.add({.what = "memory of the process a 64-byte record",
              .unit = "bytes",
              .ours = {rows.bytesPerRecord()},
              .target = bench::valueAtMost(120)});
}

}  // namespace

int main(int argc, char** argv) {
  // At least so many that the first round, which is not counted, fills the log.
  const bool quick = bench::parseOptions(argc, argv).quick;
  const std::uint64_t count = quick ? 3'000'000 : 6'000'000;
  WrittenLog one(1);
  WrittenLog four(4);
  WrittenLog spilled(1, {.spillBytes = std::uint64_t{1} << 30});
  BareArrays bare(LogLimits{}.budgetBytes);
  const auto rounds = bench::alternate({{"one", [&] { return one.rate(count); }},
                                        {"bare", [&] { return bare.rate(count); }},
                                        {"four", [&] { return four.rate(count); }},
                                        {"spilled", [&] { return spilled.rate(count); }}});
  const bench::Report report("log");
  const std::string against = "a bare loop of copies and record stores";
  for (const auto& [what, which] : {std::pair{"append, one writer", 0U}, {"append, four writers", 2U}})
    report.add({.what = what,
                .unit = "records/s",
                .ours = rounds[which],
                .against = against,
                .baseline = rounds[1]});
  report.add({.what = "append, one writer, with spilling on",
              .unit = "records/s",
              .ours = rounds[3],
              .against = "the same with spilling off",
              .baseline = rounds[0]});
  for (const auto& [what, log] :
       {std::pair{"memory a 64-byte record, one writer", &one}, {"the same, four writers", &four}})
    report.add(
        {.what = what, .unit = "bytes", .ours = {log->bytesPerRecord()}, .target = bench::valueAtMost(120)});
  readInPlace(report, quick ? 2'000'000 : 10'000'000);
}
