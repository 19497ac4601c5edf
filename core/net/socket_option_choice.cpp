// Values that have names.
#include <charconv>
#include <vector>

#include "core/net/socket_option_codec.h"

namespace sockbench {
namespace {

std::string namesOf(const OptionInfo& option) {
  std::string names;
  for (const OptionChoice& choice : option.choices)
    names += (names.empty() ? "" : ", ") + std::string(choice.name);
  return names;
}

// "16" or "0x10", of 32 bits.
std::optional<std::uint32_t> numberOf(std::string_view text) {
  const bool isHex = text.starts_with("0x");
  if (isHex) text.remove_prefix(2);
  std::uint32_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number, isHex ? 16 : 10);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::string> canonicalChoice(const OptionInfo& option, std::string_view text) {
  if (findChoice(option, text) != nullptr) return std::string(text);
  const auto number = numberOf(text);
  const std::string_view name = number ? choiceName(option, *number) : std::string_view();
  if (!name.empty()) return std::string(name);
  return badValue(text, "the value is one of " + namesOf(option));
}

Result<Bytes> encodeChoice(const OptionInfo& option, std::string_view canonical) {
  const OptionChoice* choice = findChoice(option, canonical);
  return bytesOf(static_cast<std::uint32_t>(choice == nullptr ? 0 : choice->value));
}

std::string decodeChoice(const OptionInfo& option, ByteView value) {
  const auto number = valueOf<std::uint32_t>(value);
  const std::string_view name = choiceName(option, number);
  return name.empty() ? std::to_string(number) : std::string(name);
}

std::string hexOf(std::uint32_t number) {
  char digits[8];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
  return "0x" + std::string(digits, end);
}

std::string flagsText(const OptionInfo& option, std::uint32_t flags) {
  if (flags == 0) return "none";
  std::string text;
  const auto add = [&](std::string_view name) { text += (text.empty() ? "" : "|") + std::string(name); };
  for (const OptionChoice& choice : option.choices) {
    const auto bit = static_cast<std::uint32_t>(choice.value);
    if ((flags & bit) == 0) continue;
    add(choice.name);
    flags &= ~bit;
  }
  if (flags != 0) add(hexOf(flags));
  return text;
}

Result<std::uint32_t> flagsOf(const OptionInfo& option, std::string_view text) {
  std::uint32_t flags = 0;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = std::min(text.find('|', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    if (const OptionChoice* choice = findChoice(option, part))
      flags |= static_cast<std::uint32_t>(choice->value);
    else if (const auto number = numberOf(part))
      flags |= *number;
    else if (text != "none")
      return badValue(text, {at, end - at}, "the value is none, or names joined with |: " + namesOf(option));
    if (end == text.size()) return flags;
    at = end + 1;
  }
}

Result<std::string> canonicalFlags(const OptionInfo& option, std::string_view text) {
  const auto flags = flagsOf(option, text);
  if (!flags) return std::unexpected(flags.error());
  return flagsText(option, *flags);
}

Result<Bytes> encodeFlags(const OptionInfo& option, std::string_view canonical) {
  const auto flags = flagsOf(option, canonical);
  if (!flags) return std::unexpected(flags.error());
  return bytesOf(*flags);
}

std::string decodeFlags(const OptionInfo& option, ByteView value) {
  return flagsText(option, valueOf<std::uint32_t>(value));
}

}  // namespace

// SO_TIMESTAMPING answers two numbers, its flags first.
constinit const OptionCodec kFlagsCodec{canonicalFlags, encodeFlags, decodeFlags, 2 * sizeof(int)};
constinit const OptionCodec kChoiceCodec{canonicalChoice, encodeChoice, decodeChoice};

}  // namespace sockbench
