// What the composer's text means: bytes both ways, and the preview of them. Thread: any.
#pragma once

#include <QString>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/text_codec.h"
#include "ui/widgets/composer.h"

namespace sockbench::ui {

// The bytes that `text` stands for by itself, without fields and a line ending. Errors: those of
// Message::read().
Result<Bytes> contentBytes(const QString& text, Composer::Mode mode, TextEncoding encoding);

// Whether a message can be turned from one form into the other and stay the same bytes: one with fields
// cannot, and a file is no text.
bool isConvertible(const QString& text, Composer::Mode from, Composer::Mode to);

// Text that contentBytes() turns into `content` again: "68 65" for hex, escaped text for text.
QString contentText(ByteView content, Composer::Mode mode, TextEncoding encoding);

// `text` with the characters that an editor would silently change into line breaks written as escapes.
QString editableText(QString text, Composer::Mode mode);

}  // namespace sockbench::ui
