#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include "app/cli/capture_options.h"
#include "app/cli/capture_walk.h"
#include "app/cli/command_line.h"
#include "app/cli/file_descriptor.h"
#include "app/cli/verbs/verbs.h"
#include "core/capture/export.h"

namespace sockbench::cli {
namespace {

struct ConvertOptions {
  std::string from;
  std::string to;
  std::string filter;
  std::string format;
  std::string direction = "in";
};

// Everything is kept until it is written: what memory does not hold is spilled, even where the length is not
// known.
constexpr std::uint64_t kMostSpilled = std::uint64_t{1} << 40;

std::vector<std::string> formatNames() {
  std::vector<std::string> names;
  for (const ExportFormat format : exportFormats()) names.emplace_back(exportFormatName(format));
  return names;
}

std::optional<ExportFormat> formatNamed(std::string_view name) {
  for (const ExportFormat format : exportFormats())
    if (exportFormatName(format) == name) return format;
  return std::nullopt;
}

// A file without a name that any other could have; it goes with this.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code none;  // TMPDIR names no folder
    const std::filesystem::path folder = std::filesystem::temp_directory_path(none);
    std::string pattern = ((none ? "/tmp" : folder) / "sockbench-XXXXXX").string();
    descriptor_ = FileDescriptor(::mkostemp(pattern.data(), O_CLOEXEC));
    if (descriptor_) path_ = pattern;
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }  // empty: it could not be made

 private:
  FileDescriptor descriptor_;
  std::string path_;
};

// The reading and the writing, each until it is done or a signal comes.
class Conversion {
 public:
  Conversion(Context& context, ExportSettings settings) : context_(context), settings_(std::move(settings)) {}

  int carryOut(const std::string& from) {
    CaptureFileSettings reading = captureSettings(from);
    if (from == "-") reading.log = LogLimits{.spillBytes = kMostSpilled};
    const auto file = CaptureFile::open(std::move(reading), [this] { stop_.notify(); });
    if (!file) return context_.fail(file.error());
    if (!waitUntil([&] { return !(*file)->status().reading; })) return kDone;
    const Result<ExportResult> written = write((*file)->log());
    if (signalled_) return kDone;
    if (!written) return context_.fail(written.error());
    tell(*written);
    const CaptureFile::Status status = (*file)->status();
    if (status.error) return context_.fail(*status.error);
    return written->lost > 0 ? kSaidNo : kDone;
  }

  // What carryOut() has written at `path`, to standard output.
  Result<void> copyOut(const std::string& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return std::unexpected(Error::fromErrno(Operation::open, errno, path));
    std::array<char, std::size_t{64} << 10> piece{};
    while (!stop_.hasSignal()) {
      const ssize_t got = ::read(file.number(), piece.data(), piece.size());
      if (got < 0) return std::unexpected(Error::fromErrno(Operation::read, errno, path));
      if (got == 0 || !stop_.write(context_.out, {piece.data(), static_cast<std::size_t>(got)})) break;
    }
    return {};
  }

 private:
  // False: a signal came first.
  template <class IsOver>
  bool waitUntil(IsOver isOver) {
    while (!isOver() && !signalled_) signalled_ = stop_.wait() == StopSignals::Woken::signalled;
    return !signalled_;
  }

  Result<ExportResult> write(TrafficLog& log) {
    std::atomic<bool> isDone = false;
    Result<ExportResult> result;
    std::jthread writer([&](const std::stop_token& stop) {
      result = exportRows(log, settings_, {}, stop);
      isDone = true;
      stop_.notify();
    });
    waitUntil([&] { return isDone.load(); });
    writer.request_stop();
    writer.join();
    if (result) result->lost += log.first();
    return result;
  }

  void tell(const ExportResult& result) {
    if (context_.json && !isToOutput_)
      context_.print({{"rows", result.rows}, {"bytes", result.bytes}, {"lost", result.lost}});
    if (result.lost > 0)
      Output(STDERR_FILENO)
          .write("sockbench-cli: " + std::to_string(result.lost) +
                 " records had no room in memory and on disk, and are missing\n");
  }

 public:
  bool isToOutput_ = false;

 private:
  Context& context_;
  ExportSettings settings_;
  StopSignals stop_;
  bool signalled_ = false;
};

int convertToOutput(Context& context, ExportSettings settings, const std::string& from) {
  const TemporaryFile file;
  if (file.path().empty()) return context.fail(Error::fromErrno(Operation::open, errno, "a temporary file"));
  settings.path = file.path();
  Conversion conversion(context, std::move(settings));
  conversion.isToOutput_ = true;
  const int status = conversion.carryOut(from);
  if (const Result<void> copied = conversion.copyOut(file.path()); !copied)
    return context.fail(copied.error());
  return status;
}

int runConvert(Context& context, const ConvertOptions& given, const CLI::App& verb) {
  ExportSettings settings;
  OptionReader reader(verb);
  takeRowFilter(reader, settings.filter, given.filter);
  if (!reader.isGood()) return kWrongUsage;
  const auto format = given.format.empty() ? exportFormatOf(given.to) : formatNamed(given.format);
  if (!format)
    return Context::wrongUsage("the format of \"" + given.to + "\" is not plain from its ending",
                               "say --format pcapng, jsonl, csv, text or raw");
  settings.format = *format;
  settings.direction = given.direction == "out" ? Direction::out : Direction::in;
  if (given.to == "-") return convertToOutput(context, std::move(settings), given.from);
  settings.path = given.to;
  return Conversion(context, std::move(settings)).carryOut(given.from);
}

}  // namespace

void addConvertVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<ConvertOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb = addVerb(app, context, "convert", "Write the rows of a capture file in another format",
                           [&context, given, self] { return runConvert(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "IN", given->from, kCaptureFileHelp)->required();
  addArgument(*verb, "OUT", given->to, "The file to write, replaced when it is whole; - is standard output")
      ->required();
  addRowFilterOption(*verb, given->filter);
  addOption(*verb, "--format", given->format,
            "pcapng, jsonl, csv, text or raw (default: by OUT's ending; raw: the bytes of one direction)")
      ->type_name("FORMAT")
      ->check(isOneOf(formatNames()));
  addOption(*verb, "--direction", given->direction, "Of raw: in (default) or out")
      ->type_name("DIRECTION")
      ->check(isOneOf({"in", "out"}));
}

}  // namespace sockbench::cli
