// Options as people write them, NAME=VALUE, and as they are set and read.
#include <algorithm>
#include <cerrno>

#include "core/net/socket_option_value.h"
#include "core/net/socket_options.h"

namespace sockbench {
namespace {

std::unexpected<Error> badName(std::string_view text, TextSpan where, std::string why) {
  return std::unexpected(
      Error::fromInput(InputFault::badOptionName, std::string(text), where, std::move(why)));
}

std::string upperCase(std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return upper;
}

std::unexpected<Error> unknownName(std::string_view text, std::string_view name) {
  if (name.empty()) return badName(text, {0, 0}, "the option's name is missing");
  const OptionInfo* meant = nearestSocketOption(upperCase(name));
  const std::string known = meant != nullptr ? "; write " + std::string(meant->name) : "";
  return badName(text, {0, name.size()}, "no socket option of this name is known" + known);
}

}  // namespace

Result<OptionSetting> OptionSetting::parse(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const OptionInfo* option = findSocketOption(name);
  if (option == nullptr) return unknownName(text, name);
  const auto badValue = [&](TextSpan where, std::string why) {
    return std::unexpected(
        Error::fromInput(InputFault::badOptionValue, std::string(text), where, std::move(why)));
  };
  if (!option->writable) return badValue({0, name.size()}, std::string(name) + " can only be read");
  if (equals == std::string_view::npos)
    return badValue({text.size(), 0}, "a value is missing: write " + std::string(name) + "=VALUE");
  Result<std::string> value = canonicalOptionValue(*option, text.substr(equals + 1));
  if (value) return OptionSetting{option, std::move(*value)};
  TextSpan where = value.error().where.value_or(TextSpan{});
  where.offset += equals + 1;
  return badValue(where, value.error().detail);
}

std::string OptionSetting::text() const {
  return std::string(option->name) + '=' + value;
}

Result<void> applySocketOption(Socket& socket, const OptionSetting& setting) {
  const Result<Bytes> bytes = optionBytes(*setting.option, setting.value);
  if (!bytes) return std::unexpected(bytes.error());
  Result<void> set = socket.setRawOption(setting.option->level, setting.option->number, *bytes);
  if (!set) set.error().subject = setting.text();
  return set;
}

Result<std::string> readSocketOption(const Socket& socket, const OptionInfo& option) {
  const std::string name(option.name);
  if (!option.readable) return std::unexpected(Error::fromErrno(Operation::getsockopt, ENOPROTOOPT, name));
  Result<Bytes> bytes = socket.rawOption(option.level, option.number, optionSize(option));
  if (bytes) return optionText(option, *bytes);
  bytes.error().subject = name;
  return std::unexpected(bytes.error());
}

}  // namespace sockbench
