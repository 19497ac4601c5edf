#include "core/payload/json_scanner.h"
#include "core/payload/pretty_layouts.h"

namespace sockbench {
namespace {

class JsonLayout {
 public:
  LayoutResult lay(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (const std::size_t plain = scanner_.plainRun(text.substr(at)); plain > 0) {
        writer_.add(text.substr(at, plain));
        at += plain;
        if (at == text.size()) break;
      }
      const JsonByte byte = scanner_.take(text[at]);
      if (byte == JsonByte::bad) return std::unexpected(LayoutFault{at, scanner_.fault()});
      write(byte, text.substr(at, 1));
      if (writer_.isTooLong()) return std::unexpected(LayoutFault{at, kPrettyTooLong});
    }
    if (!scanner_.isWhole()) return std::unexpected(LayoutFault{text.size(), "the text ends too early"});
    return writer_.take();
  }

 private:
  void write(JsonByte byte, std::string_view text) {
    switch (byte) {
      case JsonByte::space:
      case JsonByte::bad:
        return;
      case JsonByte::begins:
        beginItem(scanner_.depth());
        break;
      case JsonByte::open:
        beginItem(scanner_.depth() - 1);
        isFresh_ = true;
        break;
      case JsonByte::close:
        if (!isFresh_) writer_.beginLine(scanner_.depth());
        isFresh_ = false;
        break;
      case JsonByte::comma:
        writer_.add(text);
        return writer_.beginLine(scanner_.depth());
      case JsonByte::colon:
        return writer_.add(": ");
      case JsonByte::goesOn:
        break;
    }
    writer_.add(text);
  }

  // What stands behind a comma or a colon has its place already.
  void beginItem(std::size_t depth) {
    if (isFresh_ || depth == 0) writer_.beginLine(depth);
    isFresh_ = false;
  }

  JsonScanner scanner_{JsonScanner::Values::many};
  PrettyWriter writer_;
  bool isFresh_ = false;  // a bracket was opened, and nothing stands behind it yet
};

}  // namespace

LayoutResult layOutJson(std::string_view text) {
  return JsonLayout().lay(text);
}

}  // namespace sockbench
