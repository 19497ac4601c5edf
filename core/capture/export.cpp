#include "core/capture/export.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "core/base/export_file.h"
#include "core/base/file_signals.h"
#include "core/capture/row_writer.h"

namespace sockbench {
namespace {

constexpr std::array kFormats{ExportFormat::pcapng, ExportFormat::jsonLines, ExportFormat::csv,
                              ExportFormat::text, ExportFormat::raw};
constexpr std::size_t kFewRows = 64;
constexpr std::size_t kManyRows = 16 << 10;
constexpr std::size_t kSlabBytes = std::size_t{8} << 20;  // a slab holds its rows' blocks in the log
constexpr std::size_t kWriteBytes = std::size_t{512} << 10;

struct Ending {
  std::string_view text;
  ExportFormat format;
};
constexpr std::array kEndings{
    Ending{".pcapng", ExportFormat::pcapng},  Ending{".jsonl", ExportFormat::jsonLines},
    Ending{".json", ExportFormat::jsonLines}, Ending{".ndjson", ExportFormat::jsonLines},
    Ending{".csv", ExportFormat::csv},        Ending{".txt", ExportFormat::text},
    Ending{".bin", ExportFormat::raw},        Ending{".raw", ExportFormat::raw},
};

class Exporter {
 public:
  Exporter(TrafficLog& log, const ExportSettings& settings, ExportFile& file)
      : log_(log),
        settings_(settings),
        file_(file),
        writer_(RowWriter::make(settings.format, settings.direction, buffer_)),
        next_(log.first()),
        end_(log.end()) {
    if (settings.rows) progress_.rowsAll = settings.rows->size();
    if (!settings.rows) progress_.rowsAll = end_ - std::min(next_, end_);
  }

  Result<void> run(const std::function<void(const ExportProgress&)>& progress, const std::stop_token& stop);
  ExportResult result() const { return result_; }

 private:
  std::uint64_t wanted() const;
  bool takeSlab();
  void addSelected(const LogSlab& slab);
  void addRow(const LogSlab& slab, std::size_t at, const RowNotes::Note& note);
  void passBy(std::uint64_t end);
  void lose(std::uint64_t rows, WallNanos time);
  Result<void> flush();

  TrafficLog& log_;
  const ExportSettings& settings_;
  ExportFile& file_;
  std::string buffer_;
  std::unique_ptr<RowWriter> writer_;
  std::uint64_t next_;
  const std::uint64_t end_;
  std::size_t listed_ = 0;  // of settings_.rows: those that are done
  std::size_t batch_ = kFewRows;
  WallNanos previousTime_ = 0;
  std::vector<std::uint32_t> selected_;
  Result<void> flushed_;
  ExportProgress progress_;
  ExportResult result_;
};

// The next row that is asked for; end_: there is none.
std::uint64_t Exporter::wanted() const {
  if (!settings_.rows) return next_;
  return listed_ < settings_.rows->size() ? std::min((*settings_.rows)[listed_], end_) : end_;
}

void Exporter::lose(std::uint64_t rows, WallNanos time) {
  result_.lost += rows;
  if (rows > 0) writer_->addLost(rows, time);
}

// The rows before `end` that are still to be done are not there any more.
void Exporter::passBy(std::uint64_t end) {
  std::uint64_t lost = settings_.rows || end < next_ ? 0 : end - next_;
  while (settings_.rows && listed_ < settings_.rows->size() && (*settings_.rows)[listed_] < end) {
    ++listed_;
    ++lost;
  }
  next_ = std::max(next_, end);
  progress_.rowsDone += lost;
  lose(lost, previousTime_);
}

// False: everything is done.
bool Exporter::takeSlab() {
  next_ = std::max(next_, wanted());
  if (next_ >= end_) return false;
  const LogSlab slab = log_.slab(next_, std::min<std::uint64_t>(batch_, end_ - next_));
  if (slab.empty()) {
    passBy(std::clamp(log_.first(), next_ + 1, end_));
    return true;
  }
  passBy(std::min(slab.first(), end_));
  std::size_t bytes = 0;
  for (const Record& record : slab.records()) bytes += record.length + sizeof(Record);
  addSelected(slab);
  batch_ = bytes > kSlabBytes ? std::max(batch_ / 2, kFewRows) : std::min(batch_ * 2, kManyRows);
  return true;
}

void Exporter::addSelected(const LogSlab& slab) {
  selected_.clear();
  const FilterContext context{.notes = &log_.notes(), .previousTime = previousTime_};
  if (settings_.filter) settings_.filter->select(slab, context, selected_);
  const auto notes = log_.notes().notes(slab.first(), slab.end());
  auto note = notes.begin();
  auto passing = selected_.begin();
  const RowNotes::Note none;
  for (std::size_t at = 0; at < slab.size() && slab.first() + at < end_ && flushed_; ++at) {
    const std::uint64_t number = slab.first() + at;
    if (settings_.rows && wanted() != number) continue;
    if (settings_.rows) ++listed_;
    ++progress_.rowsDone;
    while (passing != selected_.end() && *passing < at) ++passing;
    if (settings_.filter && (passing == selected_.end() || *passing != at)) continue;
    while (note != notes.end() && note->first < number) ++note;
    addRow(slab, at, note != notes.end() && note->first == number ? note->second : none);
  }
  next_ = slab.end();
  previousTime_ = slab.records().back().time;
}

void Exporter::addRow(const LogSlab& slab, std::size_t at, const RowNotes::Note& note) {
  const Record& record = slab.records()[at];
  writer_->add({slab.first() + at, record, slab.flow(record), slab.payload(record), note});
  ++result_.rows;
  if (buffer_.size() >= kWriteBytes) flushed_ = flush();
}

Result<void> Exporter::flush() {
  Result<void> written = file_.write(buffer_);
  buffer_.clear();
  result_.bytes = file_.bytes();
  return written;
}

Result<void> Exporter::run(const std::function<void(const ExportProgress&)>& progress,
                           const std::stop_token& stop) {
  while (flushed_ && takeSlab()) {
    if (stop.stop_requested())
      return std::unexpected(Error::fromErrno(Operation::write, ECANCELED, settings_.path));
    if (progress) progress(progress_);
  }
  return flushed_ ? flush() : flushed_;
}

}  // namespace

std::span<const ExportFormat> exportFormats() {
  return kFormats;
}

std::string_view exportFormatName(ExportFormat format) {
  switch (format) {
    case ExportFormat::pcapng:
      return "pcapng";
    case ExportFormat::jsonLines:
      return "jsonl";
    case ExportFormat::csv:
      return "csv";
    case ExportFormat::text:
      return "text";
    case ExportFormat::raw:
      return "raw";
  }
  return {};
}

std::optional<ExportFormat> exportFormatOf(std::string_view path) {
  std::string lower(path);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const Ending& ending : kEndings)
    if (lower.ends_with(ending.text)) return ending.format;
  return std::nullopt;
}

Result<ExportResult> exportRows(TrafficLog& log, const ExportSettings& settings,
                                const std::function<void(const ExportProgress&)>& progress,
                                std::stop_token stop) {
  const FileSignals quiet;
  Result<ExportFile> file = ExportFile::create(settings.path, stop);
  if (!file) return std::unexpected(file.error());
  Exporter exporter(log, settings, *file);
  if (Result<void> done = exporter.run(progress, stop); !done) return std::unexpected(done.error());
  if (Result<void> done = file->finish(); !done) return std::unexpected(done.error());
  return exporter.result();
}

}  // namespace sockbench
