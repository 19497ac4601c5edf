#include "core/workspace/workspace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "core/automation/scenario/scenario.h"
#include "core/base/export_file.h"
#include "core/base/file_signals.h"
#include "core/toml/toml_reader.h"
#include "core/workspace/workspace_merge.h"

namespace sockbench {
namespace {

constexpr std::string_view kFirstLine =
    "# A workspace of Sockbench. Comments are not kept when it is saved there.\n";

class OpenFile {
 public:
  // O_NONBLOCK: a FIFO does not wait for its writer.
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// The first `most` bytes of a regular file.
Result<std::string> textOf(const std::string& path, std::size_t most) {
  const OpenFile file(path);
  const auto failed = [&](Operation op, int number) {
    return std::unexpected(Error::fromErrno(op, number, path));
  };
  if (file.descriptor() < 0) return failed(Operation::open, errno);
  struct stat about {};
  if (::fstat(file.descriptor(), &about) != 0) return failed(Operation::open, errno);
  if (S_ISDIR(about.st_mode)) return failed(Operation::open, EISDIR);
  if (!S_ISREG(about.st_mode))
    return std::unexpected(
        Error::fromInput(InputFault::badPath, path, std::nullopt, "it is no regular file"));
  std::string text;
  std::array<char, 64 * 1024> piece;
  while (text.size() < most) {
    const ssize_t count = ::read(file.descriptor(), piece.data(), std::min(piece.size(), most - text.size()));
    if (count == 0) break;
    if (count < 0 && errno != EINTR) return failed(Operation::read, errno);
    if (count > 0) text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

std::unexpected<Error> changed(const std::string& path, const char* how) {
  return std::unexpected(Error::fromInput(InputFault::badPath, path, std::nullopt, how, Operation::write));
}

bool exists(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0;
}

}  // namespace

Result<WorkspaceFile> WorkspaceFile::read(std::string_view text, const std::string& subject) {
  auto tree = readToml(text, subject);
  if (!tree) return std::unexpected(std::move(tree.error()));
  TomlReader in(*tree, subject, UnknownKeys::left);
  const std::string format = in.text("format");
  if (in.ok() && format != kWorkspaceFormat) {
    in.fail("format", format == kScenarioFormat ? "it is a scenario, not a workspace"
                                                : "it is no workspace: its format is " + tomlQuoted(format));
  }
  const auto version = in.requiredInteger<std::int64_t>("version", 1);
  if (in.ok() && version > kWorkspaceVersion) {
    in.fail("version", "version " + std::to_string(version) + " is newer than this program knows (" +
                           std::to_string(kWorkspaceVersion) + ")");
  }
  if (!in.ok()) return std::unexpected(*in.error());
  WorkspaceFile file;
  file.contents_ = *std::move(tree);
  file.contents_.remove("format");
  file.contents_.remove("version");
  return file;
}

Result<WorkspaceFile> WorkspaceFile::open(const std::string& path) {
  auto text = textOf(path, kMostTomlBytes + 1);
  if (!text) return std::unexpected(std::move(text.error()));
  auto file = read(*text, path);
  if (!file) return file;
  file->path_ = path;
  file->seen_ = *std::move(text);
  return file;
}

std::string WorkspaceFile::write(const TomlTable& contents) {
  TomlTable whole;
  whole.set("format", kWorkspaceFormat);
  whole.set("version", std::int64_t{kWorkspaceVersion});
  for (const auto& [key, value] : contents.entries()) whole.entries().emplace_back(key, value);
  return std::string(kFirstLine) + writeToml(whole);
}

std::string WorkspaceFile::text(const TomlTable& made) const {
  return write(mergedWorkspace(made, contents_, known_));
}

Result<void> WorkspaceFile::write(const std::string& path, const TomlTable& made) {
  TomlTable contents = mergedWorkspace(made, contents_, known_);
  std::string text = write(contents);
  if (text.size() > kMostTomlBytes)
    return std::unexpected(Error::fromInput(
        InputFault::tooLarge, path, std::nullopt,
        "the workspace would be larger than 64 MiB and could not be read again", Operation::write));
  const FileSignals quiet;
  auto file = ExportFile::create(path, {});
  if (!file) return std::unexpected(std::move(file.error()));
  if (auto written = file->write(text); !written) return written;
  if (auto finished = file->finish(); !finished) return finished;
  path_ = path;
  seen_ = std::move(text);
  contents_ = std::move(contents);
  known_ = made;
  return {};
}

Result<void> WorkspaceFile::save(const TomlTable& made) {
  const auto now = textOf(path_, kMostTomlBytes + 1);
  if (!now && now.error().isErrno(ENOENT))
    return changed(path_, "the file was removed since it was read; save it as another");
  if (!now) return std::unexpected(now.error());
  if (*now != seen_)
    return changed(path_,
                   "the file was changed by others since it was read; save it as another, or open it anew");
  return write(path_, made);
}

Result<void> WorkspaceFile::saveAs(const std::string& path, const TomlTable& made) {
  if (exists(path)) {
    if (const auto old = open(path); !old) return std::unexpected(old.error());
  }
  return write(path, made);
}

std::string_view formatOfFile(const std::string& path) {
  constexpr std::size_t enough = 4096;
  const auto text = textOf(path, enough);
  if (!text) return {};
  for (const std::string_view format : {kWorkspaceFormat, kScenarioFormat}) {
    for (const char quote : {'"', '\''}) {
      if (text->contains("format = " + (quote + std::string(format) + quote))) return format;
    }
  }
  return {};
}

}  // namespace sockbench
