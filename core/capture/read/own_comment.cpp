#include "core/capture/read/own_comment.h"

#include <array>
#include <charconv>
#include <cstring>

#include "core/capture/pcapng_format.h"
#include "core/payload/hex.h"
#include "core/payload/hex_digits.h"

namespace sockbench {
namespace {

// What follows the last line feed, when it is ours.
std::optional<std::string_view> machinePart(std::string_view comment) {
  const std::size_t lineFeed = comment.rfind('\n');
  if (lineFeed == std::string_view::npos) return std::nullopt;
  std::string_view text = comment.substr(lineFeed + 1);
  if (!text.starts_with(pcapng::kMachinePart)) return std::nullopt;
  text.remove_prefix(pcapng::kMachinePart.size());
  if (!text.empty() && text.front() != ' ') return std::nullopt;
  return text;
}

template <class Number>
bool readNumber(std::string_view text, Number& to) {
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, to);
  return problem == std::errc() && stop == end;
}

// The value of an enumeration whose names are name(0) to name(last).
template <class Enum, class Name>
bool readName(std::string_view text, Enum last, Name name, Enum& to) {
  for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
    if (name(static_cast<Enum>(i)) != text) continue;
    to = static_cast<Enum>(i);
    return true;
  }
  return false;
}

bool readText(std::string_view text, std::string& to) {
  to.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      to += text[i];
      continue;
    }
    if (text.size() - i < 3) return false;
    const auto high = hexDigitValue(text[i + 1]);
    const auto low = hexDigitValue(text[i + 2]);
    if (!high || !low) return false;
    to += static_cast<char>(*high << 4 | *low);
    i += 2;
  }
  return true;
}

bool readAddress(std::string_view text, std::optional<SocketAddress>& to) {
  if (text == "none") {
    to = SocketAddress();
    return true;
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view form = text.substr(0, colon);
  std::string value;
  if (!readText(text.substr(colon + 1), value)) return false;
  if (form == "unix") {
    const Result<SocketAddress> address = SocketAddress::fromUnixPath(value);
    if (address) to = *address;
    return address.has_value();
  }
  const Result<Bytes> raw = parseHex(value);
  if (form != "raw" || !raw || raw->size() < sizeof(sa_family_t) || raw->size() > sizeof(sockaddr_storage))
    return false;
  sockaddr_storage storage{};
  std::memcpy(&storage, raw->data(), raw->size());
  to = SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&storage),
                              static_cast<socklen_t>(raw->size()));
  return true;
}

bool readKind(std::string_view text, OwnComment& to) {
  RecordKind kind{};
  if (!readName(text, RecordKind::automatic, &recordKindName, kind)) return false;
  to.kind = kind;
  return true;
}

bool readTransport(std::string_view text, OwnComment& to) {
  Transport transport{};
  if (!readName(
          text, Transport::unixSeqpacket, [](Transport t) { return transportName(t); }, transport))
    return false;
  to.transport = transport;
  return true;
}

bool readPart(std::string_view text, OwnComment& to) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && readNumber(text.substr(0, slash), to.part) &&
         readNumber(text.substr(slash + 1), to.parts) && to.part >= 1 && to.part <= to.parts;
}

Error& errorOf(OwnComment& to) {
  if (!to.detail.error) to.detail.error.emplace();
  return *to.detail.error;
}

bool readErrorPlace(std::string_view text, OwnComment& to) {
  const std::size_t colon = text.find(':');
  TextSpan span;
  if (colon == std::string_view::npos || !readNumber(text.substr(0, colon), span.offset) ||
      !readNumber(text.substr(colon + 1), span.length))
    return false;
  errorOf(to).where = span;
  return true;
}

// Beyond the last one there are no names.
constexpr auto kLastOperation = static_cast<Operation>(255);

struct Key {
  std::string_view name;
  bool (*read)(std::string_view text, OwnComment& to);
};

using View = std::string_view;
using To = OwnComment&;

constexpr std::array kKeys{
    Key{"k", &readKind},
    Key{"s", [](View text, To to) { return readNumber(text, to.session); }},
    Key{"p", [](View text, To to) { return readNumber(text, to.parent); }},
    Key{"d", [](View text, To to) { return readName(text, Direction::out, &directionName, to.direction); }},
    Key{"by", [](View text, To to) { return readName(text, Party::peer, &partyName, to.by); }},
    Key{"f", [](View text, To to) { return readNumber(text, to.flags); }},
    Key{"v", [](View text, To to) { return readNumber(text, to.value); }},
    Key{"part", &readPart},
    Key{"tr", &readTransport},
    Key{"ot", [](View text, To to) { return readText(text, to.otherTransport); }},
    Key{"l", [](View text, To to) { return readAddress(text, to.local); }},
    Key{"r", [](View text, To to) { return readAddress(text, to.remote); }},
    Key{"m", [](View text, To to) { return to.mapped = text == "1"; }},
    Key{"i", [](View text, To to) { return readNumber(text, to.interface); }},
    Key{"t", [](View text, To to) { return readText(text, to.detail.text); }},
    Key{"o", [](View text, To to) { return readText(text, to.detail.offender); }},
    Key{"eo",
        [](View text, To to) { return readName(text, Operation::rename, &operationName, errorOf(to).op); }},
    Key{"ed", [](View text,
                 To to) { return readName(text, ErrorDomain::input, &errorDomainName, errorOf(to).domain); }},
    Key{"ec", [](View text, To to) { return readNumber(text, errorOf(to).code); }},
    Key{"es", [](View text, To to) { return readText(text, errorOf(to).subject); }},
    Key{"eb", [](View text, To to) { return readNumber(text, errorOf(to).bytesDone); }},
    Key{"ew", &readErrorPlace},
    Key{"et", [](View text, To to) { return readText(text, errorOf(to).detail); }},
    Key{"mark", [](View text, To to) { return to.mark = text == "1"; }},
    Key{"note", [](View text, To to) { return readText(text, to.note); }},
};

// A key that is not known is good.
bool readPair(std::string_view pair, OwnComment& to) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = pair.substr(0, equals);
  for (const Key& key : kKeys)
    if (key.name == name) return key.read(pair.substr(equals + 1), to);
  return true;
}

}  // namespace

bool isOwnComment(std::string_view comment) {
  return machinePart(comment).has_value();
}

std::optional<OwnComment> parseOwnComment(std::string_view comment) {
  const std::optional<std::string_view> machine = machinePart(comment);
  if (!machine) return std::nullopt;
  OwnComment parsed;
  bool isDirected = false;
  std::string_view rest = *machine;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view pair = rest.substr(0, rest.find(' '));
    if (!readPair(pair, parsed)) return std::nullopt;
    isDirected = isDirected || pair.starts_with("d=");
    rest.remove_prefix(pair.size());
  }
  if (!isDirected && parsed.kind == RecordKind::in) parsed.direction = Direction::in;
  if (!isDirected && parsed.kind == RecordKind::out) parsed.direction = Direction::out;
  return parsed;
}

}  // namespace sockbench
