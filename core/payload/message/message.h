// A message as a person writes it, with fields, a length and checksums, and the bytes that it becomes.
//
//   auto message = Message::read({.body = "GET {{counter}}\\r\\n"});
//   auto bytes = message->expand(context);
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
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
// Added behind the body, whatever its form, in the message's encoding and before the insertions.
enum class LineEnding : std::uint8_t { none, lf, crLf, cr, nul };
enum class NumberOrder : std::uint8_t { big, little };  // the most or the least significant byte first
// How a length or a checksum is written: as its bytes, or in ASCII as two upper-case digits a byte, or as a
// decimal number.
enum class NumberForm : std::uint8_t { bytes, hexText, decimalText };

std::string_view messageFormName(MessageForm form);  // "text", "hex", "base64", "file"
std::string_view lineEndingName(LineEnding ending);  // "none", "lf", "crlf", "cr", "nul"
std::string_view lineEndingCharacters(LineEnding ending);

// A place in the message: bytes from its beginning (0 or more), or, `fromEnd`, before its end. Of the message
// as it stands before any insertion.
struct MessagePlace {
  std::size_t bytes = 0;
  bool fromEnd = false;
  bool operator==(const MessagePlace&) const = default;
};

// A length or a checksum that is put into the message. Insertions are made in their order, each at a place of
// the message as it stood before all of them, so that a place never depends on what the others put in.
//
// What stands at the same place: places counted from the beginning come before those counted from the end
// (in an empty message, too), and of the same kind an earlier insertion comes before a later one, unless the
// later says `inFront`.
//
// What is covered: the message's own bytes from `from` to `to`, and what earlier insertions put between them
// or at either of the two. So a length at 0 and then a CRC over all: the CRC covers the length. The CRC first
// and then the length: the length counts the CRC's bytes, and `add` takes them off where it should not.
struct Insertion {
  enum class What : std::uint8_t { length, checksum };
  What what = What::length;
  MessagePlace at{0, true};
  bool inFront = false;
  MessagePlace from{0, false};
  MessagePlace to{0, true};
  NumberOrder order = NumberOrder::big;  // of bytes and of hexText
  NumberForm form = NumberForm::bytes;
  // length: its size in bytes, 1 to 8, or, as decimalText, the digits it has at least; and what is added to
  // it (the header's own size, say; may be negative).
  unsigned size = 2;
  std::int64_t add = 0;
  // checksum: a name of checksums(), or, empty, `crc`. As decimalText: with as many digits as its largest
  // value has (three for 8 bits); up to 64 bits.
  std::string checksum;
  CrcParameters crc;
  bool operator==(const Insertion&) const = default;
};

inline constexpr std::size_t kMostInsertions = 64;  // of one message

struct MessageSpec {
  MessageForm form = MessageForm::text;
  // text: with escapes (escapes.h) and fields; hex and base64: with fields; file: its path, with neither.
  // Fields (messageFields() has them as data):
  //   {{counter}} {{counter START STEP WIDTH}} {{counter.hex START STEP WIDTH}} {{time.iso}} {{time.unix}}
  //   {{time.unix_ms}} {{random.hex N}} {{uuid}} {{env NAME}} {{file PATH}} {{peer.address}} {{peer.port}}
  //   {{local.address}} {{local.port}}
  //   {{NAME}}: a variable; {{0}}: what the rule's pattern matched, {{1}}, {{2}} ...: what its groups held
  // "\{{" in text stands for two braces; of three braces and more the last two open the field.
  //
  // Two fields that draw at random draw differently. In text a field's text is written in `encoding`; in hex
  // and base64 it is read as if it had been typed there ({{random.hex 4}} gives four bytes), and what stands
  // between two fields is whole bytes. What a file or a group holds goes as it is, in each form.
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
    bool changes = false;       // will be another when it is sent: a time
    TextSpan source{};          // field: where it stands in `body`
    std::size_t insertion = 0;  // length, checksum: which of `insertions`
  };
  Bytes bytes;
  std::vector<Span> spans;  // by offset; they do not overlap
};

// A spec that has been read. Immutable; copies share. Thread: any.
class Message {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // of one expansion; more: tooLarge

  // Errors, with `where` in `body`: badEscape, badEncoding, badHex, badSyntax (base64, a field that is not
  // closed, a field's arguments), unknownName (a field that there is not, with the nearest). Of an insertion,
  // with its checksum or "length" as subject: unknownName, badSyntax (size, CRC parameters), and tooLarge for
  // more than kMostInsertions. A name alone may be a variable and is no error here.
  static Result<Message> read(MessageSpec spec);

  const MessageSpec& spec() const;
  bool hasFields() const;
  // The same values give the same bytes, but for the time where it is 0, the environment and files. Errors:
  // unknownName (a variable, a group, an address that is not known) and, of what a field stands for,
  // badEncoding, badHex, badSyntax, all with `where` over the field; those of readRegularFile(); tooLarge;
  // badSyntax for an insertion whose place lies outside, or a length that does not fit its size. Files are
  // read at each expansion: it may block as read(2) does.
  Result<ExpandedMessage> expand(const FieldValues& values) const;

 private:
  struct Impl;
  explicit Message(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// A field as data, for completion, Help and the parser.
struct MessageField {
  std::string_view name;       // "time.iso"; "0", "1": groups
  std::string_view arguments;  // "[START [STEP [WIDTH]]]"; empty: none
  std::string_view meaning;    // one English sentence without a full stop
};
std::span<const MessageField> messageFields();

}  // namespace sockbench
