// The JSON lines of `listen` and `connect`.
#pragma once

#include "app/cli/record_format.h"
#include "core/capture/record_json.h"

namespace sockbench::cli {

// Each record as RecordJson has it, and the summary.
class JsonLines : public RecordFormat {
 public:
  explicit JsonLines(PayloadForm payload) : records_(payload) {}
  void append(std::string& out, const LogRow& row) override;
  void append(std::string& out, const RunSummary& summary) override;

 private:
  RecordJson records_;
};

}  // namespace sockbench::cli
