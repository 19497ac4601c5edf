// WorkspaceFile: the whole bench in one text file (TOML): endpoints, sends, rules, filters, variables,
// layout, each in a section that its own codec reads and writes.
//
//   format = "sockbench-workspace"
//   version = 1
//
// The file is replaced as a whole or not at all, keeps its permissions, and is reached through symbolic
// links. It is never written over when it could not be read, or when it is not what this program last saw of
// it. Keys and sections that the program does not know stay where they stand; comments do not, and the file
// says so. Thread: one at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/toml/toml_tree.h"

namespace sockbench {

inline constexpr int kWorkspaceVersion = 1;
inline constexpr std::string_view kWorkspaceFormat = "sockbench-workspace";
inline constexpr std::string_view kWorkspaceSuffix = ".sockbench";

class WorkspaceFile {
 public:
  WorkspaceFile() = default;  // a new one, which has no file yet

  // Errors: those of open(2) and read(2); EISDIR, and badPath for what is no regular file; tooLarge; with
  // line and column: not TOML, no workspace, of a newer version.
  static Result<WorkspaceFile> open(const std::string& path);
  // The same of a text; its path stays empty.
  static Result<WorkspaceFile> read(std::string_view text, const std::string& subject);
  static std::string write(const TomlTable& contents);  // with what begins every such file

  const std::string& path() const { return path_; }        // empty: it has none yet
  const TomlTable& contents() const { return contents_; }  // without `format` and `version`
  // What the program makes of contents(): which keys it knows. Until then it knows none.
  void setKnown(TomlTable known) { known_ = std::move(known); }
  // The text that save() would write.
  std::string text(const TomlTable& made) const;

  // Writes `made`, with what of the file this program does not know. Errors: badPath when the file has been
  // changed, replaced or removed by others since; else those of writing: the file is then as it was.
  Result<void> save(const TomlTable& made);
  // The same to another path, which is this workspace's from then on. A file that is there is replaced only
  // if it is a workspace that can be read: else badPath, or the error of open().
  Result<void> saveAs(const std::string& path, const TomlTable& made);

 private:
  std::string path_;
  std::string seen_;  // the file's text, as it was last read or written
  TomlTable contents_;
  TomlTable known_;
  Result<void> write(const std::string& path, const TomlTable& made);
};

// The `format` of a file, by its beginning: kWorkspaceFormat, kScenarioFormat, or "" for anything else, what
// cannot be read among it. Blocks as read(2) does. Thread: any.
std::string_view formatOfFile(const std::string& path);

}  // namespace sockbench
