#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/base/nearest_name.h"
#include "core/base/regular_file.h"
#include "core/payload/hex.h"
#include "core/payload/message/digits.h"
#include "core/payload/message/message_fields.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr std::int64_t kNanosInSecond = 1'000'000'000;
constexpr std::int64_t kNanosInMilli = 1'000'000;

std::unexpected<Error> unknown(const std::string& subject, std::string detail) {
  return std::unexpected(Error::fromInput(InputFault::unknownName, subject, std::nullopt, std::move(detail)));
}

std::string shown(std::string_view name) {
  return "\"" + previewText(asBytes(name), 40) + "\"";
}

// Beyond 64 bits it goes round.
std::string counterText(const FieldCall& field, std::uint64_t counter) {
  const std::uint64_t value =
      static_cast<std::uint64_t>(field.start) + static_cast<std::uint64_t>(field.step) * counter;
  if (field.kind == FieldKind::counterHex) return hexDigits(value, std::max(2U, field.width));
  if (static_cast<std::int64_t>(value) >= 0) return decimalDigits(value, field.width);
  return "-" + decimalDigits(0 - value, std::max(1U, field.width) - 1);
}

// RFC 9562, section 5.4.
std::string uuidText(SeededNumbers& random) {
  Bytes bytes = random.bytes(16);
  bytes[6] = (bytes[6] & std::byte{0x0F}) | std::byte{0x40};
  bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};
  std::string text = toHex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
  return text;
}

Result<FieldValue> variable(const std::string& name, const FieldValues& values) {
  std::vector<std::string_view> names;
  if (values.variables != nullptr) {
    if (const auto found = values.variables->find(name); found != values.variables->end())
      return found->second;
    for (const auto& [known, value] : *values.variables) names.emplace_back(known);
  }
  if (values.secret) {
    Result<std::string> secret = values.secret(name);
    if (secret || !secret.error().isInput(InputFault::unknownName)) return secret;
  }
  return unknown(name, "there is no variable " + shown(name) + didYouMean(name, names));
}

Result<FieldValue> environment(const std::string& name) {
  const char* value = name.contains('\0') ? nullptr : std::getenv(name.c_str());
  if (value == nullptr) return unknown(name, "the environment has no variable " + shown(name));
  return std::string(value);
}

Result<FieldValue> group(std::size_t number, const FieldValues& values) {
  if (number < values.groups.size()) return values.groups[number];
  const std::string name = std::to_string(number);
  if (values.groups.empty())
    return unknown(name, "{{" + name + "}} stands for what a rule's pattern matched, and nothing did here");
  return unknown(name, "the pattern has no group " + name);
}

Result<FieldValue> address(const std::string& value, std::string_view side) {
  if (value.empty())
    return unknown({}, "the address of " + std::string(side) + " is not known before there is a connection");
  return value;
}

Result<FieldValue> port(std::uint16_t value, std::string_view side) {
  if (value == 0) return unknown({}, "the port of " + std::string(side) + " is not known");
  return std::to_string(value);
}

}  // namespace

std::uint64_t freshSeed() {
  std::uint64_t seed = 0;
  // So few bytes come whole or, by a signal before the kernel's pool is ready, not at all.
  while (::getrandom(&seed, sizeof(seed), 0) < 0 && errno == EINTR) {
  }
  return seed;
}

std::uint64_t SeededNumbers::next() {
  std::uint64_t value = state_ += 0x9E3779B97F4A7C15;
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
  value = (value ^ value >> 27) * 0x94D049BB133111EB;
  return value ^ value >> 31;
}

Bytes SeededNumbers::bytes(std::size_t count) {
  Bytes bytes(count);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i, value >>= 8) {
    if (i % sizeof(value) == 0) value = next();
    bytes[i] = static_cast<std::byte>(value & 0xFF);
  }
  return bytes;
}

Result<FieldValue> fieldValue(const FieldCall& field, const FieldValues& values, SeededNumbers& random,
                              std::size_t mostBytes) {
  switch (field.kind) {
    case FieldKind::counter:
    case FieldKind::counterHex:
      return counterText(field, values.counter);
    case FieldKind::timeIso:
      return toRfc3339(values.time);
    case FieldKind::timeUnix:
      return std::to_string(values.time / kNanosInSecond);
    case FieldKind::timeUnixMs:
      return std::to_string(values.time / kNanosInMilli);
    case FieldKind::randomHex:
      return toHex(random.bytes(field.count));
    case FieldKind::uuid:
      return uuidText(random);
    case FieldKind::environment:
      return environment(field.name);
    case FieldKind::file:
      return readRegularFile(field.name, mostBytes);
    case FieldKind::peerAddress:
      return address(values.peerAddress, "the other side");
    case FieldKind::peerPort:
      return port(values.peerPort, "the other side");
    case FieldKind::localAddress:
      return address(values.localAddress, "this side");
    case FieldKind::localPort:
      return port(values.localPort, "this side");
    case FieldKind::variable:
      return variable(field.name, values);
    case FieldKind::group:
      return group(field.count, values);
  }
  std::unreachable();
}

}  // namespace sockbench
