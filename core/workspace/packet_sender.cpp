// Packet Sender's packets.ini: what its keys mean was read from its documentation and its files.
#include <algorithm>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "core/base/unicode.h"
#include "core/net/endpoint.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "core/workspace/ini_text.h"
#include "core/workspace/send_import.h"

namespace sockbench {
namespace {

using Entries = std::map<std::string, const IniEntry*, std::less<>>;

constexpr std::string_view kNames = "NAMES/";
constexpr std::string_view kHex = "/hexString";
constexpr double kLongestRepeat = 365.0 * 24 * 3600;  // seconds

// QSettings knows a key without empty parts: "a//b/" is "a/b".
std::string normalized(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c != '/' || (!out.empty() && out.back() != '/')) out += c;
  }
  if (out.ends_with('/')) out.pop_back();
  return out;
}

// The names of the array [NAMES], 1\name and so on, in its order.
std::vector<std::string> listedNames(const std::vector<IniEntry>& entries) {
  std::vector<std::pair<std::uint64_t, std::string>> found;
  for (const IniEntry& entry : entries) {
    if (!entry.key.starts_with(kNames) || !entry.key.ends_with("/name")) continue;
    const std::string number = entry.key.substr(kNames.size(), entry.key.size() - kNames.size() - 5);
    std::uint64_t index = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
    if (error == std::errc() && end == number.data() + number.size()) found.emplace_back(index, entry.value);
  }
  std::ranges::stable_sort(found, {}, &std::pair<std::uint64_t, std::string>::first);
  std::vector<std::string> names;
  for (auto& [index, name] : found) names.push_back(std::move(name));
  return names;
}

// "0.5", or the float that Qt writes as @Variant(\0\0\0\x87 and its four bytes, the greatest first).
std::optional<double> numberOf(std::string_view text) {
  constexpr std::string_view kVariant = "@Variant(";
  if (!text.starts_with(kVariant)) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
  }
  std::vector<std::uint32_t> bytes;
  for (std::size_t at = kVariant.size(); at < text.size() && bytes.size() < 9;) {
    const char32_t c = nextUtf8(text, at);
    if (c > 0xFF) return std::nullopt;
    bytes.push_back(c);
  }
  constexpr std::uint32_t kFloat = 0x87;
  if (bytes.size() < 9 || bytes[0] + bytes[1] + bytes[2] != 0 || bytes[3] != kFloat || bytes[8] != ')')
    return std::nullopt;
  return std::bit_cast<float>(bytes[4] << 24 | bytes[5] << 16 | bytes[6] << 8 | bytes[7]);
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Escaped text in which no two braces begin a field.
std::string withoutFields(std::string_view escaped) {
  std::string out;
  for (std::size_t at = 0; at < escaped.size();) {
    const std::size_t end = std::min(escaped.find_first_not_of('{', at), escaped.size());
    const std::size_t braces = end - at;
    if (braces == 0) {
      out += escaped[at++];
      continue;
    }
    if (braces == 2) out += '\\';
    for (std::size_t i = 0; i < braces; ++i) out += braces > 2 ? "\\x7b" : "{";
    at = end;
  }
  return out;
}

// Text where it is text that a person reads, hex where not.
MessageSpec messageOf(const Bytes& bytes) {
  MessageSpec spec;
  const std::string_view text = asChars(bytes);
  bool readable = true;
  for (std::size_t at = 0; at < text.size() && readable;) {
    const char32_t c = nextUtf8(text, at);
    readable = c != kInvalidUtf8 && (c == '\r' || c == '\n' || c == '\t' || !isDeceptiveCharacter(c));
  }
  if (!readable) {
    spec.form = MessageForm::hex;
    spec.body = toHexSpaced(bytes, bytes.size());
    return spec;
  }
  spec.body = withoutFields(escape(bytes));
  return spec;
}

class PacketReader {
 public:
  PacketReader(const Entries& entries, SendImport& import) : entries_(entries), import_(import) {}

  void read(const std::string& name, std::uint32_t nameLine) {
    prefix_ = normalized(name);
    const IniEntry* hex = find("hexString");
    if (hex == nullptr) return import_.skip(nameLine, "\"" + name + "\" has no hexString");
    line_ = hex->line;
    if (import_.isFull()) return import_.skipBeyond(line_);
    const std::string kind = lowered(value("tcpOrUdp"));
    if (kind.find("http") != std::string::npos)
      return import_.skip(line_, "\"" + name + "\" is an HTTP request, which Packet Sender makes itself");
    const auto bytes = parseHex(hex->value);
    if (!bytes) return import_.skip(line_, "\"" + name + "\": " + bytes.error().message());
    SendImport::Item item{{}, {}, line_};
    item.send.name = name;
    item.send.message = messageOf(*bytes);
    readEndpoint(kind, item.send);
    readRepeat(item.send);
    import_.items.push_back(std::move(item));
  }

 private:
  const IniEntry* find(std::string_view key) const {
    const auto found = entries_.find(prefix_ + '/' + std::string(key));
    return found == entries_.end() ? nullptr : found->second;
  }
  std::string_view value(std::string_view key) const {
    const IniEntry* entry = find(key);
    return entry ? std::string_view(entry->value) : std::string_view();
  }

  void readEndpoint(const std::string& kind, SavedSend& send) {
    const std::string_view host = value("toIP");
    if (kind != "tcp" && kind != "udp") {
      send.note = "Packet Sender: " + std::string(value("tcpOrUdp")) + " to " + std::string(host) + " port " +
                  std::string(value("port"));
      return import_.remark(line_, "\"" + send.name + "\" has no endpoint here: it went by \"" +
                                       std::string(value("tcpOrUdp")) + "\"");
    }
    if (host.empty()) return;
    const auto endpoint =
        Endpoint::fromParts(kind == "tcp" ? Transport::tcp : Transport::udp, host, value("port"));
    if (endpoint) {
      send.endpoint = endpoint->text();
    } else {
      import_.remark(line_, "\"" + send.name + "\" has no endpoint here: " + endpoint.error().message());
    }
  }

  // Seconds between two of them; 0: once.
  void readRepeat(SavedSend& send) {
    const std::string_view text = value("repeat");
    if (text.empty()) return;
    const auto seconds = numberOf(text);
    if (!seconds || !std::isfinite(*seconds) || *seconds < 0 || *seconds > kLongestRepeat)
      return import_.remark(line_, "\"" + send.name + "\" is sent once: its repeat is no number of seconds");
    if (*seconds == 0) return;
    send.plan.count = 0;
    send.plan.interval = std::chrono::nanoseconds(std::llround(*seconds * 1e9));
  }

  const Entries& entries_;
  SendImport& import_;
  std::string prefix_;
  std::uint32_t line_ = 0;
};

}  // namespace

SendImport importPacketSender(std::string_view text) {
  SendImport import;
  const IniText ini = readIni(text);
  Entries entries;
  for (const IniEntry& entry : ini.entries) entries[normalized(entry.key)] = &entry;
  PacketReader reader(entries, import);
  std::set<std::string> read;
  for (const std::string& name : listedNames(ini.entries)) {
    if (read.insert(normalized(name)).second) reader.read(name, 0);
  }
  for (const IniEntry& entry : ini.entries) {
    if (!entry.key.ends_with(kHex)) continue;
    const std::string prefix = entry.key.substr(0, entry.key.size() - kHex.size());
    if (!read.insert(normalized(prefix)).second) continue;
    const auto named = entries.find(normalized(prefix + "/name"));
    const bool isNamed = named != entries.end() && normalized(named->second->value) == normalized(prefix);
    reader.read(isNamed ? named->second->value : prefix, entry.line);
  }
  for (const std::uint32_t line : ini.unreadableLines) import.skip(line, "neither a section nor KEY=VALUE");
  return import;
}

}  // namespace sockbench
