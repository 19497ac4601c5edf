// bench_table RESULTS.jsonl RESULTS.json: the findings of the benchmarks, a JSON object a line, as one table
// on standard output, and as one JSON document with what the machine was.
#include <sys/utsname.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report.h"

namespace {

using Json = nlohmann::ordered_json;
using Row = std::vector<std::string>;

std::string figure(double value) {
  char text[64];
  const int digits = std::abs(value) >= 100 || value == std::floor(value) ? 0 : std::abs(value) >= 10 ? 1 : 2;
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  std::string grouped(text);
  if (digits == 0)
    for (auto at = static_cast<int>(grouped.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3)
      grouped.insert(static_cast<std::size_t>(at), 1, ',');
  return grouped;
}

std::string ratioText(const Json& line) {
  if (!line.contains("ratio")) return "";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", line["ratio"].get<double>());
  return text;
}

Row rowOf(const Json& line) {
  const std::string unit = line["unit"].get<std::string>();
  const bool compared = line.contains("ratio");
  return {line["bench"].get<std::string>(),
          line["what"].get<std::string>() + (compared ? " / " + line["against"].get<std::string>() : ""),
          figure(line["ours"].get<double>()) + " " + unit,
          compared ? figure(line["baseline"].get<double>()) : "",
          ratioText(line),
          line.value("target", ""),
          !line.contains("met")     ? ""
          : line["met"].get<bool>() ? "yes"
                                    : "NO"};
}

void printTable(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool number = i >= 2 && i <= 4;
      const int width = static_cast<int>(widths[i]);
      std::printf("%*s%s", number ? width : -width, row[i].c_str(), i + 1 < row.size() ? "  " : "\n");
    }
  }
}

Json machine() {
  utsname system{};
  ::uname(&system);
  double load = 0;
  // packaging/bench.sh notes the load before it starts anything.
  if (const char* before = std::getenv("SOCKBENCH_BENCH_LOAD")) load = std::atof(before);
  char now[32];
  const std::time_t seconds = std::time(nullptr);
  std::strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&seconds));
  return {{"cores", ::sysconf(_SC_NPROCESSORS_ONLN)},
          {"kernel", std::string(system.sysname) + " " + system.release + " " + system.machine},
          {"loadAtBegin", load},
          {"ended", now}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) bench::fail("usage: bench_table RESULTS.jsonl RESULTS.json");
  Json document{{"machine", machine()}, {"results", Json::array()}, {"notes", Json::array()}};
  std::vector<Row> rows{{"bench", "what / against", "ours", "baseline", "ratio", "target", "met"}};
  std::ifstream lines(argv[1]);
  for (std::string text; std::getline(lines, text);) {
    const Json line = Json::parse(text);
    const bool isNote = line.contains("note");
    document[isNote ? "notes" : "results"].push_back(line);
    if (!isNote) rows.push_back(rowOf(line));
  }
  printTable(rows);
  for (const Json& note : document["notes"])
    std::printf("%s: %s\n", note["bench"].get<std::string>().c_str(),
                note["note"].get<std::string>().c_str());
  std::ofstream out(argv[2]);
  out << document.dump(2) << "\n";
  if (!out.flush()) bench::fail(std::string("cannot write ") + argv[2], errno);
}
