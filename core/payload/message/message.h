// A message as a person writes it, with fields, a length and checksums, and the bytes that it becomes.
//
//   auto message = Message::read({.body = "GET {{counter}}\\r\\n"});
//   auto bytes = message->expand(context);
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/checksum/checksum.h"
#include "core/payload/message/field_values.h"
#include "core/payload/text_codec.h"

namespace sockbench {

enum class MessageForm : std::uint8_t { text, hex, base64, file };
enum class LineEnding : std::uint8_t { none, lf, crLf, cr, nul };  // added to text, before the insertions
enum class ByteOrder : std::uint8_t { big, little };

std::string_view messageFormName(MessageForm form);  // "text", "hex", "base64", "file"
std::string_view lineEndingName(LineEnding ending);  // "none", "lf", "crlf", "cr", "nul"

// A place in the message: bytes from its beginning (0 or more), or, `fromEnd`, before its end. Of the message
// as it stands before any insertion.
struct MessagePlace {
  std::size_t bytes = 0;
  bool fromEnd = false;
  bool operator==(const MessagePlace&) const = default;
};

// A length or a checksum that is put into the message. Insertions are made in their order; each covers the
// message's own bytes from `from` to `to` together with what earlier ones put between them.
struct Insertion {
  enum class What : std::uint8_t { length, checksum };
  What what = What::length;
  MessagePlace at{0, true};
  MessagePlace from{0, false};
  MessagePlace to{0, true};
  ByteOrder order = ByteOrder::big;
  bool asHexText = false;  // as hexadecimal digits in ASCII, two a byte, instead of bytes
  // length: its size in bytes, 1 to 8, and what is added to it (the header's own size, say; may be negative).
  unsigned size = 2;
  std::int64_t add = 0;
  // checksum: a name of checksums(), or, empty, `crc`.
  std::string checksum;
  CrcParameters crc;
  bool operator==(const Insertion&) const = default;
};

struct MessageSpec {
  MessageForm form = MessageForm::text;
  // text: with escapes (escapes.h) and fields; hex and base64: with fields; file: its path. Fields:
  //   {{counter}} {{counter START STEP WIDTH}} {{time.iso}} {{time.unix_ms}} {{random.hex N}} {{uuid}}
  //   {{env NAME}} {{file PATH}} {{peer.address}} {{peer.port}} {{local.address}} {{local.port}}
  //   {{NAME}}: a variable; {{1}}, {{2}} ...: what the groups of the rule's regular expression held; {{0}}
  //   all
  // "\{{" in text stands for two braces. message_fields() has them as data.
  std::string body;
  TextEncoding encoding = TextEncoding::utf8;
  LineEnding ending = LineEnding::none;
  std::vector<Insertion> insertions;
  bool operator==(const MessageSpec&) const = default;
};

// The bytes of one sending, and which of them came of what.
struct ExpandedMessage {
  enum class Part : std::uint8_t { field, ending, length, checksum };
  struct Span {
    std::size_t offset = 0;
    std::size_t length = 0;
    Part part = Part::field;
    bool changes = false;  // will be another when it is sent: a time
    TextSpan source;       // field: where it stands in `body`
  };
  Bytes bytes;
  std::vector<Span> spans;  // by offset; they do not overlap
};

// A spec that has been read. Immutable; copies share. Thread: any.
class Message {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // of one expansion; more: tooLarge

  // Errors, with `where` in `body`: badEscape, badEncoding, badHex, badSyntax (a field that is not closed),
  // unknownName (a field or a checksum that there is not, with the nearest).
  static Result<Message> read(MessageSpec spec);

  const MessageSpec& spec() const;
  bool hasFields() const;
  // Errors: unknownName (a variable, a group), those of reading a file, tooLarge, badSyntax for an insertion
  // whose place lies outside, or a length that does not fit its size. Files are read at each expansion: it
  // may block as read(2) does.
  Result<ExpandedMessage> expand(const FieldValues& values) const;

 private:
  struct Impl;
  explicit Message(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// A field as data, for completion, Help and the parser.
struct MessageField {
  std::string_view name;       // "time.iso"
  std::string_view arguments;  // "[START [STEP [WIDTH]]]"; empty: none
  std::string_view meaning;    // one English sentence without a full stop
};
std::span<const MessageField> messageFields();

}  // namespace sockbench
