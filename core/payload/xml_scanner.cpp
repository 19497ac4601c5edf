#include "core/payload/xml_scanner.h"

#include <algorithm>

#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool isNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool isNameCharacter(char c) {
  return isNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool isForbidden(char c) {
  return static_cast<unsigned char>(c) < 0x20 && !kSpace.contains(c);
}

}  // namespace

bool XmlScanner::fail(std::string_view fault) {
  fault_ = fault;
  return false;
}

XmlScanner::Token XmlScanner::next() {
  if (!fault_.empty()) return failed();
  begin_ = at_;
  if (at_ == text_.size()) {
    if (open_.empty()) return {};
    fail("the text ends within an element");
    return failed();
  }
  const Token token = text_[at_] == '<' ? scanMarkup() : scanText();
  if (token.kind == Kind::fault) return token;
  const auto forbidden = std::ranges::find_if(token.text, isForbidden);
  if (forbidden == token.text.end()) return token;
  at_ = begin_ + static_cast<std::size_t>(forbidden - token.text.begin());
  fail("a control character");
  return failed();
}

XmlScanner::Token XmlScanner::scanMarkup() {
  if (isAt("<!--")) return scanTo(Kind::comment, 4, "-->");
  if (isAt("<?")) return scanTo(Kind::instruction, 2, "?>");
  if (isAt("<!DOCTYPE")) return scanDocumentType();
  if (isAt("</")) return scanCloseTag();
  if (!isAt("<![CDATA[")) return scanOpenTag();
  if (!open_.empty()) return scanTo(Kind::cdata, 9, "]]>");
  fail("text outside of an element");
  return failed();
}

XmlScanner::Token XmlScanner::scanTo(Kind kind, std::size_t least, std::string_view end) {
  const std::size_t found = text_.find(end, begin_ + least);
  if (found == std::string_view::npos) {
    at_ = text_.size();
    fail("the text ends within a comment, an instruction or CDATA");
    return failed();
  }
  at_ = found + end.size();
  return taken(kind);
}

XmlScanner::Token XmlScanner::scanText() {
  while (at_ < text_.size() && text_[at_] != '<') {
    if (open_.empty() && !kSpace.contains(text_[at_])) {
      fail("text outside of an element");
      return failed();
    }
    if (text_[at_] == '&') {
      if (!scanReference()) return failed();
      continue;
    }
    ++at_;
  }
  return taken(Kind::text);
}

// &name; &#10; &#xA;
bool XmlScanner::scanReference() {
  const std::size_t start = at_++;
  std::size_t digits = 0;
  if (isAt("#x")) {
    for (at_ += 2; hexDigitValue(here()); ++at_) ++digits;
  } else if (isAt("#")) {
    for (++at_; here() >= '0' && here() <= '9'; ++at_) ++digits;
  } else {
    digits = scanName().size();
  }
  if (digits > 0 && here() == ';') {
    ++at_;
    return true;
  }
  at_ = start;
  return fail("& that begins no reference");
}

std::string_view XmlScanner::scanName() {
  const std::size_t start = at_;
  if (isNameStart(here())) {
    while (isNameCharacter(here())) ++at_;
  }
  return text_.substr(start, at_ - start);
}

bool XmlScanner::skipSpace() {
  const std::size_t start = at_;
  at_ = std::min(text_.find_first_not_of(kSpace, at_), text_.size());
  return at_ > start;
}

XmlScanner::Token XmlScanner::scanOpenTag() {
  ++at_;
  const std::string_view name = scanName();
  if (name.empty()) {
    fail("a name is expected behind <");
    return failed();
  }
  if (!scanAttributes()) return failed();
  if (isAt("/>")) {
    at_ += 2;
    return taken(Kind::closed);
  }
  if (open_.size() == kMostDepth) {
    at_ = begin_;
    fail("nested deeper than 512");
    return failed();
  }
  ++at_;
  open_.push_back(name);
  return taken(Kind::open);
}

// Up to > or />, at which it stops.
bool XmlScanner::scanAttributes() {
  while (true) {
    const bool hasSpace = skipSpace();
    if (here() == '>' || isAt("/>")) return true;
    if (!hasSpace) return fail("white space, > or /> is expected");
    if (!scanAttribute()) return false;
  }
}

bool XmlScanner::scanAttribute() {
  if (scanName().empty()) return fail("the name of an attribute is expected");
  skipSpace();
  if (here() != '=') return fail("= is expected behind the name of an attribute");
  ++at_;
  skipSpace();
  return scanValue();
}

bool XmlScanner::scanValue() {
  const char quote = here();
  if (quote != '"' && quote != '\'') return fail("an attribute's value in quotes is expected");
  ++at_;
  while (at_ < text_.size() && text_[at_] != quote) {
    if (text_[at_] == '<') return fail("< in the value of an attribute");
    if (text_[at_] != '&')
      ++at_;
    else if (!scanReference())
      return false;
  }
  if (at_ == text_.size()) return fail("the text ends within an attribute");
  ++at_;
  return true;
}

XmlScanner::Token XmlScanner::scanCloseTag() {
  at_ += 2;
  const std::size_t start = at_;
  const std::string_view name = scanName();
  if (open_.empty() || name != open_.back()) {
    at_ = start;
    fail(open_.empty() ? "no element is open" : "another element is open");
    return failed();
  }
  skipSpace();
  if (here() != '>') {
    fail("> is expected");
    return failed();
  }
  ++at_;
  open_.pop_back();
  return taken(Kind::close);
}

// Its quotes, its comments and its part in brackets may have a > of their own.
XmlScanner::Token XmlScanner::scanDocumentType() {
  std::size_t brackets = 0;
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    std::string_view end;
    if (c == '"') end = "\"";
    if (c == '\'') end = "'";
    if (isAt("<!--")) end = "-->";
    if (isAt("<?")) end = "?>";
    if (!end.empty()) {
      const std::size_t found = text_.find(end, at_ + (end.size() == 3 ? 4 : end.size()));
      if (found == std::string_view::npos) break;
      at_ = found + end.size() - 1;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']' && brackets > 0) {
      --brackets;
    } else if (c == '>' && brackets == 0) {
      ++at_;
      return taken(Kind::documentType);
    }
  }
  at_ = text_.size();
  fail("the text ends within the document type");
  return failed();
}

}  // namespace sockbench
