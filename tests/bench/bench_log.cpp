// bench_log: how fast the traffic log takes records of 64 bytes, and what one costs in memory.
//
// Each figure is the median of five rounds over warm memory, beside a bare loop in the same run that copies
// the same 64 bytes into an array as large as the log's budget. A writer publishes every 64 rows, as a
// readiness turn would.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>
#include <vector>

#include "core/traffic/traffic_log.h"

using namespace sockbench;

namespace {

constexpr std::size_t kRecordBytes = 64;
constexpr std::uint64_t kRecords = 4'000'000;
constexpr std::uint64_t kTurn = 64;
constexpr std::size_t kRounds = 5;

template <class Work>
double recordsPerSecond(const Work& work) {
  std::array<double, kRounds> rates{};
  work();  // warms the memory
  for (double& rate : rates) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    rate = static_cast<double>(kRecords) / took.count();
  }
  std::ranges::sort(rates);
  return rates[kRounds / 2];
}

std::array<std::byte, kRecordBytes> pattern(std::uint64_t seed) {
  std::array<std::byte, kRecordBytes> bytes;
  std::memset(bytes.data(), static_cast<int>(seed & 0xff), bytes.size());
  return bytes;
}

double bareRate(std::size_t arrayBytes) {
  std::vector<std::byte> array(arrayBytes / kRecordBytes * kRecordBytes);
  std::size_t at = 0;
  return recordsPerSecond([&] {
    std::array<std::byte, kRecordBytes> bytes = pattern(1);
    for (std::uint64_t i = 0; i < kRecords; ++i) {
      std::memcpy(bytes.data(), &i, sizeof i);
      std::memcpy(array.data() + at, bytes.data(), bytes.size());
      at = at + kRecordBytes == array.size() ? 0 : at + kRecordBytes;
    }
  });
}

void appendRecords(TrafficWriter& writer, std::uint32_t session, std::uint64_t count) {
  auto flow = std::make_shared<Flow>();
  flow->session = SessionId{session};
  std::array<std::byte, kRecordBytes> bytes = pattern(session);
  const Record record{.session = flow->session, .direction = Direction::in};
  for (std::uint64_t i = 0; i < count; ++i) {
    std::memcpy(bytes.data(), &i, sizeof i);
    writer.append(record, flow, bytes);
    if (i % kTurn == kTurn - 1) writer.publish();
  }
  writer.publish();
}

double logRate(TrafficLog& log, std::uint32_t writers) {
  std::vector<std::unique_ptr<TrafficWriter>> pens;
  for (std::uint32_t i = 0; i < writers; ++i) pens.push_back(log.makeWriter());
  return recordsPerSecond([&] {
    std::vector<std::jthread> threads;
    for (std::uint32_t i = 1; i < writers; ++i) {
      threads.emplace_back([&, i] { appendRecords(*pens[i], i + 1, kRecords / writers); });
    }
    appendRecords(*pens[0], 1, kRecords / writers);
  });
}

}  // namespace

int main() {
  const std::size_t budget = LogLimits{}.budgetBytes;
  const double bare = bareRate(budget);
  std::printf("bare memcpy   %12.0f records/s\n", bare);
  for (const std::uint32_t writers : {1U, 4U}) {
    const auto log = TrafficLog::create();
    const double rate = logRate(*log, writers);
    const auto kept = static_cast<double>(log->end() - log->first());
    std::printf("%u writer%s     %12.0f records/s  ratio %.3f  %.1f bytes per %zu-byte record\n", writers,
                writers == 1 ? " " : "s", rate, rate / bare, static_cast<double>(log->bytesUsed()) / kept,
                kRecordBytes);
  }
}
