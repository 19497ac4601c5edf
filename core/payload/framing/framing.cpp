#include "core/payload/framing/framing.h"

#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

constexpr LengthRule kDnsRule{
    .lengthBytes = 2, .least = 12, .leastFault = "shorter than the 12 bytes of a DNS header"};

}  // namespace

std::unique_ptr<Framer> makeFramer(const FramingSpec& spec) {
  switch (spec.kind) {
    case FramingKind::perRead:
      break;
    case FramingKind::line:
      return makeLineFramer();
    case FramingKind::delimiter:
      return makeDelimiterFramer(spec.delimiter);
    case FramingKind::lengthPrefix:
      return makeLengthFramer(
          {.lengthBytes = spec.lengthBytes, .littleEndian = spec.littleEndian, .adjust = spec.adjust});
    case FramingKind::fixedSize:
      return makeFixedFramer(spec.size);
    case FramingKind::idleGap:
      return makeGapFramer(spec.gapNanos);
    case FramingKind::cobs:
      return makeCobsFramer();
    case FramingKind::slip:
      return makeSlipFramer();
    case FramingKind::http1:
      return makeHttpFramer();
    case FramingKind::dnsTcp:
      return makeLengthFramer(kDnsRule);
    case FramingKind::jsonLines:
      return makeJsonLinesFramer();
    case FramingKind::modbusTcp:
      return makeModbusFramer();
  }
  return makePerReadFramer();
}

Result<Bytes> frameContent(const FramingSpec& spec, ByteView body) {
  if (spec.kind == FramingKind::cobs) return cobsContent(body);
  if (spec.kind == FramingKind::slip) return slipContent(body);
  return Bytes(body.begin(), body.end());
}

}  // namespace sockbench
