#include "app/cli/junit.h"

#include <array>
#include <cstdio>

#include "core/base/unicode.h"

namespace sockbench::cli {
namespace {

// https://www.w3.org/TR/xml/#charsets
bool isXmlCharacter(char32_t c) {
  if (c == U'\t' || c == U'\n' || c == U'\r') return true;
  return c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF) && c <= 0x10FFFF;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xmlText(value) + "\"";
}

std::string number(std::string_view name, std::uint64_t value) {
  return attribute(name, std::to_string(value));
}

std::string seconds(std::chrono::nanoseconds time) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6f", std::chrono::duration<double>(time).count());
  return attribute("time", text.data());
}

struct Counts {
  std::uint64_t tests = 0;
  std::uint64_t failures = 0;
  std::uint64_t errors = 0;
  std::uint64_t skipped = 0;
  std::chrono::nanoseconds time{0};

  void add(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    time += other.time;
  }
  std::string attributes() const {
    return number("tests", tests) + number("failures", failures) + number("errors", errors) +
           number("skipped", skipped) + seconds(time);
  }
};

std::string failureText(const StepOutcome& outcome) {
  std::string text;
  const auto line = [&text](std::string_view title, const std::string& what) {
    if (!what.empty()) text += std::string(title) + what + "\n";
  };
  line("", outcome.problem);
  line("expected: ", outcome.expected);
  line("came: ", outcome.came);
  line("", outcome.difference);
  if (outcome.error) line("", outcome.error->line());
  return text;
}

std::string caseOf(const Scenario& scenario, const StepTally& tally, Counts& counts) {
  ++counts.tests;
  std::string xml = "    <testcase" + attribute("classname", scenario.path) +
                    attribute("name", "line " + std::to_string(tally.place.line) + ": " + tally.text) +
                    seconds(tally.elapsed) + attribute("file", scenario.path) +
                    number("line", tally.place.line);
  if (tally.failure) {
    ++counts.failures;
    const std::string message =
        tally.failure->problem.empty() ? tally.failure->remark : tally.failure->problem;
    return xml + ">\n      <failure" +
           attribute("message", message.empty() ? "a step within it failed" : message) +
           attribute("type", "expectation") + ">" + xmlText(failureText(*tally.failure)) +
           "</failure>\n    </testcase>\n";
  }
  if (tally.done == 0 || tally.stopped > 0) {
    ++counts.skipped;
    return xml + ">\n      <skipped" + attribute("message", tally.done == 0 ? "never begun" : "stopped") +
           "/>\n    </testcase>\n";
  }
  return xml + "/>\n";
}

// What went wrong without a step.
std::string caseOfWhole(const ScenarioReport& report, Counts& counts) {
  const ScenarioOutcome& outcome = report.outcome();
  if (outcome.problem.empty()) return {};
  ++counts.tests;
  ++counts.errors;
  return "    <testcase" + attribute("classname", report.scenario().path) + attribute("name", "the whole") +
         seconds(outcome.elapsed) + ">\n      <error" + attribute("message", outcome.problem) +
         attribute("type", "scenario") + "/>\n    </testcase>\n";
}

std::string suiteOf(const ScenarioReport& report, Counts& all) {
  const Scenario& scenario = report.scenario();
  Counts counts;
  std::string cases;
  for (const StepTally& tally : report.tallies()) cases += caseOf(scenario, tally, counts);
  cases += caseOfWhole(report, counts);
  counts.time = report.outcome().elapsed;
  all.add(counts);
  return "  <testsuite" + attribute("name", scenario.title.empty() ? scenario.path : scenario.title) +
         attribute("file", scenario.path) + counts.attributes() + ">\n" + cases + "  </testsuite>\n";
}

}  // namespace

std::string xmlText(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const char32_t c = nextUtf8(bytes, at);
    switch (c) {
      case U'&':
        text += "&amp;";
        break;
      case U'<':
        text += "&lt;";
        break;
      case U'>':
        text += "&gt;";
        break;
      case U'"':
        text += "&quot;";
        break;
      case U'\t':
      case U'\n':
      case U'\r':
        text += "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
        break;
      default:
        appendUtf8(text, c == kInvalidUtf8 || !isXmlCharacter(c) ? U'\uFFFD' : c);
    }
  }
  return text;
}

std::string junitDocument(const std::vector<std::unique_ptr<ScenarioReport>>& reports) {
  Counts all;
  std::string suites;
  for (const auto& report : reports) suites += suiteOf(*report, all);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "sockbench") +
         all.attributes() + ">\n" + suites + "</testsuites>\n";
}

}  // namespace sockbench::cli
