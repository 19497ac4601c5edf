#include "core/payload/csv.h"

#include <algorithm>
#include <array>

namespace sockbench {

void appendCsvCell(std::string& out, std::string_view text, char delimiter) {
  const auto needsQuotes = [delimiter](char c) {
    return c == '"' || c == '\r' || c == '\n' || c == delimiter;
  };
  if (std::ranges::none_of(text, needsQuotes)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

bool CsvReader::atEndOfRow() const {
  return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
}

void CsvReader::endRow() {
  if (at_ >= text_.size()) return;
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

std::optional<CsvRow> CsvReader::next() {
  while (at_ < text_.size() && atEndOfRow()) endRow();
  if (at_ >= text_.size()) return std::nullopt;
  CsvRow row{line_, {}};
  for (;;) {
    std::string read = cell();
    if (row.cells.size() < kMostCells) row.cells.push_back(std::move(read));
    if (atEndOfRow()) break;
    ++at_;  // the delimiter
  }
  endRow();
  return row;
}

// From behind the opening quote to behind the closing one.
std::string CsvReader::quotedPart() {
  const std::uint32_t begun = line_;
  std::string part;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '"') {
      if (at_ >= text_.size() || text_[at_] != '"') return part;
      ++at_;
    }
    const bool endsLine = c == '\n' || (c == '\r' && (at_ >= text_.size() || text_[at_] != '\n'));
    if (endsLine) ++line_;
    part += c;
  }
  unclosed_ = begun;
  return part;
}

std::string CsvReader::cell() {
  std::string read;
  if (at_ < text_.size() && text_[at_] == '"') {
    ++at_;
    read = quotedPart();
  }
  while (!atEndOfRow() && text_[at_] != delimiter_) read += text_[at_++];
  return read;
}

char CsvReader::guessDelimiter(std::string_view text) {
  constexpr std::array kDelimiters{',', ';', '\t'};
  std::array<std::size_t, kDelimiters.size()> found{};
  bool quoted = false;
  bool begun = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') {
      if (begun) break;
      continue;
    }
    begun = true;
    const auto* which = std::ranges::find(kDelimiters, c);
    if (which != kDelimiters.end()) ++found[static_cast<std::size_t>(which - kDelimiters.begin())];
  }
  return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(found) - found.begin())];
}

}  // namespace sockbench
