// What widgets remember by QSettings, as a TOML table that a person can read, and back. Thread: gui.
//
// Groups are tables, arrays are arrays of tables, numbers, text and lists are themselves. Bytes are text
// where they are printable ASCII, else { base64 = "..." }; values of other types are { qt = "..." }, as
// QDataStream writes them.
#pragma once

#include <functional>

#include "core/toml/toml_tree.h"

class QSettings;

namespace sockbench::ui {

// What `save` writes into settings that are empty and stand in no file.
TomlTable settingsToToml(const std::function<void(QSettings&)>& save);

// Calls `restore` with settings that hold what `table` says; what has no meaning there is passed over.
void settingsFromToml(const TomlTable& table, const std::function<void(QSettings&)>& restore);

// Whether it was made of what only a program can read: a { base64 = ... } or a { qt = ... }.
bool isOpaque(const TomlValue& value);

}  // namespace sockbench::ui
