// Report: what a benchmark found, one JSON object a line on standard output. bench_table makes the table of
// it.
//
// A figure is the median of its rounds. A ratio is the median of the rounds' own ratios, ours to the baseline
// that ran right before or after it: what slows the machine for a while slows both.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bench {

double median(std::vector<double> values);  // 0 of none

// "at least 0.9 of the other" and its like.
struct Target {
  enum class Of { ratio, value };
  enum class Bound { atLeast, atMost };
  Of of = Of::ratio;
  Bound bound = Bound::atLeast;
  double limit = 0;
};
Target ratioAtLeast(double limit);
Target ratioAtMost(double limit);
Target valueAtLeast(double limit);
Target valueAtMost(double limit);

struct Finding {
  std::string what;
  std::string unit;
  std::vector<double> ours{};
  std::string against{};           // what the baseline is; empty: there is none
  std::vector<double> baseline{};  // as many as `ours`
  std::optional<Target> target{};  // nullopt: a figure that nothing is asked of
};

class Report {
 public:
  explicit Report(std::string bench) : bench_(std::move(bench)) {}
  void add(const Finding& finding) const;
  void note(const std::string& sentence) const;  // what a reader of the figures must know

 private:
  std::string bench_;
};

// What every benchmark takes on its command line: --quick for shorter rounds. Anything else ends it.
struct Options {
  bool quick = false;
};
Options parseOptions(int argc, char** argv);

// Ends the program with one line; with errno's text when `code` is not 0.
[[noreturn]] void fail(const std::string& what, int code = 0);

}  // namespace bench
