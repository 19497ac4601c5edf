#include "app/cli/text_table.h"

#include <algorithm>

#include "app/cli/json_output.h"

namespace sockbench::cli {

namespace {

using Row = std::vector<std::string>;

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Row printableRow(const Row& row) {
  Row cells;
  for (const std::string& cell : row) cells.push_back(printable(cell));
  return cells;
}

std::string line(const Row& cells, const std::vector<std::size_t>& widths) {
  std::string out;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    out += cells[column] + std::string(widths[column] - characters(cells[column]) + 2, ' ');
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

}  // namespace

std::string TextTable::text() const {
  std::vector<Row> lines{printableRow(titles_)};
  for (const Row& row : rows_) lines.push_back(printableRow(row));
  std::vector<std::size_t> widths(titles_.size());
  for (const Row& cells : lines) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
      widths[column] = std::max(widths[column], characters(cells[column]));
    }
  }
  std::string out;
  for (const Row& cells : lines) out += line(cells, widths);
  return out;
}

}  // namespace sockbench::cli
