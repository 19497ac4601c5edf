// Comma-separated values (RFC 4180), both ways. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

// `text` as one cell: in quotes where it holds a quote, a new line or the delimiter.
void appendCsvCell(std::string& out, std::string_view text, char delimiter = ',');

struct CsvRow {
  std::uint32_t line = 0;  // where it begins, from 1
  std::vector<std::string> cells;
};

// The rows of a text, one after the other. A quoted cell may go over several lines; "" in it is a quote. Rows
// end with CRLF, LF or CR. What RFC 4180 forbids is read as most programs do: a quote within a cell that is
// not quoted stands for itself, and what follows a closing quote belongs to the cell.
class CsvReader {
 public:
  static constexpr std::size_t kMostCells = 256;  // of a row; what is beyond is passed over

  // `text` outlives the reader.
  CsvReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  // nullopt: the text is over. Rows without a character are passed over.
  std::optional<CsvRow> next();

  // The line of a quote that nothing closes, which made the last row take all the rest; 0: none.
  std::uint32_t unclosedLine() const { return unclosed_; }

  // The one of , ; and tab that is found most often in the first row, outside of quotes. A comma where there
  // is none.
  static char guessDelimiter(std::string_view text);

 private:
  std::string cell();
  std::string quotedPart();
  bool atEndOfRow() const;
  void endRow();

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t unclosed_ = 0;
};

}  // namespace sockbench
