// The name of a question: as it was typed, as it is sent, and for people. Private to core/resolve.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench::dns {

struct QuestionName {
  Bytes wire;           // labels with their lengths, the empty one last (RFC 1035, section 3.1)
  std::string ascii;    // in presentation format, with the final dot
  std::string unicode;  // the same with U-labels for its A-labels (RFC 5890, section 2.3.2.1)
};

// UTF-8 or ASCII with the escapes \X and \DDD of RFC 1035, section 5.1; the final dot may be missing. A label
// beyond ASCII becomes an A-label (IDNA2008, not transitional, so that ß stays ß); any other is taken as it
// is. Errors: badHost with `where` over the label that is wrong. Thread: any.
Result<QuestionName> readQuestionName(std::string_view typed);

// The presentation of `wire`, a whole uncompressed name: what dig shows, with the final dot.
std::string nameText(ByteView wire);

// `ascii` with a U-label for each A-label that stands for one.
std::string unicodeName(std::string_view ascii);

}  // namespace sockbench::dns
