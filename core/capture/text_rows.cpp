// Rows as text for people: a line each, and a hex dump of their bytes.
#include "core/capture/pcapng/packet_comment.h"
#include "core/capture/row_writer.h"
#include "core/payload/hex_digits.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr std::size_t kColumns = 16;

class TextWriter : public RowWriter {
 public:
  explicit TextWriter(std::string& out) : out_(out) {}
  void add(const ExportRow& row) override;
  void addLost(std::uint64_t rows, WallNanos) override {
    out_ += "... " + std::to_string(rows) + " records were evicted before they could be written\n";
  }

 private:
  void dump(ByteView bytes);
  void dumpLine(ByteView bytes, std::size_t offset);
  std::string& out_;
};

void TextWriter::dumpLine(ByteView bytes, std::size_t offset) {
  out_ += "    ";
  for (int shift = 28; shift >= 0; shift -= 4) out_ += kHexDigits[offset >> shift & 0xF];
  out_ += ' ';
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (i % 8 == 0) out_ += ' ';
    if (i < bytes.size()) {
      out_ += kHexDigits[std::to_integer<unsigned>(bytes[i] >> 4)];
      out_ += kHexDigits[std::to_integer<unsigned>(bytes[i] & std::byte{0xF})];
      out_ += ' ';
    } else {
      out_ += "   ";
    }
  }
  out_ += " |";
  for (const char c : asChars(bytes)) out_ += c >= ' ' && c <= '~' ? c : '.';
  out_ += "|\n";
}

void TextWriter::dump(ByteView bytes) {
  for (std::size_t offset = 0; offset < bytes.size(); offset += kColumns) {
    const ByteView rest = bytes.subspan(offset);
    dumpLine(rest.first(std::min(rest.size(), kColumns)), offset);
  }
}

void TextWriter::add(const ExportRow& row) {
  const Record& record = row.record;
  out_ += toRfc3339(record.time) + "  #" + std::to_string(record.session.value);
  if (row.flow) {
    out_ += "  ";
    out_ += transportName(*row.flow);
    if (!row.flow->local.empty()) out_ += "  " + row.flow->local.text();
    out_ += record.direction == Direction::in ? " <-" : record.direction == Direction::out ? " ->" : " --";
    if (!row.flow->peer.empty()) out_ += ' ' + row.flow->peer.text();
  }
  out_ += "  " + pcapng::rowWords({record, row.flow.get(), row.payload, row.note});
  if (row.note.marked) out_ += "  [marked]";
  out_ += '\n';
  if (!row.note.comment.empty()) out_ += "    // " + visibleText(row.note.comment) + '\n';
  if (record.kind == RecordKind::in || record.kind == RecordKind::out) dump(row.payload);
}

}  // namespace

std::unique_ptr<RowWriter> makeTextWriter(std::string& out) {
  return std::make_unique<TextWriter>(out);
}

}  // namespace sockbench
