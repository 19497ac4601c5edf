// The texts of a step with their fields filled in.
#pragma once

#include <string>
#include <string_view>

#include "core/automation/session_step.h"
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/byte_pattern.h"
#include "core/payload/message/field_values.h"
#include "core/payload/message/message.h"

namespace sockbench {

// `text` with what its fields stand for; the rest of it as it is (no escapes). `quoted`: what is filled in
// stands for itself in a regular expression. Errors: those of Message.
Result<std::string> fillFields(std::string_view text, const FieldValues& values, bool quoted = false);

// A message of text alone.
MessageSpec textMessage(std::string_view text, TextEncoding encoding = TextEncoding::utf8);

// The bytes of a message whose relative paths begin in `folder`. Errors: those of Message.
Result<Bytes> messageBytes(MessageSpec spec, const FieldValues& values, const std::string& folder);

// The pattern, its fields filled in. Errors: those of Message and of BytePattern.
Result<BytePattern> filledPattern(const PatternSpec& spec, const FieldValues& values);

}  // namespace sockbench
