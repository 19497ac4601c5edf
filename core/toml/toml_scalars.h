// Values without others in them: text, numbers, dates and times, true and false. Each begins at the front of
// the source and is passed over.
#pragma once

#include <string>

#include "core/toml/toml_source.h"
#include "core/toml/toml_tree.h"

namespace sockbench {

// At a quote. `oneLine`: a key, which is in "" or '' alone.
TomlParsed<std::string> readTomlText(TomlSource& source, bool oneLine);
TomlParsed<TomlValue> readTomlScalar(TomlSource& source);  // not at a quote
// Tabs apart, controls stand nowhere in a document.
bool isTomlControl(char c);

}  // namespace sockbench
