// INI text as Qt's QSettings writes it (https://doc.qt.io/qt-6/qsettings.html#format): sections, percent
// signs in keys, backslashes in values. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

struct IniEntry {
  std::string key;         // with its section before it: "Section/key"; of [General]: "key"
  std::string value;       // read: its quotes and escapes are gone
  std::uint32_t line = 0;  // from 1
};

struct IniText {
  std::vector<IniEntry> entries;               // in their order
  std::vector<std::uint32_t> unreadableLines;  // neither a section, nor a comment, nor KEY=VALUE
};

inline constexpr std::size_t kMostIniEntries = 2'000'000;  // those beyond are unreadable lines

// `text` is UTF-8. A value's escapes that stand for UTF-16 (\x4f60) become UTF-8; half a pair becomes U+FFFD.
// What Qt tells of a value's type before it (@Variant(...), @ByteArray(...)) stays; "@@" is "@".
IniText readIni(std::string_view text);

}  // namespace sockbench
