// Rows of the timeline as JSON, an object a line: what `listen`, `connect` and `show` print with --json, and
// what an export to JSON Lines holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/traffic/flow.h"
#include "core/traffic/record.h"

namespace sockbench {

enum class PayloadForm : std::uint8_t { hex, text, none };

// {"time","session","parent","kind","direction","local","peer"} and, where they apply, "length" and "hex" or
// "text" (in, out), "interface" (by which datagrams come), "truncated" (the real length of a datagram that
// was cut), "urgent", "by", "error", "offender" (whose ICMP message it is), "count" (dropped), "elapsed_ms"
// (connected), "detail" (a remark). "parent" is null where there is none. Text is as appendJsonString()
// writes it.
//
// Remembers the last flow's text. Thread: one at a time.
class RecordJson {
 public:
  explicit RecordJson(PayloadForm payload) : payload_(payload) {}

  // Appends a line, with its new line. `payload`: the row's bytes, or an event's detail. `more` is appended
  // to the object as it is (",\"mark\":true"). `flow` may be empty.
  void append(std::string& out, const Record& record, const FlowPtr& flow, ByteView payload,
              std::string_view more = {});

 private:
  const std::string& endsOf(const FlowPtr& flow);
  void appendPayload(std::string& out, const Record& record, ByteView payload) const;

  PayloadForm payload_;
  FlowPtr flow_;  // whose ends `ends_` are
  std::string ends_;
  std::string interface_;  // its key and name; empty: not known
};

// {"op","code","symbol","domain","message","hint","subject"}
void appendErrorJson(std::string& out, const Error& error);

}  // namespace sockbench
