// Framing: how a stream of bytes is cut into messages. A view only: the bytes stay as they are.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"

namespace sockbench {

enum class FramingKind {
  perRead,       // a frame a piece, as recv() or send() took it
  line,          // ends in \n; \r before it belongs to the end
  delimiter,     // ends in FramingSpec::delimiter
  lengthPrefix,  // a number of lengthBytes bytes, then that many (plus adjust) bytes
  fixedSize,     // size bytes each
  idleGap,       // a pause of at least `gap` ends a frame
  cobs,          // consistent overhead byte stuffing, ended by 00
  slip,          // RFC 1055
  http1,         // RFC 9112 messages, head and body; chunked too
  dnsTcp,        // RFC 1035 4.2.2: two bytes of length
  jsonLines,     // a JSON value a line
  modbusTcp,     // MBAP header: seven bytes, the length in it
};

std::span<const FramingKind> framingKinds();
std::string_view framingKindName(FramingKind kind);  // "per-read", "line", "length-prefix", "http", ...

struct FramingSpec {
  FramingKind kind = FramingKind::perRead;
  Bytes delimiter{};          // delimiter: 1 to 256 bytes
  unsigned lengthBytes = 2;   // lengthPrefix: 1, 2, 4 or 8
  bool littleEndian = false;  // lengthPrefix
  std::int64_t adjust =
      0;  // lengthPrefix: added to the number that was read (-lengthBytes: it counts itself)
  std::uint64_t size = 16;             // fixedSize: 1 byte to 64 MiB
  std::int64_t gapNanos = 20'000'000;  // idleGap: above 0

  // "line", "delimiter:0d0a", "length:2", "length:4:le:-4", "fixed:16", "gap:20ms" (s, ms, us, ns), "cobs",
  // "slip", "http", "dns-tcp", "json-lines", "modbus-tcp", "per-read"; a kind's name does, too. What is left
  // out is as above, but for the delimiter. Errors: badSyntax with the wrong part.
  static Result<FramingSpec> parse(std::string_view text);
  std::string text() const;  // what parse() takes; what the kind does not use is left out
  bool operator==(const FramingSpec&) const = default;
};

// A frame of one direction of a stream. Offsets count the stream's bytes from 0.
struct Frame {
  std::uint64_t offset = 0;      // of its first byte, header and delimiter with it
  std::uint64_t length = 0;      // of all of it
  std::uint64_t bodyOffset = 0;  // without length prefix and delimiter; cobs and slip: still encoded
  std::uint64_t bodyLength = 0;
  bool complete = true;  // false: the stream ended, or was given up, within it
  std::string_view
      fault{};  // in static memory: why it is no good frame ("length beyond 64 MiB"); empty: good
  bool operator==(const Frame&) const = default;
};

// Cuts one direction. However the stream is split into pieces, the frames are the same (perRead and idleGap
// excepted: pieces and times are what they are made of). Frames lie one behind another and cover every byte.
// What breaks the rules becomes a frame with a fault, and the cutter finds its way again where the format
// allows it; where nothing is found, a frame is given up at 64 MiB and goes on in the next. Memory is bounded
// whatever comes: a frame holds no byte. Time is linear in the bytes. Thread: one at a time.
//
// What the kinds do:
// - idleGap: the end of the stream ends a frame like a pause does. Empty pieces count for nothing.
// - lengthPrefix: behind a length below 0 or beyond the bound nothing can be cut any more.
// - cobs, slip: ends in front of a frame's first byte belong to it (RFC 1055 lets a sender begin with one).
// - http1: requests and responses as they come, of this direction alone. 1xx, 204 and 304 have no body, a
//   response without Content-Length and chunked has all up to the close, as has what follows 101. A response
//   to HEAD or CONNECT cannot be told from others: it is taken to have the body that its head speaks of. What
//   a client sends after CONNECT or Upgrade is a frame with a fault. The body is behind the head's empty
//   line, still chunked, its trailers with it. A body may be as long as it says. The way back from what is no
//   HTTP is the next line that can start a message.
// - dnsTcp: a message shorter than a DNS header has a fault.
// - jsonLines: a line holds one value of RFC 8259, nested 512 deep at most, or white space alone. A value
// that
//   is spread over lines is lines with faults: a line must not depend on others. The last line needs no \n.
// - modbusTcp: the body is behind the unit identifier: function code and data. The way back from a wrong
//   header is the next place where a good one (and a function code above 0) stands.
class Framer {
 public:
  static constexpr std::uint64_t kMostFrame = std::uint64_t{64}
                                              << 20;  // of all but http1; a length beyond it is a fault

  virtual ~Framer() = default;
  virtual void push(ByteView piece, WallNanos time, std::vector<Frame>& out) = 0;
  // The stream is over: what is left is incomplete, unless this is how it may end. Nothing is pushed
  // afterwards.
  virtual void finish(std::vector<Frame>& out) = 0;
  // What is begun and not ended yet: from here to the last byte pushed. length 0: nothing.
  virtual Frame open() const = 0;
};

std::unique_ptr<Framer> makeFramer(const FramingSpec& spec);

// The content of a frame: cobs and slip decoded, the rest as it stands. `body` is the frame's whole body; of
// no bytes it is no bytes.
// Errors: badSyntax where the encoding is broken.
Result<Bytes> frameContent(const FramingSpec& spec, ByteView body);

}  // namespace sockbench
