#include "core/automation/scenario/run/step_texts.h"

namespace sockbench {
namespace {

// What means something in RE2, as itself; other bytes need nothing.
std::string quoteForRegex(std::string_view text) {
  std::string quoted;
  for (const char c : text) {
    const bool isWord = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (c == '\0') {
      quoted += "\\x00";
    } else {
      if (!isWord) quoted += '\\';
      quoted += c;
    }
  }
  return quoted;
}

Result<Bytes> expand(MessageSpec spec, const FieldValues& values) {
  const auto message = Message::read(std::move(spec));
  if (!message) return std::unexpected(message.error());
  auto expanded = message->expand(values);
  if (!expanded) return std::unexpected(expanded.error());
  return std::move(expanded->bytes);
}

}  // namespace

MessageSpec textMessage(std::string_view text, TextEncoding encoding) {
  MessageSpec spec;
  spec.body = text;
  spec.encoding = encoding;
  return spec;
}

Result<std::string> fillFields(std::string_view text, const FieldValues& values, bool quoted) {
  std::string filled;
  for (;;) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) return filled += text;
    filled += text.substr(0, open);
    const auto value = expand(textMessage(text.substr(open, close + 2 - open)), values);
    if (!value) return std::unexpected(value.error());
    filled += quoted ? quoteForRegex(asChars(*value)) : std::string(asChars(*value));
    text.remove_prefix(close + 2);
  }
}

Result<Bytes> messageBytes(MessageSpec spec, const FieldValues& values, const std::string& folder) {
  if (spec.form == MessageForm::file && !spec.body.starts_with('/')) spec.body = folder + "/" + spec.body;
  return expand(std::move(spec), values);
}

Result<BytePattern> filledPattern(const PatternSpec& spec, const FieldValues& values) {
  if (spec.text.find("{{") == std::string::npos) return compile(spec);
  if (spec.kind == PatternSpec::Kind::text) {
    auto bytes = expand(textMessage(spec.text, spec.encoding), values);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->empty()) return compile({.kind = spec.kind, .text = {}});
    return BytePattern::fromBytes(std::move(*bytes), spec.caseSensitive);
  }
  const auto text = fillFields(spec.text, values, spec.kind == PatternSpec::Kind::regex);
  if (!text) return std::unexpected(text.error());
  PatternSpec filled = spec;
  filled.text = *text;
  return compile(filled);
}

}  // namespace sockbench
