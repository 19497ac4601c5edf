// TextTable: columns aligned for people.
#pragma once

#include <string>
#include <vector>

namespace sockbench::cli {

// Cells are raw text; they are made printable when the table is written. Width is counted in characters.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> titles) : titles_(std::move(titles)) {}

  // As many cells as there are titles.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

  // Titles, then the rows in the order added, one a line, two spaces between columns, none at a line's end.
  std::string text() const;

 private:
  std::vector<std::string> titles_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace sockbench::cli
