#include "app/cli/text_table.h"

#include <algorithm>
#include <string_view>

#include "app/cli/json_output.h"

namespace sockbench::cli {

namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Most cells are numbers and plain words.
bool isPlain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

TextTable::TextTable(const std::vector<std::string>& titles) : widths_(titles.size()) {
  add(titles);
}

void TextTable::add(const std::vector<std::string>& row) {
  for (std::size_t column = 0; column < row.size(); ++column) {
    const std::size_t begin = cells_.size();
    cells_ += isPlain(row[column]) ? row[column] : printable(row[column]);
    ends_.push_back(cells_.size());
    widths_[column] = std::max(widths_[column], characters(std::string_view(cells_).substr(begin)));
  }
}

std::string TextTable::text() const {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const std::string_view cell = std::string_view(cells_).substr(begin, ends_[i] - begin);
    begin = ends_[i];
    out += cell;
    if (const std::size_t column = i % widths_.size(); column + 1 < widths_.size()) {
      out.append(widths_[column] - characters(cell) + 2, ' ');
    } else {
      out.erase(out.find_last_not_of(' ') + 1);
      out += '\n';
    }
  }
  return out;
}

}  // namespace sockbench::cli
