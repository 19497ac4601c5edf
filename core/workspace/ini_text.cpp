#include "core/workspace/ini_text.h"

#include <charconv>
#include <optional>

#include "core/base/unicode.h"

namespace sockbench {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

int digitOf(char c, int base) {
  int value = -1;
  if (c >= '0' && c <= '9') value = c - '0';
  if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
  if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
  return value < base ? value : -1;
}

// UTF-16 that comes a unit at a time, in between UTF-8.
class Utf16Units {
 public:
  explicit Utf16Units(std::string& out) : out_(out) {}
  void add(char16_t unit) {
    if (unit >= 0xDC00 && unit <= 0xDFFF && high_ != 0) {
      appendUtf8(out_, 0x10000 + (static_cast<char32_t>(high_ - 0xD800) << 10) + (unit - 0xDC00U));
      high_ = 0;
      return;
    }
    end();
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high_ = unit;
    } else {
      appendUtf8(out_, unit >= 0xDC00 && unit <= 0xDFFF ? char32_t{0xFFFD} : char32_t{unit});
    }
  }
  void end() {  // before anything else is written
    if (high_ != 0) appendUtf8(out_, 0xFFFD);
    high_ = 0;
  }

 private:
  std::string& out_;
  char16_t high_ = 0;
};

// A number of `digits` hexadecimal digits at `at`, or nothing.
std::optional<char16_t> hexAt(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  unsigned value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    const int digit = digitOf(text[i], 16);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return static_cast<char16_t>(value);
}

// %20 and %U4F60; a backslash is the slash between groups.
std::string readKey(std::string_view key) {
  std::string out;
  Utf16Units units(out);
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool wide = i + 1 < key.size() && key[i + 1] == 'U';
    const auto number = key[i] == '%' ? hexAt(key, wide ? i + 2 : i + 1, wide ? 4 : 2) : std::nullopt;
    if (number) {
      units.add(*number);
      i += wide ? 5 : 2;
      continue;
    }
    units.end();
    out += key[i] == '\\' ? '/' : key[i];
  }
  units.end();
  return out;
}

// A value: "..." and escapes. It ends at a ; outside of quotes.
class ValueReader {
 public:
  explicit ValueReader(std::string_view text) : text_(text) {}

  std::string read() {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\\') {
        escape();
        continue;
      }
      units_.end();
      if (c == '"') {
        quoted_ = !quoted_;
        kept_ = out_.size();
      } else if (c == ';' && !quoted_) {
        break;
      } else {
        out_ += c;
      }
    }
    units_.end();
    // Blanks at the end count where they stood in quotes, or were escaped.
    while (out_.size() > kept_ && (out_.back() == ' ' || out_.back() == '\t' || out_.back() == '\r'))
      out_.pop_back();
    if (out_.starts_with("@@")) out_.erase(0, 1);
    return std::move(out_);
  }

 private:
  void escape() {
    if (at_ >= text_.size()) return;
    const char c = text_[at_++];
    constexpr std::string_view kNames = "abfnrtv\"?'\\";
    constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\"?'\\";
    if (const std::size_t which = kNames.find(c); which != std::string_view::npos) {
      units_.end();
      out_ += kMeant[which];
    } else if (c == 'x') {
      number(16);
    } else if (digitOf(c, 8) >= 0) {
      --at_;
      number(8);
    }  // Qt passes over a backslash before anything else, and over that.
    kept_ = out_.size();
  }

  // As many digits as follow; Qt keeps the last 16 bits.
  void number(int base) {
    unsigned value = 0;
    while (at_ < text_.size() && digitOf(text_[at_], base) >= 0)
      value =
          (value * static_cast<unsigned>(base) + static_cast<unsigned>(digitOf(text_[at_++], base))) & 0xFFFF;
    units_.add(static_cast<char16_t>(value));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool quoted_ = false;
  std::string out_;
  std::size_t kept_ = 0;
  Utf16Units units_{out_};
};

// One line; a backslash at its end goes on with the next. `lines`: how many it was.
std::string_view lineAt(std::string_view text, std::size_t& at, std::uint32_t& lines) {
  const std::size_t begin = at;
  lines = 0;
  while (at < text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    std::size_t content = end;
    if (content > at && text[content - 1] == '\r') --content;
    std::size_t slashes = 0;
    while (content > at + slashes && text[content - 1 - slashes] == '\\') ++slashes;
    at = end < text.size() ? end + 1 : end;
    ++lines;
    if (slashes % 2 == 0) return text.substr(begin, content - begin);
  }
  return text.substr(begin, at - begin);
}

std::string withoutContinuations(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const bool crLf = text[i + 1] == '\r' && i + 2 < text.size() && text[i + 2] == '\n';
      if (crLf || text[i + 1] == '\n') {
        i += crLf ? 2 : 1;
        continue;
      }
      out += text[i++];
    }
    out += text[i];
  }
  return out;
}

std::string sectionPrefix(std::string_view name) {
  const std::string_view inner = trimmed(name);
  if (inner == "General") return {};
  if (inner == "%General") return "General/";
  return readKey(inner) + '/';
}

}  // namespace

IniText readIni(std::string_view text) {
  IniText ini;
  std::string prefix;
  std::uint32_t line = 1;
  std::uint32_t lines = 0;
  for (std::size_t at = 0; at < text.size(); line += lines) {
    const std::string whole = withoutContinuations(lineAt(text, at, lines));
    const std::string_view content = trimmed(whole);
    if (content.empty() || content.front() == ';' || content.front() == '#') continue;
    if (content.front() == '[' && content.find(']') != std::string_view::npos) {
      prefix = sectionPrefix(content.substr(1, content.rfind(']') - 1));
      continue;
    }
    const std::size_t equals = content.find('=');
    if (equals == std::string_view::npos || equals == 0 || ini.entries.size() >= kMostIniEntries) {
      ini.unreadableLines.push_back(line);
      continue;
    }
    ini.entries.push_back({prefix + readKey(trimmed(content.substr(0, equals))),
                           ValueReader(trimmed(content.substr(equals + 1))).read(), line});
  }
  return ini;
}

}  // namespace sockbench
