#include "core/capture/record_json.h"

#include <string_view>

#include "core/net/interface_name.h"
#include "core/payload/hex.h"
#include "core/payload/json_string.h"
#include "core/traffic/event_detail.h"

namespace sockbench {
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

void appendText(std::string& out, std::string_view key, std::string_view text) {
  appendKey(out, key);
  appendJsonString(out, text);
}

void appendNumber(std::string& out, std::string_view key, std::uint64_t number) {
  appendKey(out, key);
  out += std::to_string(number);
}

void appendDetail(std::string& out, ByteView payload) {
  const EventDetail detail = decodeEventDetail(payload);
  if (!detail.text.empty()) appendText(out, "detail", detail.text);
  if (detail.error) {
    appendKey(out, "error");
    appendErrorJson(out, *detail.error);
  }
  if (!detail.offender.empty()) appendText(out, "offender", detail.offender);
}

}  // namespace

void appendErrorJson(std::string& out, const Error& error) {
  out += "{\"op\":";
  appendJsonString(out, operationName(error.op));
  appendKey(out, "code");
  out += std::to_string(error.code);
  appendText(out, "symbol", error.symbol());
  appendText(out, "domain", errorDomainName(error.domain));
  appendText(out, "message", error.message());
  appendText(out, "hint", error.hint());
  appendText(out, "subject", error.subject);
  out += '}';
}

const std::string& RecordJson::endsOf(const FlowPtr& flow) {
  if (flow == flow_ && !ends_.empty()) return ends_;
  flow_ = flow;
  ends_.clear();
  appendText(ends_, "local", flow ? flow->local.text() : std::string());
  appendText(ends_, "peer", flow ? flow->peer.text() : std::string());
  interface_.clear();
  if (flow && flow->interface != 0) appendText(interface_, "interface", interfaceName(flow->interface));
  return ends_;
}

void RecordJson::appendPayload(std::string& out, const Record& record, ByteView payload) const {
  out += interface_;
  appendNumber(out, "length", payload.size());
  if ((record.flags & kRecordTruncated) != 0) appendNumber(out, "truncated", record.value);
  if ((record.flags & kRecordUrgent) != 0) out += ",\"urgent\":true";
  if (payload_ == PayloadForm::hex) appendWord(out, "hex", toHex(payload));
  if (payload_ == PayloadForm::text) appendText(out, "text", asChars(payload));
}

void RecordJson::append(std::string& out, const Record& record, const FlowPtr& flow, ByteView payload,
                        std::string_view more) {
  out += "{\"time\":\"" + toRfc3339(record.time) + '"';
  appendNumber(out, "session", record.session.value);
  appendKey(out, "parent");
  out += flow && flow->parent ? std::to_string(flow->parent.value) : "null";
  appendWord(out, "kind", recordKindName(record.kind));
  appendWord(out, "direction", directionName(record.direction));
  out += endsOf(flow);
  if (record.by != Party::none) appendWord(out, "by", partyName(record.by));
  if (record.kind == RecordKind::dropped) appendNumber(out, "count", record.value);
  if (record.kind == RecordKind::connected) appendNumber(out, "elapsed_ms", record.value / 1'000'000);
  if (record.kind == RecordKind::in || record.kind == RecordKind::out) {
    appendPayload(out, record, payload);
  } else {
    appendDetail(out, payload);
  }
  out += more;
  out += "}\n";
}

}  // namespace sockbench
