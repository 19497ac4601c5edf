#include "core/capture/row_writer.h"

#include "core/capture/record_json.h"
#include "core/capture/synth/packet_maker.h"
#include "core/payload/json_string.h"

namespace sockbench {
namespace {

class PcapngWriter : public RowWriter {
 public:
  explicit PcapngWriter(std::string& out) : maker_(out) {}
  void add(const ExportRow& row) override { maker_.add({row.record, row.flow.get(), row.payload, row.note}); }
  void addLost(std::uint64_t rows, WallNanos time) override { maker_.addLost(rows, time); }

 private:
  synth::PacketMaker maker_;
};

class JsonWriter : public RowWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  void add(const ExportRow& row) override {
    more_.clear();
    if (row.note.marked) more_ += ",\"mark\":true";
    if (!row.note.comment.empty()) {
      more_ += ",\"comment\":";
      appendJsonString(more_, row.note.comment);
    }
    json_.append(out_, row.record, row.flow, row.payload, more_);
  }

 private:
  std::string& out_;
  RecordJson json_{PayloadForm::hex};
  std::string more_;
};

class RawWriter : public RowWriter {
 public:
  RawWriter(std::string& out, Direction direction)
      : out_(out), kind_(direction == Direction::out ? RecordKind::out : RecordKind::in) {}
  void add(const ExportRow& row) override {
    if (row.record.kind == kind_) out_ += asChars(row.payload);
  }

 private:
  std::string& out_;
  RecordKind kind_;
};

}  // namespace

void RowWriter::addLost(std::uint64_t, WallNanos) {}

std::unique_ptr<RowWriter> RowWriter::make(ExportFormat format, Direction direction, std::string& out) {
  switch (format) {
    case ExportFormat::pcapng:
      return std::make_unique<PcapngWriter>(out);
    case ExportFormat::jsonLines:
      return std::make_unique<JsonWriter>(out);
    case ExportFormat::csv:
      return makeCsvWriter(out);
    case ExportFormat::text:
      return makeTextWriter(out);
    case ExportFormat::raw:
      break;
  }
  return std::make_unique<RawWriter>(out, direction);
}

}  // namespace sockbench
