// What the composer's text means: bytes both ways, and the preview of them. Thread: any.
#pragma once

#include <QString>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/text_codec.h"
#include "ui/widgets/composer.h"

namespace sockbench::ui {

// How the text is read and what goes after it.
struct MessageFormat {
  Composer::Mode mode = Composer::Mode::text;
  Composer::LineEnding ending = Composer::LineEnding::none;
  TextEncoding encoding = TextEncoding::utf8;
  bool operator==(const MessageFormat&) const = default;
};

// The bytes of `text` followed by the line ending, which is written in the encoding in either mode, so that a
// change of mode never changes what goes. Errors: those of parseHex() and encodeEscapedText().
Result<Bytes> messageBytes(const QString& text, const MessageFormat& format);

// The same without the line ending.
Result<Bytes> contentBytes(const QString& text, Composer::Mode mode, TextEncoding encoding);

// Text that contentBytes() turns into `content` again: "68 65" for hex, escaped text for text.
QString contentText(ByteView content, Composer::Mode mode, TextEncoding encoding);

// `text` with the characters that an editor would silently change into line breaks written as escapes.
QString editableText(QString text, Composer::Mode mode);

}  // namespace sockbench::ui
