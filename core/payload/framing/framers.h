// The framers, a file each; makeFramer() picks one.
#pragma once

#include <memory>

#include "core/payload/framing/framing.h"

namespace sockbench {

std::unique_ptr<Framer> makePerReadFramer();
std::unique_ptr<Framer> makeLineFramer();
std::unique_ptr<Framer> makeDelimiterFramer(Bytes delimiter);
std::unique_ptr<Framer> makeFixedFramer(std::uint64_t size);
std::unique_ptr<Framer> makeGapFramer(std::int64_t gapNanos);
std::unique_ptr<Framer> makeCobsFramer();
std::unique_ptr<Framer> makeSlipFramer();
std::unique_ptr<Framer> makeHttpFramer();
std::unique_ptr<Framer> makeJsonLinesFramer();
std::unique_ptr<Framer> makeModbusFramer();

struct LengthRule {
  unsigned lengthBytes = 2;
  bool littleEndian = false;
  std::int64_t adjust = 0;
  std::uint64_t least = 0;        // a body below it has a fault
  std::string_view leastFault{};  // and this is the fault
};
std::unique_ptr<Framer> makeLengthFramer(const LengthRule& rule);

// The whole body decoded. Errors: badSyntax with the sentence of the fault.
Result<Bytes> cobsContent(ByteView body);
Result<Bytes> slipContent(ByteView body);

}  // namespace sockbench
