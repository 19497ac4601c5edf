#include <vector>

#include "core/payload/pretty_layouts.h"
#include "core/payload/xml_scanner.h"

namespace sockbench {
namespace {

using Kind = XmlScanner::Kind;

bool isBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool isPreserving(std::string_view tag) {
  const std::size_t at = tag.find("xml:space");
  return at != std::string_view::npos && tag.substr(at).contains("preserve");
}

// Which elements, in the order in which they are opened, keep what is between their tags as it is.
class KeptElements {
 public:
  std::expected<std::vector<bool>, LayoutFault> find(std::string_view text) {
    XmlScanner scanner(text);
    bool hasAny = false;
    for (auto token = scanner.next(); token.kind != Kind::end; token = scanner.next()) {
      if (token.kind == Kind::fault) return std::unexpected(LayoutFault{scanner.offset(), scanner.fault()});
      look(token);
      hasAny = hasAny || token.kind == Kind::open || token.kind == Kind::closed;
    }
    if (!hasAny) return std::unexpected(LayoutFault{text.size(), "there is no element"});
    return std::move(kept_);
  }

 private:
  struct Element {
    std::size_t index = 0;
    bool hasText = false;
    bool hasNodes = false;
  };

  void look(const XmlScanner::Token& token) {
    if (token.kind == Kind::close) {
      const Element& closed = open_.back();
      if (closed.hasText || !closed.hasNodes) kept_[closed.index] = true;
      open_.pop_back();
      return;
    }
    const bool isText = token.kind == Kind::text || token.kind == Kind::cdata;
    if (!open_.empty() && isText)
      open_.back().hasText = open_.back().hasText || token.kind == Kind::cdata || !isBlank(token.text);
    else if (!open_.empty())
      open_.back().hasNodes = true;
    if (token.kind != Kind::open) return;
    open_.push_back({.index = kept_.size()});
    kept_.push_back(isPreserving(token.text));
  }

  std::vector<bool> kept_;
  std::vector<Element> open_;
};

class XmlLayout {
 public:
  explicit XmlLayout(std::vector<bool> kept) : kept_(std::move(kept)) {}

  LayoutResult lay(std::string_view text) {
    XmlScanner scanner(text);
    for (auto token = scanner.next(); token.kind != Kind::end; token = scanner.next()) {
      write(token, scanner.depth());
      if (writer_.isTooLong()) return std::unexpected(LayoutFault{scanner.offset(), kPrettyTooLong});
    }
    return writer_.take();
  }

 private:
  // `depth` is that behind the token.
  void write(const XmlScanner::Token& token, std::size_t depth) {
    const bool opens = token.kind == Kind::open;
    const bool isKept = opens && kept_[opened_++];
    if (keptDepth_ > 0) {
      writer_.add(token.text);
      if (depth < keptDepth_) keptDepth_ = 0;
      return;
    }
    if (token.kind == Kind::text) return;
    writer_.beginLine(opens ? depth - 1 : depth);
    writer_.add(token.text);
    if (isKept) keptDepth_ = depth;
  }

  std::vector<bool> kept_;
  std::size_t opened_ = 0;
  std::size_t keptDepth_ = 0;  // within the element of this depth all stays as it is; 0: in none
  PrettyWriter writer_;
};

}  // namespace

LayoutResult layOutXml(std::string_view text) {
  auto kept = KeptElements().find(text);
  if (!kept) return std::unexpected(kept.error());
  return XmlLayout(std::move(*kept)).lay(text);
}

}  // namespace sockbench
