#include <toml++/toml.h>

#include <algorithm>
#include <utility>

#include "core/base/unicode.h"
#include "core/toml/toml_scan.h"
#include "core/toml/toml_tree.h"

namespace sockbench {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kTimeCharacters = "0123456789:+-.TtZz ";

// Finds bytes by toml++'s places, which count characters. Places that come in order cost one walk through the
// text.
class SourceText {
 public:
  explicit SourceText(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at != std::string_view::npos;) {
      starts_.push_back(at);
      const std::size_t end = text.find('\n', at);
      at = end == std::string_view::npos ? end : end + 1;
    }
  }

  TomlPlace place(toml::source_position at) {
    if (at.line == 0) return {};
    return {at.line, static_cast<std::uint32_t>(offset(at) - starts_[lineIndex(at)] + 1)};
  }

  // A date or a time as it is written at a place.
  std::string timeText(toml::source_position at) {
    const std::string_view rest = text_.substr(offset(at));
    const std::string_view run = rest.substr(0, rest.find_first_not_of(kTimeCharacters));
    return std::string(run.substr(0, run.find_last_not_of(' ') + 1));
  }

 private:
  std::size_t lineIndex(toml::source_position at) const {
    return std::min<std::size_t>(at.line, starts_.size()) - 1;
  }

  std::size_t offset(toml::source_position at) {
    if (at < last_ || at.line != last_.line) {
      last_ = {at.line, 1};
      lastOffset_ = starts_[lineIndex(at)];
    }
    while (last_.column < at.column && lastOffset_ < text_.size() && text_[lastOffset_] != '\n') {
      nextUtf8(text_, lastOffset_);
      ++last_.column;
    }
    return lastOffset_;
  }

  std::string_view text_;
  std::vector<std::size_t> starts_;  // of the lines
  toml::source_position last_{};
  std::size_t lastOffset_ = 0;
};

class TreeMaker {
 public:
  explicit TreeMaker(std::string_view text) : source_(text) {}

  TomlTable table(const toml::table& from, int depth) {
    TomlTable made;
    made.setInline(from.is_inline());
    for (const auto& [key, node] : inOrder(from)) {
      TomlPlace place = source_.place(key->source().begin);
      TomlValue value = this->value(*node, depth + 1);
      if (value.place.line == 0) value.place = place;
      made.entries().emplace_back(std::string(key->str()), std::move(value));
    }
    return made;
  }

  const std::optional<TomlFault>& fault() const { return fault_; }
  TomlPlace place(toml::source_position at) { return source_.place(at); }

 private:
  using Item = std::pair<const toml::key*, const toml::node*>;

  // toml++ keeps the keys of a table by the alphabet.
  static std::vector<Item> inOrder(const toml::table& from) {
    std::vector<Item> items;
    for (auto it = from.cbegin(); it != from.cend(); ++it) items.emplace_back(&it->first, &it->second);
    std::ranges::stable_sort(items, {}, [](const Item& item) {
      const toml::source_position at = item.first->source().begin;
      return std::pair(at.line, at.column);
    });
    return items;
  }

  TomlValue value(const toml::node& node, int depth) {
    TomlValue made;
    made.place = source_.place(node.source().begin);
    if (const auto* flag = node.as_boolean()) {
      made.data = flag->get();
    } else if (const auto* number = node.as_integer()) {
      made.data = std::int64_t{number->get()};
    } else if (const auto* real = node.as_floating_point()) {
      made.data = real->get();
    } else if (const auto* text = node.as_string()) {
      made.data = text->get();
    } else if (!node.is_table() && !node.is_array()) {
      made.data = TomlTime{source_.timeText(node.source().begin)};
    } else if (depth > kDeepestToml) {
      if (!fault_) fault_ = {made.place, "nested deeper than " + std::to_string(kDeepestToml) + " levels"};
    } else if (const auto* inner = node.as_table()) {
      made.data = table(*inner, depth);
    } else {
      made.data = array(*node.as_array(), depth);
    }
    return made;
  }

  TomlArray array(const toml::array& from, int depth) {
    TomlArray made;
    made.reserve(from.size());
    for (const toml::node& node : from) made.push_back(value(node, depth + 1));
    return made;
  }

  SourceText source_;
  std::optional<TomlFault> fault_;
};

// toml++ says "Error while parsing key: expected ..."; names of the document in it are the document's own.
std::string inOurWords(std::string_view description) {
  constexpr std::string_view begin = "Error while parsing ";
  std::string words;
  if (description.starts_with(begin)) {
    words = "in a ";
    description.remove_prefix(begin.size());
  }
  for (std::size_t at = 0; at < description.size();) {
    const char32_t c = nextUtf8(description, at);
    appendUtf8(words, c == kInvalidUtf8 || isDeceptiveCharacter(c) ? U'\uFFFD' : c);
  }
  return words;
}

}  // namespace

Result<TomlTable> readToml(std::string_view text, std::string subject) {
  if (text.size() > kMostTomlBytes) {
    return std::unexpected(Error::fromInput(InputFault::tooLarge, std::move(subject), std::nullopt,
                                            "larger than " + std::to_string(kMostTomlBytes >> 20) + " MiB"));
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const auto failed = [&](TomlFault fault) {
    return std::unexpected(tomlError(std::move(subject), fault.place, std::move(fault.detail)));
  };
  if (auto fault = scanToml(text)) return failed(*std::move(fault));
  const toml::parse_result parsed = toml::parse(text);
  TreeMaker maker(text);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return failed({maker.place(error.source().begin), inOurWords(error.description())});
  }
  TomlTable made = maker.table(parsed.table(), 0);
  if (maker.fault()) return failed(*maker.fault());
  made.setInline(false);
  return made;
}

}  // namespace sockbench
