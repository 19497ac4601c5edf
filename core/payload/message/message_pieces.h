// A message's body, cut into bytes and fields.
#pragma once

#include <variant>
#include <vector>

#include "core/payload/message/message.h"
#include "core/payload/message/message_fields.h"

namespace sockbench {

struct MessagePiece {
  TextSpan source;  // in the body
  std::variant<Bytes, FieldCall> content;
};

// Errors: those of Message::read() that are about the body. A file has no pieces.
Result<std::vector<MessagePiece>> cutMessage(const MessageSpec& spec);

// Text as the form and the encoding have it: a run between two fields, or what a field stands for. With
// `escapes` those of text are read. Errors: badEscape, badEncoding, badHex, badSyntax, `where` in `text`.
Result<Bytes> formBytes(std::string_view text, const MessageSpec& spec, bool escapes);

}  // namespace sockbench
