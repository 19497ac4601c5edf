#include "app/cli/json_output.h"

#include <cmath>

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
  text.reserve(bytes.size());
  std::size_t good = 0;  // [good, begin) is UTF-8 that has not been taken over yet
  for (std::size_t offset = 0; offset < bytes.size();) {
    const std::size_t begin = offset;
    if (nextUtf8(bytes, offset) != kInvalidUtf8) continue;
    text += bytes.substr(good, begin - good);
    text += "\\x";
    text += toHex(asBytes(bytes.substr(begin, 1)));
    good = offset;
  }
  text += bytes.substr(good);
  return text;
}

Json jsonTextOrNull(std::string_view bytes) {
  return bytes.empty() ? Json() : Json(jsonText(bytes));
}

Json jsonTexts(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(jsonText(text));
  return list;
}

double milliseconds(std::chrono::nanoseconds time) {
  return std::round(static_cast<double>(time.count()) / 1e3) / 1e3;
}

std::string addressWithoutZone(const SocketAddress& address) {
  const std::string text = address.ip();
  return text.substr(0, text.find('%'));
}

std::string printable(std::string_view bytes) {
  return visibleText(jsonText(bytes));
}

}  // namespace sockbench::cli
