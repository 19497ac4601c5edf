// How each kind of option is written, laid out for the kernel, and read; and what the kinds share.
#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/net/socket_options.h"

namespace sockbench {

// Of one kind. Any bytes of any length can be read: what is missing counts as zero.
struct OptionCodec {
  // The canonical form of what was typed. Errors: badOptionValue with `where` in the text.
  Result<std::string> (*canonical)(const OptionInfo&, std::string_view text) = nullptr;
  Result<Bytes> (*encode)(const OptionInfo&, std::string_view canonical) = nullptr;
  std::string (*decode)(const OptionInfo&, ByteView) = nullptr;
  std::size_t size = sizeof(int);  // the most that getsockopt answers
};

const OptionCodec& codecOf(OptionKind kind);

// The codecs by what they have in common.
extern const OptionCodec kBooleanCodec, kIntegerCodec, kWideCodec;
extern const OptionCodec kChoiceCodec, kFlagsCodec;
extern const OptionCodec kLingerCodec, kDurationCodec, kTextCodec, kPortRangeCodec;
extern const OptionCodec kMembershipCodec, kInterfaceCodec, kMulticastInterfaceCodec;
extern const OptionCodec kCredentialsCodec, kGroupsCodec, kMemoryCodec, kTcpInfoCodec, kPathMtuCodec,
    kAddressCodec;

// badOptionValue about `text`, at `where` or at the whole of it.
std::unexpected<Error> badValue(std::string_view text, TextSpan where, std::string why);
std::unexpected<Error> badValue(std::string_view text, std::string why);

std::optional<long long> wholeNumber(std::string_view text);  // decimal, with an optional minus

// The name of a value of `option.choices`, cut to `bits`; empty: it has none.
std::string_view choiceName(const OptionInfo& option, std::uint64_t value, unsigned bits = 32);
const OptionChoice* findChoice(const OptionInfo& option, std::string_view name);

template <class Value>
Bytes bytesOf(const Value& value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  return {bytes.begin(), bytes.end()};
}

// What the kernel gave, the rest zero.
template <class Value>
Value valueOf(ByteView bytes) {
  Value value{};
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
  return value;
}

}  // namespace sockbench
