#include "core/net/socket_option_value.h"

#include <array>
#include <charconv>
#include <utility>

#include "core/net/socket_option_codec.h"

namespace sockbench {

std::unexpected<Error> badValue(std::string_view text, TextSpan where, std::string why) {
  return std::unexpected(
      Error::fromInput(InputFault::badOptionValue, std::string(text), where, std::move(why)));
}

std::unexpected<Error> badValue(std::string_view text, std::string why) {
  return badValue(text, {0, text.size()}, std::move(why));
}

std::optional<long long> wholeNumber(std::string_view text) {
  long long number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view choiceName(const OptionInfo& option, std::uint64_t value, unsigned bits) {
  const std::uint64_t mask = bits == 64 ? ~0ULL : (1ULL << bits) - 1;
  for (const OptionChoice& choice : option.choices)
    if ((choice.value & mask) == (value & mask)) return choice.name;
  return {};
}

const OptionChoice* findChoice(const OptionInfo& option, std::string_view name) {
  const auto found = std::ranges::find(option.choices, name, &OptionChoice::name);
  return found == option.choices.end() ? nullptr : &*found;
}

const OptionCodec& codecOf(OptionKind kind) {
  static const std::array kCodecs{&kBooleanCodec,
                                  &kIntegerCodec,
                                  &kLingerCodec,
                                  &kDurationCodec,
                                  &kTextCodec,
                                  &kMembershipCodec,
                                  &kMembershipCodec,
                                  &kMembershipCodec,
                                  &kWideCodec,
                                  &kChoiceCodec,
                                  &kFlagsCodec,
                                  &kInterfaceCodec,
                                  &kMulticastInterfaceCodec,
                                  &kPortRangeCodec,
                                  &kCredentialsCodec,
                                  &kGroupsCodec,
                                  &kMemoryCodec,
                                  &kTcpInfoCodec,
                                  &kPathMtuCodec,
                                  &kAddressCodec};
  static_assert(kCodecs.size() == static_cast<std::size_t>(OptionKind::address) + 1);
  return *kCodecs[static_cast<std::size_t>(kind)];
}

Result<std::string> canonicalOptionValue(const OptionInfo& option, std::string_view text) {
  const OptionCodec& codec = codecOf(option.kind);
  if (codec.canonical == nullptr) return badValue(text, "this option can only be read");
  return codec.canonical(option, text);
}

Result<Bytes> optionBytes(const OptionInfo& option, std::string_view canonical) {
  const Result<std::string> checked = canonicalOptionValue(option, canonical);
  if (!checked) return std::unexpected(checked.error());
  return codecOf(option.kind).encode(option, *checked);
}

std::size_t optionSize(const OptionInfo& option) {
  return codecOf(option.kind).size;
}

std::string optionText(const OptionInfo& option, ByteView value) {
  const OptionCodec& codec = codecOf(option.kind);
  return codec.decode == nullptr ? std::string() : codec.decode(option, value);
}

}  // namespace sockbench
