// What holds for every framer and every stream: frames lie one behind another and cover every byte, the open
// frame is what is left, and how the stream is split changes nothing.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/payload/framing/framing.h"

namespace sockbench::test {

// Checks while it frames. `fault` stays empty, or says what did not hold.
struct FramingRun {
  std::vector<Frame> frames{};
  std::string fault{};

  void require(bool holds, const char* sentence) {
    if (!holds && fault.empty()) fault = sentence;
  }

  std::uint64_t end() const { return frames.empty() ? 0 : frames.back().offset + frames.back().length; }

  void checkFrames(std::size_t from) {
    for (std::size_t i = from; i < frames.size(); ++i) {
      const Frame& f = frames[i];
      const Frame before = i > 0 ? frames[i - 1] : Frame{};
      require(f.offset == before.offset + before.length, "a frame does not begin where the one before ends");
      require(f.length > 0, "an empty frame");
      require(f.bodyOffset >= f.offset && f.bodyOffset + f.bodyLength <= f.offset + f.length,
              "a body lies outside of its frame");
    }
  }

  void checkOpen(const Framer& framer, std::uint64_t pushed) {
    const Frame open = framer.open();
    require(open.offset == end() && open.offset + open.length == pushed, "open() is not what is left");
    require(!open.complete, "what is open is complete");
    require(open.bodyOffset >= open.offset && open.bodyOffset + open.bodyLength <= pushed,
            "the body of what is open lies outside of it");
  }
};

// `sizes`: of the pieces, over and over (0 counts as 1); the times are those of one moment.
inline FramingRun frameInPieces(const FramingSpec& spec, ByteView stream,
                                const std::vector<std::size_t>& sizes) {
  FramingRun run;
  const std::unique_ptr<Framer> framer = makeFramer(spec);
  std::size_t turn = 0;
  for (std::size_t at = 0; at < stream.size();) {
    const std::size_t size =
        std::min(stream.size() - at, std::max<std::size_t>(1, sizes[turn++ % sizes.size()]));
    const std::size_t had = run.frames.size();
    framer->push(stream.subspan(at, size), 1, run.frames);
    at += size;
    run.checkFrames(had);
    run.checkOpen(*framer, at);
  }
  const std::size_t had = run.frames.size();
  framer->finish(run.frames);
  run.checkFrames(had);
  run.require(run.end() == stream.size(), "the frames do not cover the stream");
  return run;
}

// "" when everything holds.
inline std::string framingFault(const FramingSpec& spec, ByteView stream,
                                const std::vector<std::size_t>& sizes) {
  const FramingRun whole = frameInPieces(spec, stream, {std::max<std::size_t>(1, stream.size())});
  const FramingRun pieces = frameInPieces(spec, stream, sizes);
  if (!whole.fault.empty()) return whole.fault;
  if (!pieces.fault.empty()) return pieces.fault;
  if (spec.kind != FramingKind::perRead && pieces.frames != whole.frames)
    return "another split gives other frames";
  for (const Frame& frame : whole.frames) {
    const ByteView body = stream.subspan(static_cast<std::size_t>(frame.bodyOffset),
                                         static_cast<std::size_t>(frame.bodyLength));
    const bool isDecoded = frameContent(spec, body).has_value();
    if (!isDecoded && frame.fault.empty() && frame.complete) return "a good frame cannot be decoded";
    if (isDecoded && !frame.fault.empty() && frame.length < Framer::kMostFrame &&
        (spec.kind == FramingKind::cobs || spec.kind == FramingKind::slip))
      return "a frame with a fault can be decoded";
  }
  return {};
}

}  // namespace sockbench::test
