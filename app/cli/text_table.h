// TextTable: columns aligned for people.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sockbench::cli {

// Cells are raw text; they are made printable when the table is written. Width is counted in characters.
class TextTable {
 public:
  explicit TextTable(const std::vector<std::string>& titles);

  // As many cells as there are titles.
  void add(const std::vector<std::string>& row);

  // Titles, then the rows in the order added, one a line, two spaces between columns, none at a line's end.
  std::string text() const;

 private:
  std::vector<std::size_t> widths_;  // of the columns, in characters
  std::string cells_;  // printable, row by row, one behind the other; the first row are the titles
  std::vector<std::size_t> ends_;  // where in it each cell ends
};

}  // namespace sockbench::cli
