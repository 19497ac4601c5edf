#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "core/automation/scenario/record.h"
#include "core/base/duration_text.h"
#include "core/base/unicode.h"
#include "core/payload/hex.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

using What = RecordedTalk::What;
using Item = RecordedTalk::Item;

constexpr std::chrono::nanoseconds kOneMessage = std::chrono::milliseconds(10);
constexpr std::chrono::nanoseconds kLeastWait = std::chrono::milliseconds(1);
constexpr std::size_t kHexRow = 32;

// Text that a person reads: UTF-8 without characters that hide or disguise something, but for the ends of
// lines and tabs. And not "{{", which would be a field, nor a backslash, which would be an escape twice.
bool isPlainText(ByteView bytes) {
  const std::string_view text = asChars(bytes);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = nextUtf8(text, at);
    const bool isLayout = c == U'\n' || c == U'\r' || c == U'\t';
    if (c == kInvalidUtf8 || (!isLayout && isDeceptiveCharacter(c))) return false;
  }
  return true;
}

// A character of a TOML string in quotes. The text is read again as a message, where a backslash and two
// braces mean something.
void appendCharacter(std::string& out, std::string_view text, std::size_t at, bool inLines) {
  switch (const char c = text[at]) {
    case '\n':
      out += inLines ? "\n" : "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\\\\\";
      return;
    case '{':
      out += text.substr(at).starts_with("{{") ? "\\\\x7b" : "{";
      return;
    default:
      out += c;
  }
}

// One line for what is one line, else """ with each line of the text in its own.
std::string textValue(ByteView bytes) {
  const std::string_view text = asChars(bytes);
  const auto lines = std::ranges::count(text, '\n');
  const bool inLines = lines > 1 || (lines == 1 && !text.ends_with('\n'));
  std::string out = inLines ? "\"\"\"\n" : "\"";
  for (std::size_t at = 0; at < text.size(); ++at) appendCharacter(out, text, at, inLines);
  return out + (inLines ? "\"\"\"" : "\"");
}

std::string hexValue(ByteView bytes) {
  if (bytes.size() <= kHexRow) return "\"" + toHexSpaced(bytes, kHexRow) + "\"";
  std::string out = "\"\"\"\n";
  for (std::size_t at = 0; at < bytes.size(); at += kHexRow)
    out += toHexSpaced(bytes.subspan(at, std::min(kHexRow, bytes.size() - at)), kHexRow) + "\n";
  return out + "\"\"\"";
}

// A text for a TOML key of our own making: a title.
std::string plainValue(std::string_view text) {
  std::string out = "\"";
  for (const char c : visibleText(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

class ScenarioWriter {
 public:
  ScenarioWriter(const RecordedTalk& talk, const RecordOptions& options)
      : talk_(talk), options_(options), isClient_(options.role == RecordRole::client) {}

  std::string write() {
    const std::string title = options_.title.empty()
                                  ? (isClient_ ? "A client of " : "A server as ") + talk_.serverEndpoint
                                  : options_.title;
    out_ = "version = 1\ntitle = " + plainValue(title) + "\n\n";
    writeEndpoint();
    for (const Message& message : merged()) {
      writeItem(message.item);
      previous_ = message.last;
    }
    if (!isOver_) step("close = true\n");
    return std::move(out_);
  }

 private:
  struct Message {
    Item item;
    WallNanos last = 0;  // when its last piece went
  };

  void writeEndpoint() {
    if (isClient_) {
      out_ += "[endpoints.server]\nconnect = " + plainValue(talk_.serverEndpoint) + "\n";
      step("connect = \"server\"\n");
    } else {
      out_ += "[endpoints.server]\nlisten = " + plainValue(talk_.serverEndpoint) + "\n";
      step("listen = \"server\"\n");
      step("accept = \"server\"\nas = \"client\"\nwithin = \"1m\"\n");
    }
  }

  void step(const std::string& keys) { out_ += "\n[[steps]]\n" + keys; }

  // Pieces of a stream by the same side are one message; with waits only those that followed each other.
  std::vector<Message> merged() const {
    std::vector<Message> items;
    for (const Item& item : talk_.items) {
      const bool isPiece = item.what == What::bytes && isByteStream(talk_.transport) && !items.empty() &&
                           items.back().item.what == What::bytes &&
                           items.back().item.byClient == item.byClient;
      if (!isPiece || (options_.waits && item.time - items.back().last >= kOneMessage.count())) {
        items.push_back({item, item.time});
        continue;
      }
      Bytes& bytes = items.back().item.bytes;
      bytes.insert(bytes.end(), item.bytes.begin(), item.bytes.end());
      items.back().last = item.time;
    }
    return items;
  }

  void writeItem(const Item& item) {
    const bool isOurs = item.byClient == isClient_;
    if (isOver_) return;
    if (isOurs) writeWait(item);
    switch (item.what) {
      case What::bytes:
        return writeBytes(item, isOurs);
      case What::halfClosed:
        if (isOurs) return step("half-close = true\n");
        return expectEnd();
      case What::closed:
        if (!isOurs) expectEnd();
        step("close = true\n");
        isOver_ = true;
        return;
      case What::reset:
        step(isOurs ? "reset = true\n" : "expect = { reset = true }\n");
        isOver_ = true;
    }
  }

  void expectEnd() {
    if (!std::exchange(sawTheirEnd_, true)) step("expect = { closed = true }\n");
  }

  void writeWait(const Item& item) {
    const std::chrono::nanoseconds gap(previous_ == 0 ? 0 : item.time - previous_);
    if (!options_.waits || gap < kLeastWait) return;
    const auto rounded = std::chrono::round<std::chrono::milliseconds>(gap);
    step("wait = \"" + durationText(std::min<std::chrono::nanoseconds>(rounded, std::chrono::hours(24))) +
         "\"\n");
  }

  void writeBytes(const Item& item, bool isOurs) {
    const bool isText = isPlainText(item.bytes);
    const std::string value = isText ? textValue(item.bytes) : hexValue(item.bytes);
    if (isOurs && isText) return step("send = " + value + "\n");
    if (isOurs) return stepTable("send", "hex = " + value);
    if (isText) return stepTable("expect", "exactly = " + value);
    stepTable("expect", "exactly.hex = " + value);
  }

  void stepTable(std::string_view verb, const std::string& key) {
    out_ += "\n[[steps]]\n" + std::string(verb) + "." + key + "\n";
  }

  const RecordedTalk& talk_;
  const RecordOptions& options_;
  const bool isClient_;
  std::string out_;
  WallNanos previous_ = 0;
  bool sawTheirEnd_ = false;
  bool isOver_ = false;
};

}  // namespace

std::string recordScenario(const RecordedTalk& talk, const RecordOptions& options) {
  return ScenarioWriter(talk, options).write();
}

}  // namespace sockbench
