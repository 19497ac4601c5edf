#include "core/automation/pattern_toml.h"

namespace sockbench {
namespace {

using Kind = PatternSpec::Kind;

constexpr std::pair<std::string_view, Kind> kKinds[] = {
    {"text", Kind::text}, {"hex", Kind::hex}, {"regex", Kind::regex}};

// Tells at `key` what cannot be looked for.
void check(TomlReader& in, std::string_view key, const PatternSpec& pattern) {
  if (!in.ok()) return;
  if (const auto read = compile(pattern); !read) in.fail(key, read.error());
}

}  // namespace

TomlTable toTomlTable(const PatternSpec& pattern) {
  TomlTable table;
  table.setInline(true);
  for (const auto& [name, kind] : kKinds) {
    if (kind == pattern.kind) table.set(name, pattern.text);
  }
  if (pattern.encoding != TextEncoding::utf8)
    table.set("encoding", TomlValue(textEncodingName(pattern.encoding)));
  if (!pattern.caseSensitive) table.set("ignore-case", true);
  return table;
}

TomlValue toToml(const PatternSpec& pattern) {
  PatternSpec plain;
  plain.text = pattern.text;
  return pattern == plain ? TomlValue(pattern.text) : TomlValue(toTomlTable(pattern));
}

PatternSpec patternIn(TomlReader& in) {
  PatternSpec pattern;
  std::string_view given;
  for (const auto& [name, kind] : kKinds) {
    if (!in.has(name)) continue;
    if (!given.empty()) in.fail(name, "a pattern has one of the keys text, hex and regex");
    given = name;
    pattern.kind = kind;
    pattern.text = in.text(name);
  }
  if (given.empty()) in.failAt(in.place(), "a pattern has one of the keys text, hex and regex");
  pattern.encoding = in.word<TextEncoding>("encoding", TextEncoding::utf8,
                                           {{"UTF-8", TextEncoding::utf8},
                                            {"Latin-1", TextEncoding::latin1},
                                            {"GBK", TextEncoding::gbk},
                                            {"UTF-16LE", TextEncoding::utf16le},
                                            {"UTF-16BE", TextEncoding::utf16be}});
  pattern.caseSensitive = !in.flag("ignore-case", false);
  check(in, given, pattern);
  return pattern;
}

PatternSpec patternAt(TomlReader& in, std::string_view key) {
  PatternSpec pattern;
  const TomlValue* value = in.value(key);
  if (value != nullptr && std::holds_alternative<TomlTable>(value->data)) {
    in.table(key, [&](TomlReader& table) { pattern = patternIn(table); });
    return pattern;
  }
  pattern.text = in.text(key);
  check(in, key, pattern);
  return pattern;
}

}  // namespace sockbench
