#include "core/payload/message/message_pieces.h"

#include <algorithm>

#include "core/payload/base64.h"
#include "core/payload/hex.h"

namespace sockbench {
namespace {

constexpr std::string_view kOpening = "{{";
constexpr std::string_view kClosing = "}}";

bool isBlank(char c) {
  return std::string_view(" \t\r\n").contains(c);
}

bool isBase64Character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '=';
}

// Blanks and new lines are passed over, as mail has them.
Result<Bytes> base64Bytes(std::string_view text) {
  const auto fault = [&](TextSpan where, std::string detail) {
    return std::unexpected(
        Error::fromInput(InputFault::badSyntax, std::string(text), where, std::move(detail)));
  };
  std::string characters;
  characters.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (isBlank(text[at])) continue;
    if (!isBase64Character(text[at])) return fault({at, 1}, "the character is not of base64");
    characters += text[at];
  }
  if (std::optional<Bytes> bytes = fromBase64(characters)) return *std::move(bytes);
  return fault({0, text.size()},
               "base64 comes in fours of characters, the last filled up with = and without bits left over");
}

class Cutter {
 public:
  explicit Cutter(const MessageSpec& spec) : spec_(spec), body_(spec.body) {}

  Result<std::vector<MessagePiece>> cut() {
    const bool isText = spec_.form == MessageForm::text;
    while ((at_ = std::min(body_.find_first_of("{\\", at_), body_.size())) < body_.size()) {
      Result<void> taken;
      if (isText && body_[at_] == '\\') {
        taken = takeBackslash();
      } else if (opensField()) {
        taken = takeField();
      } else {
        ++at_;
      }
      if (!taken) return std::unexpected(taken.error());
    }
    if (const auto taken = takeRun(at_); !taken) return std::unexpected(taken.error());
    return std::move(pieces_);
  }

 private:
  // Of more than two braces the last two open it: "{{{n}}}" is a field in braces.
  bool opensField() const {
    return body_.substr(at_).starts_with(kOpening) && !body_.substr(at_ + 1).starts_with(kOpening);
  }

  Result<void> takeBackslash() {
    if (!body_.substr(at_ + 1).starts_with(kOpening)) {
      at_ = std::min(at_ + 2, body_.size());  // the run's reader looks at it
      return {};
    }
    if (const auto taken = takeRun(at_); !taken) return taken;
    const Result<Bytes> braces = encodeText(kOpening, spec_.encoding);
    if (!braces) return std::unexpected(braces.error());
    pieces_.push_back({{at_, 3}, *braces});
    at_ += 3;
    run_ = at_;
    return {};
  }

  Result<void> takeField() {
    if (const auto taken = takeRun(at_); !taken) return taken;
    const std::size_t inside = at_ + kOpening.size();
    const std::size_t end = body_.find(kClosing, inside);
    if (end == std::string_view::npos)
      return std::unexpected(
          Error::fromInput(InputFault::badSyntax, spec_.body, TextSpan{at_, kOpening.size()},
                           "the field is not closed: }} is missing; two braces themselves are written \\{{"));
    Result<FieldCall> field = readField(body_, inside, end);
    if (!field) return std::unexpected(std::move(field.error()));
    const std::size_t next = end + kClosing.size();
    pieces_.push_back({{at_, next - at_}, *std::move(field)});
    at_ = run_ = next;
    return {};
  }

  // What stands between the last field and `end`.
  Result<void> takeRun(std::size_t end) {
    if (run_ == end) return {};
    Result<Bytes> bytes = formBytes(body_.substr(run_, end - run_), spec_, true);
    if (!bytes) {
      Error error = std::move(bytes.error());
      error.subject = spec_.body;
      if (error.where) error.where->offset += run_;
      return std::unexpected(std::move(error));
    }
    pieces_.push_back({{run_, end - run_}, *std::move(bytes)});
    run_ = end;
    return {};
  }

  const MessageSpec& spec_;
  std::string_view body_;
  std::size_t at_ = 0;
  std::size_t run_ = 0;  // where the run that is being passed over begins
  std::vector<MessagePiece> pieces_;
};

}  // namespace

Result<Bytes> formBytes(std::string_view text, const MessageSpec& spec, bool escapes) {
  switch (spec.form) {
    case MessageForm::hex:
      return parseHex(text);
    case MessageForm::base64:
      return base64Bytes(text);
    case MessageForm::text:
    case MessageForm::file:
      break;
  }
  return escapes ? encodeEscapedText(text, spec.encoding) : encodeText(text, spec.encoding);
}

Result<std::vector<MessagePiece>> cutMessage(const MessageSpec& spec) {
  if (spec.form == MessageForm::file) return std::vector<MessagePiece>();
  return Cutter(spec).cut();
}

}  // namespace sockbench
