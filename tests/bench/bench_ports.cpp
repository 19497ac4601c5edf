// bench_ports: the table of 20,000 sockets, of two processes, from the start of the program to its end.
//
// Beside ss (iproute2), which lists the same: without the processes on either side, and with them.
#include <memory>
#include <string>
#include <vector>

#include "child.h"
#include "contest.h"
#include "loopback.h"
#include "report.h"

namespace {

using namespace bench;

constexpr std::size_t kTurns = 3;  // of each in a round

double milliseconds(const std::vector<std::string>& command) {
  const auto start = Clock::now();
  Child program(command);
  program.waitForEnd();
  return secondsSince(start) * 1000;
}

std::vector<std::string> ours(std::vector<std::string> options) {
  options.insert(options.begin(), {besideUs("../../app/cli/sockbench-cli"), "ports"});
  return options;
}

void compare(const Report& report, const std::string& what, const std::vector<std::string>& command,
             const std::vector<std::string>& other, bool aimed) {
  const auto rounds = alternate(
      {{"ours", [&] { return milliseconds(command); }}, {"ss", [&] { return milliseconds(other); }}}, kTurns);
  std::string words;
  for (const std::string& word : other) words += (words.empty() ? "" : " ") + word;
  Finding finding{.what = what, .unit = "ms", .ours = rounds[0], .against = words, .baseline = rounds[1]};
  if (aimed) finding.target = ratioAtMost(1);
  report.add(finding);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string each = parseOptions(argc, argv).quick ? "5000" : "10000";
  std::vector<std::unique_ptr<Child>> holders;
  std::size_t sockets = 0;
  for (int i = 0; i < 2; ++i) {
    holders.push_back(
        std::make_unique<Child>(std::vector<std::string>{besideUs("bench_peer"), "hold", each}, true));
    sockets += std::stoul(holders.back()->line());
  }
  const Report report("ports");
  report.note(std::to_string(sockets) + " sockets are held by two processes");
  const std::vector<std::string> plain{"ss", "-anH", "-tuwx"};
  const std::vector<std::string> owned{"ss", "-anpH", "-tuwx"};
  compare(report, "JSON, without processes", ours({"--json", "--no-process"}), plain, true);
  compare(report, "table, without processes", ours({"--no-process"}), plain, true);
  compare(report, "JSON, with processes", ours({"--json"}), owned, true);
  compare(report, "table, with processes", ours({}), owned, true);
  compare(report, "JSON with processes, ss without", ours({"--json"}), plain, false);
  for (const auto& holder : holders) holder->tell("end");
  for (const auto& holder : holders) holder->waitForEnd();
}
