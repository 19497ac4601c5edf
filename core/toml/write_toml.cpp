#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/base/unicode.h"
#include "core/toml/toml_tree.h"

namespace sockbench {
namespace {

constexpr std::size_t kLongestLine = 100;

bool isBareKey(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void appendEscaped(std::string& out, char32_t c) {
  static constexpr std::array<std::pair<char32_t, std::string_view>, 7> kShort{{{U'\b', "\\b"},
                                                                                {U'\t', "\\t"},
                                                                                {U'\n', "\\n"},
                                                                                {U'\f', "\\f"},
                                                                                {U'\r', "\\r"},
                                                                                {U'"', "\\\""},
                                                                                {U'\\', "\\\\"}}};
  const auto known = std::ranges::find(kShort, c, [](const auto& pair) { return pair.first; });
  if (known != kShort.end()) {
    out += known->second;
    return;
  }
  static constexpr std::string_view digits = "0123456789ABCDEF";
  const int width = c > 0xFFFF ? 8 : 4;
  out += width == 8 ? "\\U" : "\\u";
  for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) out += digits[(c >> shift) & 0xF];
}

std::string basicText(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = nextUtf8(text, at);
    if (c == kInvalidUtf8) {
      appendUtf8(out, U'\uFFFD');
    } else if (c < 0x20 || c == U'"' || c == U'\\' || isDeceptiveCharacter(c)) {
      appendEscaped(out, c);
    } else {
      appendUtf8(out, c);
    }
  }
  return out + '"';
}

bool fitsLiteral(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = nextUtf8(text, at);
    if (c == U'\'' || c < 0x20 || c == kInvalidUtf8 || isDeceptiveCharacter(c)) return false;
  }
  return true;
}

std::string oneLineText(std::string_view text) {
  const bool hasEscapes = text.find_first_of("\\\"") != std::string_view::npos;
  if (hasEscapes && fitsLiteral(text)) return "'" + std::string(text) + "'";
  return basicText(text);
}

// More than one line, of which the first line's end is not the text's.
bool hasLines(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end + 1 < text.size();
}

// A blank at the end of a line is escaped: editors take such away.
std::string longText(std::string_view text) {
  std::string out = "\"\"\"\n";
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = nextUtf8(text, at);
    const bool endsLine = at == text.size() || text[at] == '\n' || text[at] == '\r';
    if (c == kInvalidUtf8) {
      appendUtf8(out, U'\uFFFD');
    } else if (c == U'\n') {
      out += '\n';
    } else if ((c == U' ' && endsLine) || c < 0x20 || c == U'"' || c == U'\\' || isDeceptiveCharacter(c)) {
      const bool plainQuote = c == U'"' && !endsLine && text[at] != '"' && !out.ends_with('"');
      plainQuote ? out += '"' : (appendEscaped(out, c), out);
    } else {
      appendUtf8(out, c);
    }
  }
  return out + "\"\"\"";
}

std::string realText(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  std::string text(digits.data(), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string keyText(std::string_view key) {
  return isBareKey(key) ? std::string(key) : basicText(key);
}

std::string inlineText(const TomlValue& value);

std::string inlineTable(const TomlTable& table) {
  if (table.empty()) return "{}";
  std::string out = "{ ";
  for (const auto& [key, value] : table.entries()) {
    if (out.size() > 2) out += ", ";
    out += keyText(key) + " = " + inlineText(value);
  }
  return out + " }";
}

std::string inlineArray(const TomlArray& array) {
  std::string out = "[";
  for (const TomlValue& value : array) {
    if (out.size() > 1) out += ", ";
    out += inlineText(value);
  }
  return out + "]";
}

std::string inlineText(const TomlValue& value) {
  struct Writer {
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return realText(number); }
    std::string operator()(const std::string& text) const { return oneLineText(text); }
    std::string operator()(const TomlTime& time) const { return time.text; }
    std::string operator()(const TomlArray& array) const { return inlineArray(array); }
    std::string operator()(const TomlTable& table) const { return inlineTable(table); }
  };
  return std::visit(Writer{}, value.data);
}

bool isTable(const TomlValue& value) {
  return std::holds_alternative<TomlTable>(value.data);
}

bool isSection(const TomlValue& value) {
  const auto underHeader = [](const TomlValue& inner) {
    const auto* table = std::get_if<TomlTable>(&inner.data);
    return table != nullptr && !table->isInline();
  };
  if (isTable(value)) return underHeader(value);
  const auto* array = std::get_if<TomlArray>(&value.data);
  return array != nullptr && std::ranges::all_of(*array, isTable) && std::ranges::any_of(*array, underHeader);
}

class Writer {
 public:
  std::string text() && { return std::move(out_); }

  void body(const TomlTable& table, const std::string& path) {
    const auto& entries = table.entries();
    // A plain value behind a [header] would belong to that.
    const auto lastPlain =
        std::find_if(entries.rbegin(), entries.rend(), [](const auto& e) { return !isSection(e.second); });
    const auto firstSection = lastPlain.base();
    for (auto it = entries.begin(); it != firstSection; ++it) plain(it->first, it->second);
    for (auto it = firstSection; it != entries.end(); ++it)
      section(path.empty() ? keyText(it->first) : path + '.' + keyText(it->first), it->second);
  }

 private:
  void plain(std::string_view key, const TomlValue& value) {
    out_ += keyText(key) + " = ";
    const auto* text = std::get_if<std::string>(&value.data);
    const auto* array = std::get_if<TomlArray>(&value.data);
    if (text != nullptr && hasLines(*text)) {
      out_ += longText(*text);
    } else if (array != nullptr) {
      appendArray(*array);
    } else {
      out_ += inlineText(value);
    }
    out_ += '\n';
  }

  void appendArray(const TomlArray& array) {
    const std::string line = inlineArray(array);
    const bool hasTables = std::ranges::any_of(array, isTable);
    const std::size_t begun = out_.size() - std::min(out_.rfind('\n') + 1, out_.size());
    if (begun + line.size() <= kLongestLine && (!hasTables || array.size() < 2)) {
      out_ += line;
      return;
    }
    out_ += "[\n";
    for (const TomlValue& value : array) out_ += "  " + inlineText(value) + ",\n";
    out_ += ']';
  }

  void section(const std::string& path, const TomlValue& value) {
    if (const auto* table = std::get_if<TomlTable>(&value.data)) {
      const auto& entries = table->entries();
      // The headers of what is in it say that it is there.
      const bool isSaid =
          !entries.empty() && std::ranges::all_of(entries, [](const auto& e) { return isSection(e.second); });
      if (!isSaid) header("[" + path + "]");
      body(*table, path);
      return;
    }
    for (const TomlValue& element : std::get<TomlArray>(value.data)) {
      header("[[" + path + "]]");
      body(std::get<TomlTable>(element.data), path);
    }
  }

  void header(const std::string& text) {
    if (!out_.empty()) out_ += '\n';
    out_ += text + '\n';
  }

  std::string out_;
};

}  // namespace

std::string writeToml(const TomlTable& table) {
  Writer writer;
  writer.body(table, {});
  return std::move(writer).text();
}

}  // namespace sockbench
