// Rows as comma-separated values (RFC 4180).
#include "core/capture/row_writer.h"
#include "core/payload/csv.h"
#include "core/payload/hex.h"
#include "core/payload/visible_text.h"
#include "core/traffic/event_detail.h"

namespace sockbench {
namespace {

constexpr std::string_view kHeader =
    "row,time,session,parent,transport,kind,direction,local,peer,by,length,value,data,detail,error,mark,"
    "comment";

class CsvWriter : public RowWriter {
 public:
  explicit CsvWriter(std::string& out) : out_(out) {
    out_ += kHeader;
    out_ += "\r\n";
  }
  void add(const ExportRow& row) override;

 private:
  void cell(std::string_view text);
  void number(std::uint64_t value) { cell(value == 0 ? std::string() : std::to_string(value)); }

  std::string& out_;
  bool first_ = true;
};

void CsvWriter::cell(std::string_view text) {
  if (!first_) out_ += ',';
  first_ = false;
  appendCsvCell(out_, text);
}

void CsvWriter::add(const ExportRow& row) {
  const Record& record = row.record;
  const bool carriesBytes = record.kind == RecordKind::in || record.kind == RecordKind::out;
  const Flow none;
  const Flow& flow = row.flow ? *row.flow : none;
  const EventDetail detail = carriesBytes ? EventDetail() : decodeEventDetail(row.payload);
  first_ = true;
  cell(std::to_string(row.number));
  cell(toRfc3339(record.time));
  number(record.session.value);
  number(flow.parent.value);
  cell(row.flow ? transportName(flow) : std::string_view());
  cell(recordKindName(record.kind));
  cell(directionName(record.direction));
  cell(flow.local.text());
  cell(flow.peer.text());
  cell(partyName(record.by));
  cell(carriesBytes ? std::to_string(row.payload.size()) : std::string());
  number(record.value);
  cell(carriesBytes ? toHex(row.payload) : std::string());
  cell(visibleText(detail.text, true));
  cell(detail.error ? visibleText(detail.error->line()) : std::string());
  cell(row.note.marked ? "1" : "");
  cell(visibleText(row.note.comment, true));
  out_ += "\r\n";
}

}  // namespace

std::unique_ptr<RowWriter> makeCsvWriter(std::string& out) {
  return std::make_unique<CsvWriter>(out);
}

}  // namespace sockbench
