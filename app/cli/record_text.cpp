#include "app/cli/record_text.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "app/cli/json_output.h"
#include "core/payload/hex.h"
#include "core/payload/visible_text.h"

namespace sockbench::cli {
namespace {

constexpr std::size_t kPreviewCharacters = 100;
constexpr std::size_t kPreviewBytes = 32;
constexpr WallNanos kSecond = 1'000'000'000;

std::string clockText(WallNanos time) {
  const auto seconds = static_cast<std::time_t>(time / kSecond);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%03d", parts.tm_hour, parts.tm_min, parts.tm_sec,
                static_cast<int>(time % kSecond / 1'000'000));
  return text.data();
}

std::string_view arrow(Direction direction) {
  switch (direction) {
    case Direction::in:
      return "\u2190";
    case Direction::out:
      return "\u2192";
    case Direction::none:
      break;
  }
  return "\u00b7";
}

// The end that the row is about: a listener's own address, else the peer's.
std::string endText(const LogRow& row) {
  if (!row.flow) return {};
  return row.flow->peer.empty() ? row.flow->local.text() : row.flow->peer.text();
}

std::string payloadText(const LogRow& row, PayloadForm form) {
  std::string text = std::to_string(row.payload.bytes.size()) + " B";
  const bool truncated = (row.record.flags & kRecordTruncated) != 0;
  if (truncated && row.record.kind == RecordKind::out)
    text += " kept of " + std::to_string(row.record.value) + " of a file";
  else if (truncated)
    text += " of " + std::to_string(row.record.value) + " (cut)";
  if ((row.record.flags & kRecordUrgent) != 0) text += " (urgent)";
  if (form == PayloadForm::hex) return text + "  " + toHexSpaced(row.payload.bytes, kPreviewBytes);
  if (form == PayloadForm::text) return text + "  " + previewText(row.payload.bytes, kPreviewCharacters);
  return text;
}

bool isOfStream(const LogRow& row) {
  return row.flow && isByteStream(row.flow->transport);
}

std::string eventText(const LogRow& row) {
  std::string text;
  if (row.record.by == Party::us) text += "by us  ";
  if (row.record.by == Party::peer) text += "by the peer  ";
  // Of a stream, the remark tells how many bytes.
  if (row.record.kind == RecordKind::dropped && !isOfStream(row))
    text += std::to_string(row.record.value) + " datagrams  ";
  const EventDetail detail = decodeEventDetail(row.payload.bytes);
  text += printable(detail.text);
  if (detail.error) text += (detail.text.empty() ? "" : "  ") + printable(detail.error->symbol());
  return text;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

}  // namespace

void RecordText::append(std::string& out, const LogRow& row) {
  const Record& record = row.record;
  const bool carriesBytes = record.kind == RecordKind::in || record.kind == RecordKind::out;
  out += clockText(record.time);
  out += "  " + padded("#" + std::to_string(record.session.value), 4) + ' ';
  out += arrow(record.direction);
  out += "  " + padded(std::string(recordKindName(record.kind)), 11) + ' ' + padded(endText(row), 21) + "  ";
  out += carriesBytes ? payloadText(row, payload_) : eventText(row);
  out.erase(out.find_last_not_of(' ') + 1);
  out += '\n';
}

void RecordText::append(std::string& out, const RunSummary& summary) {
  std::array<char, 32> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.3f", static_cast<double>(summary.elapsed.count()) / 1000);
  out += std::to_string(summary.sessions) + (summary.sessions == 1 ? " session" : " sessions");
  out += " \u00b7 in " + std::to_string(summary.bytesIn) + " B \u00b7 out " +
         std::to_string(summary.bytesOut) + " B";
  out += " \u00b7 " + std::to_string(summary.records) + " records \u00b7 " + std::to_string(summary.evicted) +
         " evicted";
  out += " \u00b7 " + std::to_string(summary.dropped) + " dropped by the kernel \u00b7 " + seconds.data() +
         " s\n";
  if (!summary.capture) return;
  out += std::to_string(summary.capture->rows) + " records captured";
  if (summary.capture->lost > 0)
    out += " \u00b7 " + std::to_string(summary.capture->lost) + " evicted before they could be captured";
  out += '\n';
}

std::string errorText(const LogRow& row) {
  const EventDetail detail = decodeEventDetail(row.payload.bytes);
  if (!detail.error) return {};
  std::string text = "sockbench-cli: " + printable(detail.error->line());
  if (!detail.text.empty()) text += " (" + printable(detail.text) + ')';
  text += '\n';
  if (const std::string hint = detail.error->hint(); !hint.empty()) text += "  " + printable(hint) + '\n';
  return text;
}

}  // namespace sockbench::cli
