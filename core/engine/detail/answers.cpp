#include "core/engine/detail/answers.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace sockbench::detail {
namespace {

constexpr std::size_t kPrintable = 95;  // ' ' to '~'
constexpr std::size_t kLineText = kChargenLine - 2;
constexpr std::uint64_t kFrom1900To1970 = 2'208'988'800;  // RFC 868

constexpr std::array<char, kChargenPeriod> makePattern() {
  std::array<char, kChargenPeriod> pattern{};
  for (std::size_t line = 0; line < kPrintable; ++line) {
    char* const text = &pattern[line * kChargenLine];
    for (std::size_t i = 0; i < kLineText; ++i) text[i] = static_cast<char>(' ' + (line + i) % kPrintable);
    text[kLineText] = '\r';
    text[kLineText + 1] = '\n';
  }
  return pattern;
}

constexpr std::array<char, kChargenPeriod> kPattern = makePattern();

constexpr std::array<const char*, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};

constexpr std::array<std::string_view, 12> kQuotes = {
    "A socket is a promise that somebody may be listening.",
    "Silence on the wire has three meanings: nothing was said, nothing arrived, or nobody is there.",
    "Send what you mean; count what came back.",
    "Every buffer is a loan, and overflow is how it is called in.",
    "A timeout is an opinion, not a fact.",
    "The stream has no messages. You only hope that it has.",
    "Datagrams keep their shape and lose their way; streams keep their way and lose their shape.",
    "Close politely. The other side may still be reading.",
    "The first packet teaches you the route, the last one teaches you the protocol.",
    "Whoever trusts a length field has not met the peer.",
    "Port 0 is the most generous of all: it gives you any of the others.",
    "Loopback is the one network where you always know who is to blame.",
};

std::chrono::sys_seconds wholeSeconds(WallNanos now) {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::sys_time(std::chrono::nanoseconds(now)));
}

}  // namespace

Bytes chargenBytes(std::uint64_t position, std::size_t length) {
  Bytes out;
  out.reserve(length);
  const ByteView pattern = std::as_bytes(std::span(kPattern));
  std::size_t from = static_cast<std::size_t>(position % kChargenPeriod);
  while (out.size() < length) {
    const ByteView part = pattern.subspan(from, std::min(length - out.size(), kChargenPeriod - from));
    out.insert(out.end(), part.begin(), part.end());
    from = 0;
  }
  return out;
}

std::string daytimeLine(WallNanos now) {
  const std::chrono::sys_seconds seconds = wholeSeconds(now);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(seconds - day);
  std::array<char, 64> line{};
  std::snprintf(line.data(), line.size(), "%s, %s %u, %d %02d:%02d:%02d-UTC\r\n",
                kDays.at(std::chrono::weekday(day).c_encoding()),
                kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<unsigned>(date.day()),
                static_cast<int>(date.year()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return line.data();
}

std::uint32_t secondsSince1900(WallNanos now) {
  const auto since1970 = static_cast<std::uint64_t>(wholeSeconds(now).time_since_epoch().count());
  return static_cast<std::uint32_t>(since1970 + kFrom1900To1970);
}

Bytes timeAnswer(WallNanos now) {
  const std::uint32_t seconds = secondsSince1900(now);
  Bytes out;
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::byte>(seconds >> shift));
  return out;
}

std::size_t quoteCount() {
  return kQuotes.size();
}

std::string quote(std::uint64_t number) {
  return std::string(kQuotes.at(static_cast<std::size_t>(number % kQuotes.size()))) + "\r\n";
}

std::optional<Bytes> wholeAnswer(Responder responder, WallNanos now, std::uint64_t number) {
  switch (responder) {
    case Responder::daytime:
      return toBytes(daytimeLine(now));
    case Responder::time:
      return timeAnswer(now);
    case Responder::qotd:
      return toBytes(quote(number));
    case Responder::none:
    case Responder::echo:
    case Responder::discard:
    case Responder::chargen:
      break;
  }
  return std::nullopt;
}

}  // namespace sockbench::detail
