#include "app/cli/json_output.h"

#include "core/base/bytes.h"
#include "core/payload/hex.h"
#include "core/payload/visible_text.h"

namespace sockbench::cli {

Json errorToJson(const Error& error) {
  return {
      {"op", operationName(error.op)},
      {"code", error.code},
      {"symbol", error.symbol()},
      {"domain", errorDomainName(error.domain)},
      {"message", jsonText(error.message())},
      {"hint", jsonText(error.hint())},
      {"subject", jsonText(error.subject)},
  };
}

std::string jsonText(std::string_view bytes) {
  std::string text;
  for (std::size_t offset = 0; offset < bytes.size();) {
    const std::size_t begin = offset;
    const bool valid = nextUtf8(bytes, offset) != kInvalidUtf8;
    const std::string_view piece = bytes.substr(begin, offset - begin);
    text += valid ? std::string(piece) : "\\x" + toHex(asBytes(piece));
  }
  return text;
}

std::string printable(std::string_view bytes) {
  return visibleText(jsonText(bytes));
}

}  // namespace sockbench::cli
