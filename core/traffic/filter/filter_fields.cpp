#include "core/traffic/filter/filter_fields.h"

#include <algorithm>
#include <array>

#include "core/traffic/filter/error_symbols.h"
#include "core/traffic/record.h"

namespace sockbench {
namespace {

template <std::size_t count, class Name>
std::array<std::string_view, count> namesOf(Name name) {
  std::array<std::string_view, count> names;
  for (std::size_t i = 0; i < count; ++i) names[i] = name(i);
  return names;
}

std::span<const std::string_view> kindWords() {
  static const auto kWords =
      namesOf<kRecordKinds>([](std::size_t i) { return recordKindName(static_cast<RecordKind>(i)); });
  return kWords;
}

std::span<const std::string_view> directionWords() {
  static const auto kWords =
      namesOf<3>([](std::size_t i) { return directionName(static_cast<Direction>(i)); });
  return kWords;
}

constexpr std::array<std::string_view, 2> kParties{"us", "peer"};
constexpr std::array<std::string_view, 22> kTransports{
    "tcp",  "udp",           "unix",      "unix-dgram", "unix-seqpacket",
    "raw",  "icmp",          "mptcp",     "sctp",       "udplite",
    "ip",   "packet",        "netlink",   "can",        "vsock",
    "tipc", "alg",           "bluetooth", "xdp",        "qipcrtr",
    "rds",  "another family"};

using enum FilterType;

const std::array<FilterField, 25>& table() {
  static const std::array<FilterField, 25> kTable{{
      {"kind", "what the row is: bytes that came or went, or what happened", word, "kind == error",
       kindWords()},
      {"dir", "which way its bytes went", word, "dir == in", directionWords()},
      {"session", "the number of its session", number, "session == 3"},
      {"server", "the number of its listener, of the listener's own rows and of those of its sessions",
       number, "server == 1"},
      {"peer", "the address of the other end", address, "peer == 10.0.0.0/8"},
      {"local", "the address of this end", address, "local == 127.0.0.1"},
      {"addr", "the address of either end", address, "addr == [::1]:9000"},
      {"port", "the port of either end", port, "port in {80 443 8000..8080}"},
      {"peer.port", "the port of the other end", port, "peer.port < 1024"},
      {"local.port", "the port of this end", port, "local.port == http"},
      {"transport", "how it travels", word, "transport == udp", kTransports},
      {"interface", "the interface on which the datagram came, by name or number", word, "interface == lo"},
      {"len", "how many bytes were received or sent", number, "len > 100"},
      {"data", "the bytes that were received or sent", bytes, "data contains \"GET\""},
      {"text", "those bytes as text, or the words of an event and of its error", text,
       "text contains \"refused\""},
      {"time", "when, of the day or with a date", FilterType::time, "time >= \"12:00:01.5\""},
      {"delta", "seconds since the row before", seconds, "delta > 0.1"},
      {"errno", "the error of an event, by symbol or errno", symbol, "errno == ECONNREFUSED", errorSymbols()},
      {"by", "who closed, half-closed or reset it", word, "by == peer", kParties},
      {"count", "how many datagrams were dropped", number, "count > 10"},
      {"truncated", "the datagram was longer than what was received of it", flag, "truncated"},
      {"urgent", "TCP's urgent byte", flag, "urgent"},
      {"marked", "the row has a mark", flag, "marked"},
      {"comment", "what was written beside the row", text, "comment contains \"why\""},
      {"no", "the row's number, as it is shown", number, "no >= 1000"},
  }};
  return kTable;
}

constexpr std::array<std::string_view, 7> kOrdered{"==", "!=", "<", "<=", ">", ">=", "in"};
constexpr std::array<std::string_view, 3> kEqual{"==", "!=", "in"};
constexpr std::array<std::string_view, 5> kOfText{"contains", "matches", "==", "!=", "in"};
constexpr std::array<std::string_view, 9> kOfBytes{"contains", "matches", "==", "!=", "<",
                                                   "<=",       ">",       ">=", "in"};

}  // namespace

std::span<const FilterField> filterFields() {
  return table();
}

const FilterField* findFilterField(std::string_view name) {
  const auto& all = table();
  const auto found = std::ranges::find(all, name, &FilterField::name);
  return found == all.end() ? nullptr : &*found;
}

std::span<const std::string_view> filterOperators(FilterType type) {
  switch (type) {
    case flag:
      return {};
    case number:
    case port:
    case seconds:
    case FilterType::time:
      return kOrdered;
    case address:
    case word:
    case symbol:
      return kEqual;
    case text:
      return kOfText;
    case bytes:
      return kOfBytes;
  }
  return {};
}

}  // namespace sockbench
