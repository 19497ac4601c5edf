#include "report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string_view>

namespace bench {
namespace {

void print(const nlohmann::ordered_json& line) {
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

std::optional<double> ratioOf(const Finding& finding) {
  if (finding.baseline.empty()) return std::nullopt;
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(finding.ours.size(), finding.baseline.size()); ++i)
    if (finding.baseline[i] > 0) ratios.push_back(finding.ours[i] / finding.baseline[i]);
  return median(std::move(ratios));
}

std::string targetText(const Target& target) {
  char text[64];
  std::snprintf(text, sizeof text, "%s %g%s",
                target.bound == Target::Bound::atLeast ? ">=" : "<=", target.limit,
                target.of == Target::Of::ratio ? "x" : "");
  return text;
}

bool isMet(const Target& target, double value) {
  return target.bound == Target::Bound::atLeast ? value >= target.limit : value <= target.limit;
}

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Target ratioAtLeast(double limit) {
  return {Target::Of::ratio, Target::Bound::atLeast, limit};
}
Target ratioAtMost(double limit) {
  return {Target::Of::ratio, Target::Bound::atMost, limit};
}
Target valueAtLeast(double limit) {
  return {Target::Of::value, Target::Bound::atLeast, limit};
}
Target valueAtMost(double limit) {
  return {Target::Of::value, Target::Bound::atMost, limit};
}

void Report::add(const Finding& finding) const {
  const double ours = median(finding.ours);
  nlohmann::ordered_json line{
      {"bench", bench_}, {"what", finding.what}, {"unit", finding.unit}, {"ours", ours}};
  const auto ratio = ratioOf(finding);
  if (ratio) {
    line["against"] = finding.against;
    line["baseline"] = median(finding.baseline);
    line["ratio"] = *ratio;
  }
  if (finding.target) {
    const bool ofRatio = finding.target->of == Target::Of::ratio;
    line["target"] = targetText(*finding.target);
    line["met"] = isMet(*finding.target, ofRatio ? ratio.value_or(0) : ours);
  }
  line["oursRounds"] = finding.ours;
  if (ratio) line["baselineRounds"] = finding.baseline;
  print(line);
}

void Report::note(const std::string& sentence) const {
  print({{"bench", bench_}, {"note", sentence}});
}

Options parseOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--quick") fail(std::string("unknown option ") + argv[i]);
    options.quick = true;
  }
  return options;
}

void fail(const std::string& what, int code) {
  std::fprintf(stderr, "%s: %s%s%s\n", program_invocation_short_name, what.c_str(), code != 0 ? ": " : "",
               code != 0 ? std::strerror(code) : "");
  std::exit(1);
}

}  // namespace bench
