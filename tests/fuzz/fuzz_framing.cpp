// Any stream, split in any way, gives the same frames, and they cover it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/payload/framing/framing.h"
#include "tests/core/payload/framing_property.h"

using namespace sockbench;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

FramingSpec madeOf(const std::uint8_t* bytes) {
  const auto kinds = framingKinds();
  FramingSpec spec;
  spec.kind = kinds[bytes[0] % kinds.size()];
  spec.lengthBytes = 1U << (bytes[1] & 3);
  spec.littleEndian = (bytes[1] & 4) != 0;
  spec.adjust = static_cast<std::int8_t>(bytes[2]);
  spec.size = std::uint64_t{1} + bytes[2];
  spec.delimiter.assign(1 + (bytes[1] & 7), std::byte{0});
  for (std::size_t i = 0; i < spec.delimiter.size(); ++i)
    spec.delimiter[i] = static_cast<std::byte>(bytes[2] >> i & 1);
  return spec;
}

void requireRead(std::string_view text) {
  const Result<FramingSpec> spec = FramingSpec::parse(text);
  if (!spec) {
    const Error& error = spec.error();
    return require(error.where && error.where->offset + error.where->length <= text.size());
  }
  const Result<FramingSpec> again = FramingSpec::parse(spec->text());
  require(again && *again == *spec);
}

}  // namespace

// Three bytes choose the framing, three the splits; what follows is the stream, and the text of a spec.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kChoices = 6;
  if (size < kChoices) return 0;
  const std::vector<std::size_t> sizes{data[3], data[4], data[5]};
  const ByteView stream = std::as_bytes(std::span(data + kChoices, size - kChoices));
  require(test::framingFault(madeOf(data), stream, sizes).empty());
  requireRead(asChars(stream));
  return 0;
}
