#include "core/traffic/filter/filter_words.h"

#include "core/base/bytes.h"
#include "core/payload/visible_text.h"

namespace sockbench {

std::string quotedWord(std::string_view typed) {
  return '"' + previewText(asBytes(typed), 40) + '"';
}

}  // namespace sockbench
