// Any bytes written as hexadecimal, escapes, Base64 or Python come back; any text is read or refused with its
// place, and what was read is written so that it reads the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/payload/base64.h"
#include "core/payload/byte_format.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "core/payload/text_codec.h"

using namespace sockbench;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void requireReadOrPlaced(const Result<Bytes>& read, std::string_view text) {
  if (read) return;
  const Error& error = read.error();
  require(!error.message().empty() && error.where);
  require(error.where->offset + error.where->length <= text.size());
}

void requireThereAndBack(const Bytes& bytes) {
  require(parseHex(toHex(bytes)) == bytes);
  require(parseHex(formatBytes(bytes, ByteFormat::hex)) == bytes);
  require(unescape(escape(bytes)) == bytes);
  require(fromBase64(toBase64(bytes)) == bytes);
  for (const ByteFormat format : byteFormats()) formatBytes(bytes, format);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  requireThereAndBack(toBytes(text));
  const Result<Bytes> hex = parseHex(text);
  requireReadOrPlaced(hex, text);
  if (hex) requireThereAndBack(*hex);
  const Result<Bytes> escaped = unescape(text);
  requireReadOrPlaced(escaped, text);
  if (escaped) requireThereAndBack(*escaped);
  if (const auto base64 = fromBase64(text)) require(toBase64(*base64) == text);
  for (const TextEncoding encoding : textEncodings())
    requireReadOrPlaced(encodeEscapedText(text, encoding), text);
  return 0;
}
