#include "core/automation/scenario/expect_reader.h"

#include <array>
#include <utility>

#include "core/automation/message_toml.h"
#include "core/automation/scenario/step_reader.h"

namespace sockbench {
namespace {

using Kind = ScenarioExpect::Kind;

TextEncoding readEncoding(TomlReader& in) {
  std::vector<std::string_view> names;
  for (const TextEncoding encoding : textEncodings()) names.push_back(textEncodingName(encoding));
  const auto index = in.wordIndex("encoding", names);
  return index ? textEncodings()[*index] : TextEncoding::utf8;
}

// The one of `names` that is a key of the table; none or several: an error, and the first.
std::size_t oneOf(TomlReader& in, std::span<const std::string_view> names, std::string_view what) {
  std::vector<std::size_t> given;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (in.has(names[i])) given.push_back(i);
  if (given.size() == 1) return given.front();
  if (given.size() > 1) {
    in.fail(names[given[1]], std::string(what) + " is one thing: " + std::string(names[given[0]]) + " or " +
                                 std::string(names[given[1]]));
  } else if (in.unknownKeys().empty()) {
    std::string all;
    for (const std::string_view name : names) all += (all.empty() ? "" : ", ") + std::string(name);
    in.failAt(in.place(), std::string(what) + " needs one of " + all);
  }
  return 0;
}

// Not a text alone: { text = "...", ... }.
bool isTable(TomlReader& in, std::string_view key) {
  const TomlValue* value = in.value(key);
  return value != nullptr && !std::holds_alternative<std::string>(value->data);
}

void readPatternInto(TomlReader& in, std::string_view key, ScenarioExpect& expect) {
  static constexpr std::array kinds{PatternSpec::Kind::text, PatternSpec::Kind::hex,
                                    PatternSpec::Kind::regex};
  expect.pattern.kind = kinds[static_cast<std::size_t>(expect.kind)];
  expect.pattern.text = in.text(key, {});
  if (expect.kind != Kind::hex) expect.pattern.caseSensitive = !in.flag("ignore-case", false);
  if (expect.kind == Kind::text) expect.pattern.encoding = readEncoding(in);
}

void checkPattern(TomlReader& in, std::string_view key, const PatternSpec& pattern) {
  if (!in.ok() || hasField(pattern.text)) return;
  if (const auto read = compile(pattern); !read) in.fail(key, read.error());
}

void readTrue(TomlReader& in, std::string_view key) {
  if (!in.flag(key, false)) in.fail(key, tomlQuoted(key) + " is true, or it is left out");
}

ScenarioExpect readExpectTable(TomlReader& in) {
  static constexpr std::array<std::string_view, 8> names{"text",   "hex",    "regex", "exactly",
                                                         "length", "closed", "reset", "nothing"};
  ScenarioExpect expect;
  const std::size_t kind = oneOf(in, names, "an expectation");
  const std::string_view key = names[kind];
  expect.kind = static_cast<Kind>(kind);
  if (!in.has(key)) return expect;
  switch (expect.kind) {
    case Kind::text:
    case Kind::hex:
    case Kind::regex:
      readPatternInto(in, key, expect);
      checkPattern(in, key, expect.pattern);
      break;
    case Kind::exactly:
      expect.bytes = messageAt(in, key);
      break;
    case Kind::length:
      expect.length = in.integer<std::uint64_t>(key, 0, 0, std::uint64_t{256} << 20);
      break;
    case Kind::closed:
    case Kind::reset:
      readTrue(in, key);
      break;
    case Kind::nothing:
      expect.time = readTime(in, key, {});
      break;
  }
  return expect;
}

}  // namespace

void checkText(TomlReader& in, std::string_view key, const std::string& text) {
  if (!in.ok()) return;
  MessageSpec spec;
  spec.body = text;
  if (const auto read = Message::read(std::move(spec)); !read) in.fail(key, read.error());
}

ScenarioExpect readExpect(TomlReader& in, std::string_view key) {
  ScenarioExpect expect;
  if (isTable(in, key)) {
    in.table(key, [&](TomlReader& one) { expect = readExpectTable(one); });
    return expect;
  }
  expect.pattern.text = in.text(key);
  checkPattern(in, key, expect.pattern);
  return expect;
}

}  // namespace sockbench
