// Any message is read or refused with its place; what was read expands within its bounds to the same bytes
// each time, and says of each byte what it came of.
//
// An input is a line of form, encoding and ending by their names, lines with an insertion each ("length 2@0",
// "sum xor:hex"), an empty line, and the body.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/payload/message/insertion_text.h"
#include "core/payload/message/message.h"

using namespace sockbench;

namespace {

constexpr std::size_t kMostInsertionsHere = 4;  // of 64 MiB each sum takes its time

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view takeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

void readFormat(std::string_view line, MessageSpec& spec) {
  for (const MessageForm form : {MessageForm::text, MessageForm::hex, MessageForm::base64}) {
    if (line.contains(messageFormName(form))) spec.form = form;
  }
  for (const TextEncoding encoding : textEncodings()) {
    if (line.contains(textEncodingName(encoding))) spec.encoding = encoding;
  }
  for (const LineEnding ending : {LineEnding::lf, LineEnding::crLf, LineEnding::cr, LineEnding::nul}) {
    if (line.contains(lineEndingName(ending))) spec.ending = ending;
  }
}

void readInsertion(std::string_view line, MessageSpec& spec) {
  const bool isLength = line.starts_with("length ");
  const std::string_view text = line.substr(std::min(line.find(' ') + 1, line.size()));
  const auto read = [isLength](std::string_view from) {
    return isLength ? readLengthInsertion(from) : readChecksumInsertion(from);
  };
  const auto insertion = read(text);
  if (!insertion) {
    const auto where = insertion.error().where;
    require(where && where->offset + where->length <= text.size());
    return;
  }
  require(read(insertionText(*insertion)) == *insertion);
  if (spec.insertions.size() < kMostInsertionsHere) spec.insertions.push_back(*insertion);
}

void requireTold(const Error& error, const std::string& body) {
  require(!error.message().empty());
  if (!error.where || error.subject != body) return;
  require(error.where->offset + error.where->length <= body.size());
}

void requireSpans(const ExpandedMessage& message, const MessageSpec& spec) {
  std::size_t end = 0;
  for (const ExpandedMessage::Span& span : message.spans) {
    require(span.length > 0 && span.offset >= end);
    end = span.offset + span.length;
    require(span.source.offset + span.source.length <= spec.body.size());
    require(span.insertion == 0 || span.insertion < spec.insertions.size());
  }
  require(end <= message.bytes.size() && message.bytes.size() <= Message::kMostBytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  MessageSpec spec;
  readFormat(takeLine(text), spec);
  for (std::string_view line = takeLine(text); !line.empty(); line = takeLine(text))
    readInsertion(line, spec);
  spec.body = text;
  const auto message = Message::read(spec);
  if (!message) {
    requireTold(message.error(), spec.body);
    return 0;
  }
  static const Variables variables{{"name", "value\xC3\xA9"}, {"bytes", "0a 0B"}, {"none", ""}};
  FieldValues values;
  values.counter = size;
  values.time = 1'700'000'000'123'456'789;
  values.seed = 7;
  values.peerAddress = "192.0.2.1";
  values.peerPort = 80;
  values.variables = &variables;
  values.groups = {toBytes("whole"), toBytes("\xFFpart")};
  const auto expanded = message->expand(values);
  const auto again = message->expand(values);
  require(expanded.has_value() == again.has_value());
  if (!expanded) {
    requireTold(expanded.error(), spec.body);
    return 0;
  }
  require(expanded->bytes == again->bytes);
  requireSpans(*expanded, spec);
  return 0;
}
