// XML 1.0, token by token: what is well-formed by its form alone. No entity is looked up, no name is
// resolved. Thread: one.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace sockbench {

class XmlScanner {
 public:
  static constexpr std::size_t kMostDepth = 512;

  enum class Kind {
    text,  // between tags, its references with it
    cdata,
    comment,
    instruction,  // <?...?>, the declaration as well
    documentType,
    open,
    close,
    closed,  // <a/>
    end,     // of all; nothing is open
    fault,   // fault() and offset() say what and where
  };

  struct Token {
    Kind kind = Kind::end;
    std::string_view text{};  // all of it, as it stands
  };

  // `text` is UTF-8 and outlives the scanner.
  explicit XmlScanner(std::string_view text) : text_(text) {}

  Token next();
  std::size_t depth() const { return open_.size(); }  // elements that are open behind the last token
  std::string_view fault() const { return fault_; }   // in static memory
  std::size_t offset() const { return at_; }

 private:
  Token scanMarkup();
  Token scanText();
  Token scanOpenTag();
  Token scanCloseTag();
  Token scanDocumentType();
  // From `begin` to the first `end` behind `least` bytes.
  Token scanTo(Kind kind, std::size_t least, std::string_view end);
  bool scanAttributes();
  bool scanAttribute();
  bool scanValue();
  bool scanReference();
  std::string_view scanName();
  bool skipSpace();
  bool isAt(std::string_view piece) const { return text_.substr(at_).starts_with(piece); }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  Token taken(Kind kind) const { return {kind, text_.substr(begin_, at_ - begin_)}; }
  Token failed() const { return {Kind::fault, {}}; }
  bool fail(std::string_view fault);

  std::string_view text_;
  std::size_t begin_ = 0;  // of the token
  std::size_t at_ = 0;
  std::vector<std::string_view> open_{};  // names
  std::string_view fault_{};
};

}  // namespace sockbench
