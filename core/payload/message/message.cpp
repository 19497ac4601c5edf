#include "core/payload/message/message.h"

#include <algorithm>
#include <array>

#include "core/base/regular_file.h"
#include "core/payload/message/insertions.h"
#include "core/payload/message/message_pieces.h"

namespace sockbench {
namespace {

using namespace std::string_view_literals;

Error tooLarge() {
  return Error::fromInput(InputFault::tooLarge, {}, std::nullopt,
                          "the message has more than " + std::to_string(Message::kMostBytes) + " bytes");
}

// One expansion on its way.
class Expansion {
 public:
  Expansion(const MessageSpec& spec, const FieldValues& values)
      : spec_(spec), values_(values), random_(values.seed) {
    if (values_.time == 0) values_.time = wallNow();
  }

  Result<void> addFile() {
    Result<Bytes> bytes = readRegularFile(spec_.body, Message::kMostBytes);
    return bytes ? append(*bytes) : std::unexpected(std::move(bytes.error()));
  }

  Result<void> add(const MessagePiece& piece) {
    if (const auto* bytes = std::get_if<Bytes>(&piece.content)) return append(*bytes);
    const auto& field = std::get<FieldCall>(piece.content);
    Result<Bytes> value = valueOf(field);
    if (!value) return std::unexpected(placed(std::move(value.error()), piece.source));
    const std::size_t offset = out_.bytes.size();
    if (const auto added = append(*value); !added) return added;
    if (!value->empty())
      out_.spans.push_back(
          {offset, value->size(), ExpandedMessage::Part::field, field.changes(), piece.source});
    return {};
  }

  Result<void> addEnding() {
    const Result<Bytes> ending = encodeText(lineEndingCharacters(spec_.ending), spec_.encoding);
    if (!ending) return std::unexpected(ending.error());
    const std::size_t offset = out_.bytes.size();
    if (const auto added = append(*ending); !added) return added;
    if (!ending->empty())
      out_.spans.push_back(
          {.offset = offset, .length = ending->size(), .part = ExpandedMessage::Part::ending});
    return {};
  }

  Result<ExpandedMessage> finish() {
    if (const auto made = makeInsertions(spec_.insertions, out_); !made) return std::unexpected(made.error());
    if (out_.bytes.size() > Message::kMostBytes) return std::unexpected(tooLarge());
    return std::move(out_);
  }

 private:
  Result<Bytes> valueOf(const FieldCall& field) {
    Result<FieldValue> value = fieldValue(field, values_, random_, Message::kMostBytes);
    if (!value) return std::unexpected(std::move(value.error()));
    if (auto* bytes = std::get_if<Bytes>(&*value)) return std::move(*bytes);
    return formBytes(std::get<std::string>(*value), spec_, false);
  }

  // A file's error is about the file; all others are about the field that asked.
  Error placed(Error error, TextSpan source) const {
    if (error.op != Operation::parse) return error;
    error.subject = spec_.body;
    error.where = source;
    return error;
  }

  Result<void> append(ByteView bytes) {
    if (bytes.size() > Message::kMostBytes - out_.bytes.size()) return std::unexpected(tooLarge());
    out_.bytes.insert(out_.bytes.end(), bytes.begin(), bytes.end());
    return {};
  }

  const MessageSpec& spec_;
  FieldValues values_;
  SeededNumbers random_;
  ExpandedMessage out_;
};

}  // namespace

struct Message::Impl {
  MessageSpec spec;
  std::vector<MessagePiece> pieces;
};

std::string_view messageFormName(MessageForm form) {
  static constexpr std::array kNames{"text"sv, "hex"sv, "base64"sv, "file"sv};
  return kNames.at(static_cast<std::size_t>(form));
}

std::string_view lineEndingName(LineEnding ending) {
  static constexpr std::array kNames{"none"sv, "lf"sv, "crlf"sv, "cr"sv, "nul"sv};
  return kNames.at(static_cast<std::size_t>(ending));
}

std::string_view lineEndingCharacters(LineEnding ending) {
  static constexpr std::array kCharacters{""sv, "\n"sv, "\r\n"sv, "\r"sv, "\0"sv};
  return kCharacters.at(static_cast<std::size_t>(ending));
}

Result<Message> Message::read(MessageSpec spec) {
  // No form has more than this for a byte: "\u{000041}", and fields, which are bounded when they are
  // expanded.
  constexpr std::size_t kMostForAByte = 10;
  if (spec.body.size() / kMostForAByte > kMostBytes) return std::unexpected(tooLarge());
  if (const auto checked = checkInsertions(spec.insertions); !checked)
    return std::unexpected(checked.error());
  Result<std::vector<MessagePiece>> pieces = cutMessage(spec);
  if (!pieces) return std::unexpected(std::move(pieces.error()));
  return Message(std::make_shared<const Impl>(std::move(spec), *std::move(pieces)));
}

const MessageSpec& Message::spec() const {
  return impl_->spec;
}

bool Message::hasFields() const {
  return std::ranges::any_of(impl_->pieces, [](const MessagePiece& piece) {
    return std::holds_alternative<FieldCall>(piece.content);
  });
}

Result<ExpandedMessage> Message::expand(const FieldValues& values) const {
  Expansion expansion(impl_->spec, values);
  if (impl_->spec.form == MessageForm::file) {
    if (const auto added = expansion.addFile(); !added) return std::unexpected(added.error());
  }
  for (const MessagePiece& piece : impl_->pieces) {
    if (const auto added = expansion.add(piece); !added) return std::unexpected(added.error());
  }
  if (const auto added = expansion.addEnding(); !added) return std::unexpected(added.error());
  return expansion.finish();
}

}  // namespace sockbench
