// bench_filter: how fast filters go through a log of 64-byte records, on one thread.
//
// Beside them a bare loop over the very same records, memmem and RE2 alone over the very same payloads, and
// two programs over files of the same payloads: tshark with a display filter, and grep.
#include <re2/re2.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "child.h"
#include "contest.h"
#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"
#include "loopback.h"
#include "pcap_writer.h"
#include "report.h"

namespace {

using namespace sockbench;

constexpr std::size_t kRecordBytes = 64;
constexpr std::string_view kNeedle = "needle";
constexpr std::string_view kRegex = "ne+dle[a-m]";
constexpr std::uint16_t kPort = 80;
constexpr std::uint16_t kPorts = 100;  // one flow each, the first at kPort

// Lower-case letters and an end of line; each hundredth holds the needle.
class Payloads {
 public:
  std::string_view next() {
    for (char& c : bytes_) c = static_cast<char>('a' + random_() % 26);
    bytes_.back() = '\n';
    if (++count_ % 100 == 0) std::memcpy(&bytes_[random_() % 50], kNeedle.data(), kNeedle.size());
    return bytes_;
  }

 private:
  std::minstd_rand random_{42};
  std::string bytes_ = std::string(kRecordBytes, ' ');
  std::uint64_t count_ = 0;
};

std::shared_ptr<TrafficLog> fillLog(std::uint64_t count) {
  LogLimits limits;
  limits.budgetBytes = count * 128 + (std::size_t{64} << 20);
  auto log = TrafficLog::create(limits);
  const auto writer = log->makeWriter();
  std::vector<FlowPtr> flows;
  for (std::uint16_t i = 0; i < kPorts; ++i) {
    Flow flow;
    flow.session = SessionId{i + 1U};
    flow.local = SocketAddress::fromIpv4(0x7F000001, static_cast<std::uint16_t>(40000 + i));
    flow.peer = SocketAddress::fromIpv4(0x7F000001, static_cast<std::uint16_t>(kPort + i));
    flows.push_back(std::make_shared<const Flow>(flow));
  }
  Payloads payloads;
  for (std::uint64_t i = 0; i < count; ++i) {
    const FlowPtr& flow = flows[i % kPorts];
    Record record{.session = flow->session, .direction = Direction::in};
    if (i % 64 == 0) record.flags = kRecordUrgent;
    writer->append(record, flow, asBytes(payloads.next()));
  }
  writer->publish();
  if (log->first() != 0) bench::fail("the log does not hold all of its records");
  return log;
}

template <class Look>
double ratePerSecond(const TrafficLog& log, Look&& look) {
  const auto start = bench::Clock::now();
  for (LogSlab slab = log.slab(0); !slab.empty(); slab = log.slab(slab.end())) look(slab);
  return static_cast<double>(log.end()) / bench::secondsSince(start);
}

using Places = std::vector<std::uint32_t>;

double filterRate(const TrafficLog& log, const char* text) {
  const FilterPtr filter = Filter::parse(text).value_or(nullptr);
  if (!filter) bench::fail(std::string("no filter: ") + text);
  Places places;
  FilterContext context{&log.notes(), 0};
  return ratePerSecond(log, [&](const LogSlab& slab) {
    places.clear();
    filter->select(slab, context, places);
    context.previousTime = slab.records().back().time;
  });
}

// `passes` of each record, in a loop as anybody would write it.
template <class Passes>
double loopRate(const TrafficLog& log, Passes&& passes) {
  Places places;
  return ratePerSecond(log, [&](const LogSlab& slab) {
    places.clear();
    std::uint32_t place = 0;
    for (const Record& record : slab.records()) {
      if (passes(slab, record)) places.push_back(place);
      ++place;
    }
  });
}

double memmemRate(const TrafficLog& log) {
  return loopRate(log, [](const LogSlab& slab, const Record& record) {
    const ByteView bytes = slab.payload(record);
    return memmem(bytes.data(), bytes.size(), kNeedle.data(), kNeedle.size()) != nullptr;
  });
}

double re2Rate(const TrafficLog& log) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  const RE2 regex(re2::StringPiece(kRegex.data(), kRegex.size()), options);
  return loopRate(log, [&](const LogSlab& slab, const Record& record) {
    const std::string_view bytes = asChars(slab.payload(record));
    return RE2::PartialMatch(re2::StringPiece(bytes.data(), bytes.size()), regex);
  });
}

// A folder of our own, with the payloads as packets and as lines.
class Files {
 public:
  explicit Files(std::uint64_t count) : count_(count) {
    std::string name = (std::filesystem::temp_directory_path() / "bench_filter.XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) bench::fail("mkdtemp", errno);
    folder_ = name;
    bench::PcapWriter packets(pcap());
    std::ofstream lines(folder_ / "lines", std::ios::binary);
    Payloads payloads;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::string_view bytes = payloads.next();
      const auto flow = static_cast<std::uint16_t>(i % kPorts);
      packets.add(static_cast<std::uint16_t>(40000 + flow), static_cast<std::uint16_t>(kPort + flow), bytes);
      lines.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    lines.close();
    if (!packets.close() || !lines) bench::fail("the files cannot be written");
  }
  ~Files() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  // Without what it works out about streams by itself: our packets have no acknowledgements, over which it
  // takes ever longer.
  double tsharkRate() const {
    return rateOf({"tshark", "-n", "-o", "tcp.analyze_sequence_numbers:FALSE", "-o",
                   "tcp.desegment_tcp_streams:FALSE", "-r", pcap(), "-Y", "tcp.port == 80"});
  }
  double grepRate() const {
    return rateOf({"grep", "-a", "-c", "-F", std::string(kNeedle), (folder_ / "lines").string()});
  }

 private:
  std::string pcap() const { return (folder_ / "packets.pcap").string(); }
  double rateOf(const std::vector<std::string>& command) const {
    const auto start = bench::Clock::now();
    bench::Child child(command);
    child.waitForEnd(std::chrono::minutes(3));
    return static_cast<double>(count_) / bench::secondsSince(start);
  }

  std::uint64_t count_;
  std::filesystem::path folder_;
};

struct Match {
  std::string what;
  const char* filter;
  std::string against;
  std::function<double()> other;
  double target;
};

}  // namespace

int main(int argc, char** argv) {
  const bool quick = bench::parseOptions(argc, argv).quick;
  const auto log = fillLog(quick ? 2'000'000 : 10'000'000);
  const Files files(quick ? 200'000 : 1'000'000);
  const auto isUrgent = [](const LogSlab&, const Record& r) { return (r.flags & kRecordUrgent) != 0; };
  const auto isSession = [](const LogSlab&, const Record& r) { return r.session.value == 7; };
  const std::vector<Match> matches{
      {"a flag", "urgent", "a bare loop", [&] { return loopRate(*log, isUrgent); }, 1.0 / 5},
      {"a number", "session == 7", "a bare loop", [&] { return loopRate(*log, isSession); }, 1.0 / 5},
      {"a substring", "data contains \"needle\"", "memmem", [&] { return memmemRate(*log); }, 1.0 / 3},
      {"a regular expression", "data matches \"ne+dle[a-m]\"", "RE2", [&] { return re2Rate(*log); }, 1.0 / 2},
      {"a port", "port == 80", "tshark -Y 'tcp.port == 80'", [&] { return files.tsharkRate(); }, 100},
      {"a substring, again", "data contains \"needle\"", "grep -c", [&] { return files.grepRate(); }, 0},
  };
  const bench::Report report("filter");
  for (const Match& match : matches) {
    const auto rounds =
        bench::alternate({{"ours", [&] { return filterRate(*log, match.filter); }}, {"other", match.other}});
    bench::Finding finding{.what = match.what,
                           .unit = "records/s",
                           .ours = rounds[0],
                           .against = match.against,
                           .baseline = rounds[1]};
    if (match.target > 0) finding.target = bench::ratioAtLeast(match.target);
    report.add(finding);
  }
  const auto anyCase =
      bench::alternate({{"ours", [&] { return filterRate(*log, "text contains \"needle\""); }}});
  report.add({.what = "a substring in either case", .unit = "records/s", .ours = anyCase[0]});
}
