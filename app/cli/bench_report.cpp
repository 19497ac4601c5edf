#include "app/cli/bench_report.h"

#include <array>
#include <cstdio>
#include <utility>

#include "app/cli/json_output.h"
#include "app/cli/text_table.h"

namespace sockbench::cli {
namespace {

constexpr std::array<std::pair<const char*, double>, 4> kPercentiles = {
    {{"p50", 50}, {"p90", 90}, {"p99", 99}, {"p99.9", 99.9}}};

double microseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e3;
}

double seconds(const ClientSwarm& swarm) {
  return std::max(1e-9, std::chrono::duration<double>(swarm.elapsed()).count());
}

Json timesJson(const LatencyHistogram& times) {
  if (times.count() == 0) return nullptr;
  Json json{
      {"count", times.count()}, {"min", microseconds(times.least())}, {"mean", microseconds(times.mean())}};
  for (const auto& [name, percent] : kPercentiles) json[name] = microseconds(times.percentile(percent));
  json["max"] = microseconds(times.most());
  return json;
}

Json histogramJson(const LatencyHistogram& times) {
  Json list = Json::array();
  for (const auto& bucket : times.buckets())
    list.push_back({{"le_us", microseconds(bucket.most)}, {"count", bucket.count}});
  return list;
}

Json errorsJson(const SwarmBoard& board) {
  Json list = Json::array();
  for (const SwarmError& error : board.errors()) {
    Json json = errorToJson(error.first);
    json["count"] = error.count;
    list.push_back(std::move(json));
  }
  return list;
}

std::string number(double value, const char* format) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

// Three digits that count, in the unit that fits.
std::string timeText(std::chrono::nanoseconds time) {
  double value = microseconds(time);
  const char* unit = " us";
  if (value >= 1e6)
    value /= 1e6, unit = " s";
  else if (value >= 1e3)
    value /= 1e3, unit = " ms";
  return number(value, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f") + unit;
}

std::vector<std::string> timesRow(const std::string& name, const LatencyHistogram& times) {
  std::vector<std::string> row{name, std::to_string(times.count())};
  if (times.count() == 0) return row.resize(9, "-"), row;
  row.push_back(timeText(times.least()));
  row.push_back(timeText(times.mean()));
  for (const auto& [title, percent] : kPercentiles) row.push_back(timeText(times.percentile(percent)));
  row.push_back(timeText(times.most()));
  return row;
}

std::string clientsText(const SwarmTotals& totals, const ClientSwarm& swarm) {
  std::string text = std::to_string(swarm.spec().clients) + " clients of " +
                     printable(swarm.spec().connect.endpoint.text()) + ": " + std::to_string(totals.opened) +
                     " opened, " + std::to_string(totals.in(SwarmState::failed)) + " failed, " +
                     std::to_string(totals.closedByPeer) + " closed by the peer";
  if (const auto idle = totals.in(SwarmState::idle)) text += ", " + std::to_string(idle) + " not begun";
  return text + " in " + number(seconds(swarm), "%.2f") + " s\n";
}

std::string messagesText(const SwarmTotals& totals, const ClientSwarm& swarm) {
  if (!swarm.spec().message) return {};
  const double time = seconds(swarm);
  std::string text = std::to_string(totals.sent) + " messages sent";
  if (swarm.spec().answer.how != AnswerCheck::How::none)
    text += ", " + std::to_string(totals.answered) + " answered, " +
            std::to_string(totals.sent - std::min(totals.sent, totals.answered)) + " not";
  if (totals.refused > 0) text += ", " + std::to_string(totals.refused) + " could not be sent";
  return text + "\nper second: " + number(static_cast<double>(totals.sent) / time, "%.0f") + " messages, " +
         number(static_cast<double>(totals.answered) / time, "%.0f") + " answers, " +
         number(static_cast<double>(totals.bytesOut) / time / 1e6, "%.3f") + " MB out, " +
         number(static_cast<double>(totals.bytesIn) / time / 1e6, "%.3f") + " MB in\n";
}

}  // namespace

Json benchJson(const ClientSwarm& swarm) {
  const SwarmTotals totals = swarm.board().totals();
  const LatencyHistogram answers = swarm.board().answers();
  const double time = seconds(swarm);
  return {{"kind", "bench"},
          {"endpoint", jsonText(swarm.spec().connect.endpoint.text())},
          {"clients", swarm.spec().clients},
          {"opened", totals.opened},
          {"failed", totals.in(SwarmState::failed)},
          {"closed_by_peer", totals.closedByPeer},
          {"not_begun", totals.in(SwarmState::idle)},
          {"messages_sent", totals.sent},
          {"answered", totals.answered},
          {"not_answered", swarm.spec().answer.how == AnswerCheck::How::none
                               ? 0
                               : totals.sent - std::min(totals.sent, totals.answered)},
          {"refused", totals.refused},
          {"bytes_out", totals.bytesOut},
          {"bytes_in", totals.bytesIn},
          {"elapsed_ms", milliseconds(swarm.elapsed())},
          {"messages_per_second", static_cast<double>(totals.sent) / time},
          {"answers_per_second", static_cast<double>(totals.answered) / time},
          {"connect_us", timesJson(swarm.board().connecting())},
          {"latency_us", timesJson(answers)},
          {"histogram", histogramJson(answers)},
          {"errors", errorsJson(swarm.board())}};
}

std::string benchText(const ClientSwarm& swarm) {
  const SwarmTotals totals = swarm.board().totals();
  std::string text = clientsText(totals, swarm) + messagesText(totals, swarm) + '\n';
  TextTable times({"", "COUNT", "MIN", "MEAN", "P50", "P90", "P99", "P99.9", "MAX"});
  times.add(timesRow("connect", swarm.board().connecting()));
  if (swarm.spec().message) times.add(timesRow("answer", swarm.board().answers()));
  text += times.text();
  const auto errors = swarm.board().errors();
  if (errors.empty()) return text;
  TextTable table({"ERROR", "COUNT", "MEANING", "FIRST"});
  for (const SwarmError& error : errors)
    table.add(
        {error.first.symbol(), std::to_string(error.count), error.first.message(), error.first.subject});
  return text + '\n' + table.text();
}

}  // namespace sockbench::cli
