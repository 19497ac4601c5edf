// RowWriter: rows as text of one format of export.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/capture/export.h"
#include "core/traffic/log_slab.h"
#include "core/traffic/row_notes.h"

namespace sockbench {

struct ExportRow {
  std::uint64_t number = 0;
  const Record& record;
  const FlowPtr& flow;
  ByteView payload;
  const RowNotes::Note& note;
};

// Thread: one at a time.
class RowWriter {
 public:
  // Appends to `out`, which outlives it; what a file begins with at once. `direction` is for raw.
  static std::unique_ptr<RowWriter> make(ExportFormat format, Direction direction, std::string& out);
  virtual ~RowWriter() = default;
  virtual void add(const ExportRow& row) = 0;
  // So many rows are missing here. Only some formats have a place to say so.
  virtual void addLost(std::uint64_t rows, WallNanos time);
};

// Each in a file of its own.
std::unique_ptr<RowWriter> makeCsvWriter(std::string& out);
std::unique_ptr<RowWriter> makeTextWriter(std::string& out);

}  // namespace sockbench
