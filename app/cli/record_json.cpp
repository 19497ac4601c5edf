#include "app/cli/record_json.h"

#include <string_view>

#include "app/cli/context.h"
#include "app/cli/json_output.h"
#include "app/cli/json_string.h"
#include "core/net/interface_name.h"
#include "core/payload/hex.h"

namespace sockbench::cli {
namespace {

void appendKey(std::string& out, std::string_view key) {
  out += ",\"";
  out += key;
  out += "\":";
}

// For words of ours, which need no escapes.
void appendWord(std::string& out, std::string_view key, std::string_view word) {
  appendKey(out, key);
  out += '"';
  out += word;
  out += '"';
}

void appendNumber(std::string& out, std::string_view key, std::uint64_t number) {
  appendKey(out, key);
  out += std::to_string(number);
}

void appendDetail(std::string& out, const LogRow& row) {
  const EventDetail detail = decodeEventDetail(row.payload.bytes);
  if (!detail.text.empty()) {
    appendKey(out, "detail");
    appendJsonString(out, detail.text);
  }
  if (detail.error) {
    appendKey(out, "error");
    out += jsonLine(errorToJson(*detail.error));
  }
  if (!detail.offender.empty()) {
    appendKey(out, "offender");
    appendJsonString(out, detail.offender);
  }
}

}  // namespace

const std::string& RecordJson::endsOf(const FlowPtr& flow) {
  if (flow == flow_ && !ends_.empty()) return ends_;
  flow_ = flow;
  ends_.clear();
  appendKey(ends_, "local");
  appendJsonString(ends_, flow ? flow->local.text() : std::string());
  appendKey(ends_, "peer");
  appendJsonString(ends_, flow ? flow->peer.text() : std::string());
  interface_.clear();
  if (flow && flow->interface != 0) {
    appendKey(interface_, "interface");
    appendJsonString(interface_, interfaceName(flow->interface));
  }
  return ends_;
}

void RecordJson::appendPayload(std::string& out, const LogRow& row) const {
  out += interface_;
  appendNumber(out, "length", row.payload.bytes.size());
  if ((row.record.flags & kRecordTruncated) != 0) appendNumber(out, "truncated", row.record.value);
  if ((row.record.flags & kRecordUrgent) != 0) out += ",\"urgent\":true";
  if (payload_ == PayloadForm::hex) {
    appendWord(out, "hex", toHex(row.payload.bytes));
  } else if (payload_ == PayloadForm::text) {
    appendKey(out, "text");
    appendJsonString(out, asChars(row.payload.bytes));
  }
}

void RecordJson::append(std::string& out, const LogRow& row) {
  const Record& record = row.record;
  out += "{\"time\":\"" + toRfc3339(record.time) + '"';
  appendNumber(out, "session", record.session.value);
  appendKey(out, "parent");
  out += row.flow && row.flow->parent ? std::to_string(row.flow->parent.value) : "null";
  appendWord(out, "kind", recordKindName(record.kind));
  appendWord(out, "direction", directionName(record.direction));
  out += endsOf(row.flow);
  if (record.by != Party::none) appendWord(out, "by", partyName(record.by));
  if (record.kind == RecordKind::dropped) appendNumber(out, "count", record.value);
  if (record.kind == RecordKind::connected) appendNumber(out, "elapsed_ms", record.value / 1'000'000);
  if (record.kind == RecordKind::in || record.kind == RecordKind::out) {
    appendPayload(out, row);
  } else {
    appendDetail(out, row);
  }
  out += "}\n";
}

void RecordJson::append(std::string& out, const RunSummary& summary) {
  out += "{\"kind\":\"summary\"";
  appendNumber(out, "sessions", summary.sessions);
  appendNumber(out, "bytes_in", summary.bytesIn);
  appendNumber(out, "bytes_out", summary.bytesOut);
  appendNumber(out, "records", summary.records);
  appendNumber(out, "evicted", summary.evicted);
  appendNumber(out, "dropped", summary.dropped);
  appendNumber(out, "elapsed_ms", static_cast<std::uint64_t>(summary.elapsed.count()));
  out += "}\n";
}

}  // namespace sockbench::cli
