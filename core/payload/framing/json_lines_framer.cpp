#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"
#include "core/payload/json_scanner.h"

namespace sockbench {
namespace {

class JsonLinesFramer final : public FrameCutter {
 private:
  Taken take(ByteView piece) override {
    const std::string_view text = asChars(piece);
    const std::size_t newline = text.find('\n');
    const std::string_view value = text.substr(0, newline);
    scan(value);
    if (newline == std::string_view::npos) {
      endsInReturn_ = text.back() == '\r';
      return {.bytes = text.size()};
    }
    const bool hasReturn = value.empty() ? endsInReturn_ : value.back() == '\r';
    if (fault_.empty() && hasText_ && !scanner_.isWhole()) fault_ = "the line ends within its value";
    return {.bytes = newline + 1, .ends = true, .tail = hasReturn ? 2U : 1U};
  }

  void scan(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && fault_.empty(); ++at) {
      at += scanner_.plainRun(text.substr(at));
      if (at == text.size()) return;
      const JsonByte byte = scanner_.take(text[at]);
      hasText_ = hasText_ || byte != JsonByte::space;
      if (byte == JsonByte::bad) fault_ = scanner_.fault();
    }
  }

  void begin() override {
    scanner_ = JsonScanner();
    endsInReturn_ = false;
    hasText_ = false;
  }

  // The last line of many writers has no end.
  bool mayEnd() const override { return fault_.empty() && (!hasText_ || scanner_.isWhole()); }

  JsonScanner scanner_;
  bool endsInReturn_ = false;
  bool hasText_ = false;  // not only white space
};

}  // namespace

std::unique_ptr<Framer> makeJsonLinesFramer() {
  return std::make_unique<JsonLinesFramer>();
}

}  // namespace sockbench
