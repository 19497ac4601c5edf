#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"
#include "core/payload/framing/http_head.h"
#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

constexpr std::size_t kKeptLine = std::size_t{16} << 10;  // of a line, to be understood
constexpr std::uint64_t kMostLines = std::uint64_t{1} << 20;
constexpr std::string_view kTooManyLines = "a head, a chunk's line or a trailer longer than 1 MiB";
constexpr std::string_view kNoStartLine = "no start line of HTTP/1";
constexpr std::string_view kBadChunk = "no size of a chunk";
constexpr std::string_view kChunkGoesOn = "a chunk does not end where its size says";

class HttpFramer final : public FrameCutter {
 private:
  enum class State { startLine, fields, body, untilClose, chunkLine, chunk, chunkEnd, trailer, lost };

  Taken take(ByteView piece) override {
    const bool wasLost = state_ == State::lost;
    const Taken taken = takeSome(piece);
    if (state_ == State::lost && !wasLost) lostFrom_ = openOffset() + openLength() + taken.bytes;
    return taken;
  }

  Taken takeSome(ByteView piece) {
    switch (state_) {
      case State::body:
      case State::chunk:
        return takeBody(piece);
      case State::untilClose:
        return {.bytes = piece.size()};
      case State::chunkEnd:
        return takeChunkEnd(asChars(piece).front());
      default:
        return takeLine(piece);
    }
  }

  Taken takeBody(ByteView piece) {
    const std::uint64_t bytes = std::min<std::uint64_t>(left_, piece.size());
    left_ -= bytes;
    if (left_ == 0 && state_ == State::chunk) expectLine(State::chunkEnd);
    return {.bytes = static_cast<std::size_t>(bytes), .ends = left_ == 0 && state_ == State::body};
  }

  // CRLF, or LF alone (RFC 9112, section 2.2).
  Taken takeChunkEnd(char c) {
    if (c == '\n') {
      expectLine(State::chunkLine);
      return {};
    }
    if (c == '\r' && lineLength_ == 0) {
      ++lineLength_;
      return {};
    }
    line_.assign(lineLength_, '\r');
    lose(kChunkGoesOn);
    return takeLine(asBytes(std::string_view(&c, 1)));
  }

  Taken takeLine(ByteView piece) {
    const std::uint64_t most = isInLines() ? kMostLines - linesLength_ : piece.size();
    std::string_view text = asChars(piece).substr(0, static_cast<std::size_t>(most));
    const std::size_t newline = text.find('\n');
    text = text.substr(0, newline == std::string_view::npos ? newline : newline + 1);
    line_.append(text.substr(0, kKeptLine - std::min(kKeptLine, line_.size())));
    lineLength_ += text.size();
    linesLength_ += text.size();
    Taken taken{.bytes = text.size()};
    if (newline != std::string_view::npos) endLine(taken);
    if (isInLines() && linesLength_ >= kMostLines && !taken.ends) lose(kTooManyLines);
    return taken;
  }

  bool isInLines() const {
    return state_ == State::startLine || state_ == State::fields || state_ == State::chunkLine ||
           state_ == State::trailer;
  }

  void endLine(Taken& taken) {
    const bool isCut = lineLength_ > line_.size();
    std::string_view text = line_;
    if (!isCut) text.remove_suffix(text.ends_with("\r\n") ? 2 : 1);
    const std::uint64_t length = lineLength_;
    readLine(text, isCut, taken);
    if (state_ == State::lost && !taken.ends && !isCut && length < openLength() + taken.bytes &&
        isHttpStartLine(text)) {
      next_ = HttpHead(text);
      taken = {.bytes = taken.bytes, .ends = true, .keep = length};
    }
    line_.clear();
    lineLength_ = 0;
  }

  void readLine(std::string_view text, bool isCut, Taken& taken) {
    if (state_ == State::startLine) return readStartLine(text, isCut);
    if (state_ == State::fields && !text.empty()) return head_.field(text, isCut);
    if (state_ == State::fields) return endHead(taken);
    if (state_ == State::chunkLine) return readChunkLine(text);
    if (state_ == State::trailer && text.empty()) taken.ends = true;
  }

  // Empty lines in front of a message are passed over (RFC 9112, section 2.2).
  void readStartLine(std::string_view text, bool isCut) {
    if (text.empty()) return;
    // What is cut has its version where nobody looked.
    if (!isHttpStartLine(text) && !(isCut && text.contains(' '))) return lose(kNoStartLine);
    head_ = HttpHead(text);
    state_ = State::fields;
  }

  void endHead(Taken& taken) {
    const HttpHead::Body body = head_.body();
    fault_ = head_.fault();
    headLength_ = openLength() + taken.bytes;
    left_ = head_.length();
    isTunnel_ = body == HttpHead::Body::tunnel;
    if (body == HttpHead::Body::none || isTunnel_) taken.ends = true;
    if (body == HttpHead::Body::length) state_ = State::body;
    if (body == HttpHead::Body::chunked) expectLine(State::chunkLine);
    if (body == HttpHead::Body::untilClose) state_ = State::untilClose;
    if (body == HttpHead::Body::broken) lose(head_.fault());
  }

  void readChunkLine(std::string_view text) {
    std::uint64_t size = 0;
    std::size_t digits = 0;
    for (; digits < text.size(); ++digits) {
      const std::optional<unsigned> digit = hexDigitValue(text[digits]);
      if (!digit) break;
      if (size >> 58 != 0) return lose(kBadChunk);
      size = size << 4 | *digit;
    }
    const std::size_t rest = text.find_first_not_of(" \t", digits);
    if (digits == 0 || (rest != std::string_view::npos && text[rest] != ';')) return lose(kBadChunk);
    left_ = size;
    expectLine(size == 0 ? State::trailer : State::chunk);
  }

  void expectLine(State state) {
    state_ = state;
    line_.clear();
    lineLength_ = 0;
    linesLength_ = 0;
  }

  // Goes on with the line that is being read: the next line that can start a message is the way back.
  void lose(std::string_view fault) {
    state_ = State::lost;
    if (fault_.empty()) fault_ = fault;
  }

  std::uint64_t room() const override {
    // Only what is no message is bounded: a body may be as long as it says.
    if (state_ != State::lost) return std::numeric_limits<std::uint64_t>::max();
    return kMostFrame - (openOffset() + openLength() - std::max(lostFrom_, openOffset()));
  }

  void begin() override {
    expectLine(isTunnel_ ? State::untilClose : State::startLine);
    left_ = 0;
  }

  bool resume() override {
    const std::uint64_t length = openLength();
    begin();
    state_ = State::fields;
    linesLength_ = length;
    head_ = next_;
    return false;
  }

  bool mayEnd() const override {
    return state_ == State::untilClose || (state_ == State::startLine && lineLength_ == 0);
  }

  State state_ = State::startLine;
  HttpHead head_;
  HttpHead next_;     // of the message that was found behind what is none
  std::string line_;  // the line that is being read, kKeptLine of it
  std::uint64_t lineLength_ = 0;
  std::uint64_t linesLength_ = 0;  // of the head, the chunk's line or the trailer so far
  std::uint64_t left_ = 0;         // bytes of the body or the chunk that are to come
  std::uint64_t lostFrom_ = 0;
  bool isTunnel_ = false;
};

}  // namespace

std::unique_ptr<Framer> makeHttpFramer() {
  return std::make_unique<HttpFramer>();
}

}  // namespace sockbench
