// What of a file's contents stays when the program writes it anew. Thread: any.
#pragma once

#include "core/toml/toml_tree.h"

namespace sockbench {

// `made` is what is to be saved; `file` is what the file holds, `known` what the program made of that when it
// was read. A key of `file` that is not in `known` means nothing to this program: it is kept, where it
// stands. What is in `known` and no longer in `made` was taken away by a person. Keys stand in the order of
// the file, new ones behind the others. Tables within arrays belong together by their "name", or, without
// one, by their place as long as the array is as long as it was.
TomlTable mergedWorkspace(const TomlTable& made, const TomlTable& file, const TomlTable& known);

}  // namespace sockbench
