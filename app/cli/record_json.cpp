#include "app/cli/record_json.h"

#include <string_view>

namespace sockbench::cli {
namespace {

void appendNumber(std::string& out, std::string_view key, std::uint64_t number) {
  out += ",\"";
  out += key;
  out += "\":";
  out += std::to_string(number);
}

}  // namespace

void JsonLines::append(std::string& out, const LogRow& row) {
  records_.append(out, row.record, row.flow, row.payload.bytes);
}

void JsonLines::append(std::string& out, const RunSummary& summary) {
  out += "{\"kind\":\"summary\"";
  appendNumber(out, "sessions", summary.sessions);
  appendNumber(out, "bytes_in", summary.bytesIn);
  appendNumber(out, "bytes_out", summary.bytesOut);
  appendNumber(out, "records", summary.records);
  appendNumber(out, "evicted", summary.evicted);
  appendNumber(out, "dropped", summary.dropped);
  appendNumber(out, "elapsed_ms", static_cast<std::uint64_t>(summary.elapsed.count()));
  if (summary.capture) {
    appendNumber(out, "captured", summary.capture->rows);
    appendNumber(out, "capture_lost", summary.capture->lost);
  }
  out += "}\n";
}

}  // namespace sockbench::cli
