// The JSON lines of `listen` and `connect`.
#pragma once

#include "app/cli/record_format.h"

namespace sockbench::cli {

// {"time","session","parent","kind","direction","local","peer"} and, where they apply, "length" and "hex" or
// "text" (in, out), "interface" (by which datagrams come), "truncated" (the real length of a datagram that
// was cut), "by", "error", "offender" (whose ICMP message it is), "count" (dropped), "elapsed_ms"
// (connected), "detail" (a remark). "parent" is null where there is none.
class RecordJson : public RecordFormat {
 public:
  explicit RecordJson(PayloadForm payload) : payload_(payload) {}
  void append(std::string& out, const LogRow& row) override;
  void append(std::string& out, const RunSummary& summary) override;

 private:
  const std::string& endsOf(const FlowPtr& flow);
  void appendPayload(std::string& out, const LogRow& row) const;

  PayloadForm payload_;
  FlowPtr flow_;  // whose ends `ends_` are
  std::string ends_;
  std::string interface_;  // its key and name; empty: not known
};

}  // namespace sockbench::cli
