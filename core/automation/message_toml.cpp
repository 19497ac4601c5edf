#include "core/automation/message_toml.h"

#include <array>

#include "core/payload/message/insertion_text.h"

namespace sockbench {
namespace {

constexpr std::array kForms{MessageForm::text, MessageForm::hex, MessageForm::base64, MessageForm::file};
constexpr std::array kEndings{LineEnding::none, LineEnding::lf, LineEnding::crLf, LineEnding::cr,
                              LineEnding::nul};

TomlTable insertionToToml(const Insertion& insertion) {
  TomlTable table;
  table.setInline(true);
  const bool isLength = insertion.what == Insertion::What::length;
  table.set(isLength ? "length" : "checksum", insertionText(insertion));
  return table;
}

// One of a few values that have names.
template <class Value, std::size_t count>
Value named(TomlReader& in, std::string_view key, const std::array<Value, count>& values,
            std::string_view (*name)(Value)) {
  std::array<std::string_view, count> words;
  for (std::size_t i = 0; i < count; ++i) words[i] = name(values[i]);
  return values[in.wordIndex(key, words).value_or(0)];
}

TextEncoding encodingIn(TomlReader& in) {
  std::vector<std::string_view> words;
  for (const TextEncoding encoding : textEncodings()) words.push_back(textEncodingName(encoding));
  return textEncodings()[in.wordIndex("encoding", words).value_or(0)];
}

Insertion insertionIn(TomlReader& in) {
  const TomlValue* length = in.value("length");
  if (length == nullptr) {
    if (!in.has("checksum")) in.failAt(in.place(), "an insertion has one of the keys length and checksum");
    return in.parsed<Insertion>("checksum", {}, &readChecksumInsertion);
  }
  if (in.has("checksum")) in.fail("checksum", "an insertion has one of the keys length and checksum");
  if (std::holds_alternative<std::string>(length->data))
    return in.parsed<Insertion>("length", {}, &readLengthInsertion);
  Insertion insertion;
  insertion.at = {0, false};
  insertion.size = in.integer<unsigned>("length", 2, 1, 8);
  return insertion;
}

// Tells at `key` what cannot be read.
void check(TomlReader& in, std::string_view key, const MessageSpec& message) {
  if (!in.ok()) return;
  if (const auto read = Message::read(message); !read) in.fail(key, read.error());
}

}  // namespace

TomlTable toTomlTable(const MessageSpec& message) {
  TomlTable table;
  table.setInline(true);
  table.set(messageFormName(message.form), message.body);
  if (message.encoding != TextEncoding::utf8)
    table.set("encoding", TomlValue(textEncodingName(message.encoding)));
  if (message.ending != LineEnding::none) table.set("ending", TomlValue(lineEndingName(message.ending)));
  TomlArray insertions;
  for (const Insertion& insertion : message.insertions) insertions.emplace_back(insertionToToml(insertion));
  if (!insertions.empty()) table.set("insert", std::move(insertions));
  return table;
}

TomlValue toToml(const MessageSpec& message) {
  MessageSpec plain;
  plain.body = message.body;
  return message == plain ? TomlValue(message.body) : TomlValue(toTomlTable(message));
}

MessageSpec messageIn(TomlReader& in) {
  MessageSpec message;
  std::string_view given;
  for (const MessageForm form : kForms) {
    const std::string_view name = messageFormName(form);
    if (!in.has(name)) continue;
    if (!given.empty()) in.fail(name, "a message has one of the keys text, hex, base64 and file");
    given = name;
    message.form = form;
    message.body = in.text(name);
  }
  if (given.empty()) in.failAt(in.place(), "a message has one of the keys text, hex, base64 and file");
  message.encoding = encodingIn(in);
  message.ending = named(in, "ending", kEndings, &lineEndingName);
  in.eachTable("insert", [&](TomlReader& one) { message.insertions.push_back(insertionIn(one)); });
  check(in, given, message);
  return message;
}

MessageSpec messageAt(TomlReader& in, std::string_view key) {
  MessageSpec message;
  const TomlValue* value = in.value(key);
  if (value != nullptr && std::holds_alternative<TomlTable>(value->data)) {
    in.table(key, [&](TomlReader& table) { message = messageIn(table); });
    return message;
  }
  message.body = in.text(key);
  check(in, key, message);
  return message;
}

}  // namespace sockbench
