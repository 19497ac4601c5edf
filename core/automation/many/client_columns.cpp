#include "core/automation/many/client_columns.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/payload/csv.h"

namespace sockbench {
namespace {

constexpr std::string_view kOwnName = "client";

Error wrong(std::size_t line, const std::string& what) {
  return Error::fromInput(InputFault::badSyntax, {}, std::nullopt,
                          "line " + std::to_string(line) + ": " + what);
}

std::optional<Error> faultOf(const std::vector<std::string>& names, std::size_t line) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (name->empty()) return wrong(line, "a column has no name");
    if (*name == kOwnName) return wrong(line, "\"client\" is the client's number already");
    if (std::find(names.begin(), name, *name) != name)
      return wrong(line, '"' + *name + "\" stands there twice");
  }
  return std::nullopt;
}

}  // namespace

Result<ClientColumns> ClientColumns::fromCsv(std::string_view text) {
  ClientColumns columns;
  CsvReader rows(text, CsvReader::guessDelimiter(text));
  const auto titles = rows.next();
  if (!titles) return std::unexpected(wrong(1, "the names of the columns are missing"));
  columns.names = titles->cells;
  if (const auto fault = faultOf(columns.names, titles->line)) return std::unexpected(*fault);
  while (auto row = rows.next()) {
    if (rows.unclosedLine() > 0) return std::unexpected(wrong(rows.unclosedLine(), "a quote is not closed"));
    if (row->cells.size() != columns.names.size())
      return std::unexpected(wrong(row->line, std::to_string(row->cells.size()) +
                                                  " cells, where the first row has " +
                                                  std::to_string(columns.names.size())));
    columns.lines.push_back(std::move(row->cells));
  }
  if (columns.lines.empty())
    return std::unexpected(wrong(titles->line, "no line follows the names of the columns"));
  return columns;
}

Variables ClientColumns::variablesOf(std::size_t client) const {
  Variables variables{{std::string(kOwnName), std::to_string(client + 1)}};
  if (lines.empty()) return variables;
  const std::vector<std::string>& line = lines[client % lines.size()];
  for (std::size_t i = 0; i < names.size(); ++i) variables[names[i]] = line[i];
  return variables;
}

}  // namespace sockbench
