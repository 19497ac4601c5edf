#include <algorithm>
#include <utility>

#include "core/base/unicode.h"
#include "core/toml/toml_node.h"
#include "core/toml/toml_scalars.h"
#include "core/toml/toml_tree.h"

namespace sockbench {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class Lines {
 public:
  explicit Lines(std::string_view text) {
    for (std::size_t at = 0; at != std::string_view::npos;) {
      starts_.push_back(at);
      const std::size_t end = text.find('\n', at);
      at = end == std::string_view::npos ? end : end + 1;
    }
  }

  TomlPlace operator()(std::size_t offset) const {
    const auto line = std::ranges::upper_bound(starts_, offset) - starts_.begin();
    const std::size_t column = offset - starts_[static_cast<std::size_t>(line - 1)] + 1;
    return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column)};
  }

 private:
  std::vector<std::size_t> starts_;
};

std::optional<std::size_t> firstInvalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (nextUtf8(text, at) == kInvalidUtf8) return begin;
  }
  return std::nullopt;
}

bool isBareKeyCharacter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

class DocumentReader {
 public:
  DocumentReader(std::string_view text, const Lines& lines) : source_(text), lines_(lines) {}

  TomlParsed<TomlTable> read() {
    TomlNode root(TomlNode::Made::header);
    table_ = &root;
    while (!source_.atEnd()) {
      if (auto line = readLine(root); !line) return std::unexpected(std::move(line.error()));
    }
    return std::get<TomlTable>(root.take(lines_).data);
  }

 private:
  TomlParsed<void> readLine(TomlNode& root) {
    source_.skipBlanks();
    if (source_.peek() == '[') {
      if (auto header = readHeader(root); !header) return header;
    } else if (!source_.atEnd() && source_.peek() != '#' && source_.newline() == 0) {
      if (auto pair = readPair(*table_, tableDepth_); !pair) return pair;
    }
    return endLine();
  }

  TomlParsed<void> endLine() {
    source_.skipBlanks();
    if (auto comment = skipComment(); !comment) return comment;
    const std::size_t newline = source_.newline();
    if (newline == 0 && !source_.atEnd())
      return source_.fault("something stands behind the end of the value");
    source_.skip(newline);
    return {};
  }

  TomlParsed<void> skipComment() {
    if (source_.peek() != '#') return {};
    while (!source_.atEnd() && source_.newline() == 0) {
      if (isTomlControl(source_.peek())) return source_.fault("a control character in a comment");
      source_.skip(1);
    }
    return {};
  }

  // Space, ends of lines and comments, as they stand between the elements of an array.
  TomlParsed<void> skipGap() {
    for (;;) {
      source_.skipBlanks();
      if (auto comment = skipComment(); !comment) return comment;
      const std::size_t newline = source_.newline();
      if (newline == 0) return {};
      source_.skip(newline);
    }
  }

  TomlParsed<void> readHeader(TomlNode& root) {
    const std::size_t begin = source_.offset();
    source_.skip(1);
    const bool isElement = source_.take('[');
    auto key = readKey(0);
    if (!key) return std::unexpected(std::move(key.error()));
    if (!source_.take(']') || (isElement && !source_.take(']')))
      return source_.fault(isElement ? "]] is missing" : "] is missing");
    tableDepth_ = 0;
    const auto table = root.open(*key, isElement, begin, tableDepth_);
    if (!table) return std::unexpected(table.error());
    if (tableDepth_ > kDeepestToml) return tooDeep(begin);
    table_ = *table;
    return {};
  }

  TomlParsed<TomlKey> readKey(int depth) {
    TomlKey key;
    do {
      source_.skipBlanks();
      const std::size_t begin = source_.offset();
      auto part = readKeyPart();
      if (!part) return std::unexpected(std::move(part.error()));
      key.push_back({*std::move(part), begin});
      if (depth + static_cast<int>(key.size()) > kDeepestToml) return tooDeep(begin);
      source_.skipBlanks();
    } while (source_.take('.'));
    return key;
  }

  TomlParsed<std::string> readKeyPart() {
    if (source_.peek() == '"' || source_.peek() == '\'') return readTomlText(source_, true);
    const std::size_t begin = source_.offset();
    while (isBareKeyCharacter(source_.peek())) source_.skip(1);
    if (source_.offset() == begin)
      return source_.fault("a key is missing; one with other letters stands in quotes");
    return std::string(source_.from(begin));
  }

  TomlParsed<void> readPair(TomlNode& table, int depth) {
    auto key = readKey(depth);
    if (!key) return std::unexpected(std::move(key.error()));
    if (!source_.take('=')) return source_.fault("= is missing behind the key");
    source_.skipBlanks();
    const std::size_t begin = source_.offset();
    auto value = readValue(depth + static_cast<int>(key->size()));
    if (!value) return std::unexpected(std::move(value.error()));
    const auto put = table.put(*key, *std::move(value), begin);
    if (!put) return std::unexpected(put.error());
    return {};
  }

  TomlParsed<TomlValue> readValue(int depth) {
    const std::size_t begin = source_.offset();
    TomlParsed<TomlValue> value;
    if (source_.peek() == '"' || source_.peek() == '\'') {
      auto text = readTomlText(source_, false);
      if (!text) return std::unexpected(std::move(text.error()));
      value = TomlValue(*std::move(text));
    } else if (source_.peek() == '[' || source_.peek() == '{') {
      if (depth > kDeepestToml) return tooDeep(begin);
      value = source_.peek() == '[' ? readArray(depth) : readInlineTable(depth);
    } else {
      value = readTomlScalar(source_);
    }
    if (value) value->place = lines_(begin);
    return value;
  }

  TomlParsed<TomlValue> readArray(int depth) {
    const std::size_t begin = source_.offset();
    source_.skip(1);
    TomlArray array;
    for (;;) {
      if (auto gap = skipGap(); !gap) return std::unexpected(std::move(gap.error()));
      if (source_.take(']')) return TomlValue(std::move(array));
      if (source_.atEnd()) return TomlSource::fault(begin, "an array that is not closed");
      auto value = readValue(depth + 1);
      if (!value) return value;
      array.push_back(*std::move(value));
      if (auto gap = skipGap(); !gap) return std::unexpected(std::move(gap.error()));
      if (!source_.take(',') && source_.peek() != ']') {
        return source_.atEnd() ? TomlSource::fault(begin, "an array that is not closed")
                               : source_.fault("a comma or ] is missing in the array");
      }
    }
  }

  TomlParsed<TomlValue> readInlineTable(int depth) {
    source_.skip(1);
    TomlNode table(TomlNode::Made::header);
    source_.skipBlanks();
    while (!source_.take('}')) {
      if (auto pair = readPair(table, depth); !pair) return std::unexpected(std::move(pair.error()));
      source_.skipBlanks();
      if (source_.peek() == '}') continue;
      if (!source_.take(','))
        return source_.fault("a comma or } is missing in the table, which ends in its line");
      source_.skipBlanks();
      if (source_.peek() == '}') return source_.fault("no comma may stand before the } of a table");
    }
    TomlValue made = table.take(lines_);
    std::get<TomlTable>(made.data).setInline(true);
    return made;
  }

  static std::unexpected<TomlFault> tooDeep(std::size_t offset) {
    return TomlSource::fault(offset, "nested deeper than " + std::to_string(kDeepestToml) + " levels");
  }

  TomlSource source_;
  const Lines& lines_;
  TomlNode* table_ = nullptr;  // of the header above
  int tableDepth_ = 0;
};

}  // namespace

Result<TomlTable> readToml(std::string_view text, std::string subject) {
  if (text.size() > kMostTomlBytes) {
    return std::unexpected(Error::fromInput(InputFault::tooLarge, std::move(subject), std::nullopt,
                                            "larger than " + std::to_string(kMostTomlBytes >> 20) + " MiB"));
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const Lines lines(text);
  if (const auto invalid = firstInvalid(text))
    return std::unexpected(tomlError(std::move(subject), lines(*invalid), "a byte that is not UTF-8"));
  auto made = DocumentReader(text, lines).read();
  if (made) return *std::move(made);
  return std::unexpected(tomlError(std::move(subject), lines(made.error().offset), made.error().detail));
}

}  // namespace sockbench
