#include "core/payload/message/message_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "core/base/nearest_name.h"
#include "core/payload/message/message.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr unsigned kMostWidth = 64;
constexpr std::int64_t kMostRandomBytes = std::int64_t{1} << 20;
constexpr std::int64_t kMostGroup = 999;

enum class Arguments : std::uint8_t { none, counter, count, rest };

struct Row {
  FieldKind kind;
  Arguments arguments;
  MessageField field;
};

constexpr auto kRows = std::to_array<Row>({
    {FieldKind::counter,
     Arguments::counter,
     {"counter", "[START [STEP [WIDTH]]]",
      "How many messages went before this one: 0 for the first, or from START in steps of STEP, with zeros "
      "in "
      "front up to WIDTH digits"}},
    {FieldKind::counterHex,
     Arguments::counter,
     {"counter.hex", "[START [STEP [WIDTH]]]",
      "The counter in hexadecimal digits, two unless WIDTH says more: in a message of hex its bytes"}},
    {FieldKind::timeIso,
     Arguments::none,
     {"time.iso", "", "The time of sending, UTC, to the nanosecond: 2026-11-21T12:33:18.001204567Z"}},
    {FieldKind::timeUnix, Arguments::none, {"time.unix", "", "Seconds since 1970 at the time of sending"}},
    {FieldKind::timeUnixMs,
     Arguments::none,
     {"time.unix_ms", "", "Milliseconds since 1970 at the time of sending"}},
    {FieldKind::randomHex,
     Arguments::count,
     {"random.hex", "BYTES",
      "So many random bytes as hexadecimal digits, two a byte: in a message of hex bytes"}},
    {FieldKind::uuid, Arguments::none, {"uuid", "", "A random UUID (version 4)"}},
    {FieldKind::environment,
     Arguments::rest,
     {"env", "NAME", "The variable NAME of the environment that Sockbench was started in"}},
    {FieldKind::file,
     Arguments::rest,
     {"file", "PATH", "The bytes of a file, as they are at the time of sending"}},
    {FieldKind::peerAddress, Arguments::none, {"peer.address", "", "The address of the other side"}},
    {FieldKind::peerPort, Arguments::none, {"peer.port", "", "The port of the other side"}},
    {FieldKind::localAddress, Arguments::none, {"local.address", "", "The address of this side"}},
    {FieldKind::localPort, Arguments::none, {"local.port", "", "The port of this side"}},
    {FieldKind::group, Arguments::none, {"0", "", "In an answer: all that the rule's pattern matched"}},
    {FieldKind::group,
     Arguments::none,
     {"1", "", "In an answer: what the first group of the rule's expression held; so on with 2, 3"}},
});

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-' || c == '.';
}

bool isName(std::string_view text) {
  return std::ranges::all_of(text, isNameCharacter) && !isDigit(text.front());
}

std::vector<std::string_view> fieldNames() {
  std::vector<std::string_view> names;
  for (const Row& row : kRows) names.push_back(row.field.name);
  return names;
}

// "time.now" looks like one of ours and can only be a slip.
bool hasOurPrefix(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return false;
  return std::ranges::any_of(
      kRows, [&](const Row& row) { return row.field.name.starts_with(name.substr(0, dot + 1)); });
}

FieldCall ofKind(FieldKind kind) {
  FieldCall call;
  call.kind = kind;
  return call;
}

// The words between the braces, each with its place.
class FieldReader {
 public:
  FieldReader(std::string_view body, std::size_t at, std::size_t end) : body_(body), at_(at), end_(end) {
    while (end_ > at_ && kBlanks.contains(body_[end_ - 1])) --end_;
    passBlanks();
  }

  Result<FieldCall> read() {
    const TextSpan name = word();
    const std::string_view text = textOf(name);
    if (text.empty()) return fault(InputFault::badSyntax, name, "there is no field between the braces");
    const auto* row = std::ranges::find(kRows, text, [](const Row& r) { return r.field.name; });
    if (std::ranges::all_of(text, isDigit)) return group(name);
    if (row == kRows.end()) return variable(name);
    return arguments(*row, ofKind(row->kind));
  }

 private:
  void passBlanks() {
    while (at_ < end_ && kBlanks.contains(body_[at_])) ++at_;
  }

  TextSpan word() {
    const std::size_t start = at_;
    while (at_ < end_ && !kBlanks.contains(body_[at_])) ++at_;
    const TextSpan span{start, at_ - start};
    passBlanks();
    return span;
  }

  TextSpan rest() const { return {at_, end_ - at_}; }
  std::string_view textOf(TextSpan span) const { return body_.substr(span.offset, span.length); }

  std::unexpected<Error> fault(InputFault kind, TextSpan where, std::string detail) const {
    return std::unexpected(Error::fromInput(kind, std::string(body_), where, std::move(detail)));
  }

  Result<FieldCall> group(TextSpan name) {
    const auto number = integer(name, 0, kMostGroup);
    if (!number) return std::unexpected(number.error());
    if (rest().length > 0) return fault(InputFault::badSyntax, rest(), "a group has no arguments");
    FieldCall call = ofKind(FieldKind::group);
    call.count = static_cast<std::size_t>(*number);
    return call;
  }

  Result<FieldCall> variable(TextSpan name) {
    const std::string_view text = textOf(name);
    const std::string shown = previewText(asBytes(text), 40);
    if (!isName(text))
      return fault(InputFault::badSyntax, name,
                   "\"" + shown + "\" is no name of a field; two braces themselves are written \\{{");
    if (rest().length > 0 || hasOurPrefix(text))
      return fault(InputFault::unknownName, name,
                   "there is no field \"" + shown + "\"" + didYouMean(text, fieldNames()));
    FieldCall call = ofKind(FieldKind::variable);
    call.name = text;
    return call;
  }

  Result<FieldCall> arguments(const Row& row, FieldCall call) {
    Result<void> read;
    switch (row.arguments) {
      case Arguments::none:
        break;
      case Arguments::rest:
        call.name = textOf(rest());
        at_ = end_;
        if (call.name.empty()) read = missing(row);
        break;
      case Arguments::count:
        read = count(row, call);
        break;
      case Arguments::counter:
        read = counter(call);
        break;
    }
    if (!read) return std::unexpected(read.error());
    if (rest().length == 0) return call;
    return fault(InputFault::badSyntax, rest(),
                 row.field.arguments.empty() ? "\"" + std::string(row.field.name) + "\" has no arguments"
                                             : "it is written " + std::string(row.field.name) + " " +
                                                   std::string(row.field.arguments));
  }

  Result<void> missing(const Row& row) const {
    return fault(InputFault::badSyntax, rest(),
                 "it is written " + std::string(row.field.name) + " " + std::string(row.field.arguments));
  }

  Result<void> count(const Row& row, FieldCall& call) {
    if (rest().length == 0) return missing(row);
    const auto number = integer(word(), 1, kMostRandomBytes);
    if (!number) return std::unexpected(number.error());
    call.count = static_cast<std::size_t>(*number);
    return {};
  }

  Result<void> counter(FieldCall& call) {
    for (std::int64_t* value : {&call.start, &call.step}) {
      if (rest().length == 0) return {};
      const auto number = integer(word(), INT64_MIN, INT64_MAX);
      if (!number) return std::unexpected(number.error());
      *value = *number;
    }
    if (rest().length == 0) return {};
    const auto width = integer(word(), 1, kMostWidth);
    if (!width) return std::unexpected(width.error());
    call.width = static_cast<unsigned>(*width);
    return {};
  }

  Result<std::int64_t> integer(TextSpan where, std::int64_t least, std::int64_t most) const {
    const std::string_view text = textOf(where);
    std::int64_t value = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code == std::errc() && stop == text.data() + text.size() && value >= least && value <= most)
      return value;
    return fault(InputFault::badSyntax, where,
                 "\"" + previewText(asBytes(text), 40) + "\" is no whole number from " +
                     std::to_string(least) + " to " + std::to_string(most));
  }

  std::string_view body_;
  std::size_t at_;
  std::size_t end_;
};

}  // namespace

Result<FieldCall> readField(std::string_view body, std::size_t at, std::size_t end) {
  return FieldReader(body, at, end).read();
}

std::span<const MessageField> messageFields() {
  static constexpr auto kFields = [] {
    std::array<MessageField, kRows.size()> fields;
    for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = kRows[i].field;
    return fields;
  }();
  return kFields;
}

}  // namespace sockbench
