// Times of day and moments in a filter.
#include <algorithm>
#include <ctime>
#include <optional>

#include "core/traffic/filter/filter_words.h"
#include "core/traffic/filter/number_values.h"

namespace sockbench {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Reads a text from its beginning; what does not stand there leaves it as it was.
class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : rest_(text) {}

  bool atEnd() const { return rest_.empty(); }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly so many digits, of at most `most`.
  std::optional<int> number(std::size_t digits, int most) {
    int value = 0;
    if (rest_.size() < digits) return std::nullopt;
    for (const char c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    if (value > most) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }
  std::string_view digits() {
    const std::size_t end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    const std::string_view taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
  }

 private:
  std::string_view rest_;
};

struct Span {
  std::int64_t begin = 0;
  std::int64_t length = 0;
};

// HH:MM, HH:MM:SS, HH:MM:SS.fraction, since midnight.
std::optional<Span> readClock(TimeReader& in) {
  const auto hours = in.number(2, 23);
  if (!hours || !in.take(':')) return std::nullopt;
  const auto minutes = in.number(2, 59);
  if (!minutes) return std::nullopt;
  Span span{(*hours * 60 + *minutes) * 60 * kSecond, 60 * kSecond};
  if (!in.take(':')) return span;
  const auto seconds = in.number(2, 59);
  if (!seconds) return std::nullopt;
  span = {span.begin + *seconds * kSecond, kSecond};
  if (!in.take('.')) return span;
  const std::string_view fraction = in.digits();
  if (fraction.empty() || fraction.size() > 9) return std::nullopt;
  for (const char digit : fraction) {
    span.length /= 10;
    span.begin += (digit - '0') * span.length;
  }
  return span;
}

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
};

std::optional<Date> readDate(TimeReader& in) {
  const auto year = in.number(4, 2200);
  if (!year || *year < 1970 || !in.take('-')) return std::nullopt;
  const auto month = in.number(2, 12);
  if (!month || *month == 0 || !in.take('-')) return std::nullopt;
  const auto day = in.number(2, 31);
  if (!day || *day == 0) return std::nullopt;
  return Date{*year, *month, *day};
}

// Seconds east of Greenwich.
std::optional<std::int64_t> readZone(TimeReader& in) {
  if (in.take('Z') || in.take('z')) return 0;
  const bool isWest = in.take('-');
  if (!isWest && !in.take('+')) return std::nullopt;
  const auto hours = in.number(2, 23);
  if (!hours || !in.take(':')) return std::nullopt;
  const auto minutes = in.number(2, 59);
  if (!minutes) return std::nullopt;
  const std::int64_t seconds = (*hours * 60 + *minutes) * 60;
  return isWest ? -seconds : seconds;
}

// The moment of a clock on a date, whose day may be one too many: the next month's first.
std::int64_t momentOf(const Date& date, std::int64_t clock, std::optional<std::int64_t> zone) {
  const int seconds = static_cast<int>(clock / kSecond);
  std::tm parts{};
  parts.tm_year = date.year - 1900;
  parts.tm_mon = date.month - 1;
  parts.tm_mday = date.day;
  parts.tm_hour = seconds / 3600;
  parts.tm_min = seconds / 60 % 60;
  parts.tm_sec = seconds % 60;
  parts.tm_isdst = -1;
  const std::int64_t moment = zone ? timegm(&parts) - *zone : std::mktime(&parts);
  return moment * kSecond + clock % kSecond;
}

bool isDay(const Date& date) {
  std::tm parts{};
  parts.tm_year = date.year - 1900;
  parts.tm_mon = date.month - 1;
  parts.tm_mday = date.day;
  timegm(&parts);
  return parts.tm_mday == date.day;
}

std::optional<FilterTime> readMoment(TimeReader in) {
  const auto date = readDate(in);
  if (!date || !isDay(*date)) return std::nullopt;
  if (in.atEnd()) {
    const std::int64_t begin = momentOf(*date, 0, std::nullopt);
    const std::int64_t end = momentOf({date->year, date->month, date->day + 1}, 0, std::nullopt);
    return FilterTime{{begin, end - 1}, true};
  }
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return std::nullopt;
  const auto clock = readClock(in);
  if (!clock) return std::nullopt;
  std::optional<std::int64_t> zone;
  if (!in.atEnd()) {
    zone = readZone(in);
    if (!zone || !in.atEnd()) return std::nullopt;
  }
  const std::int64_t begin = momentOf(*date, clock->begin, zone);
  return FilterTime{{begin, begin + clock->length - 1}, true};
}

}  // namespace

Result<FilterTime> filterTime(const FilterOperand& operand) {
  TimeReader in(operand.text);
  if (const auto clock = readClock(in); clock && in.atEnd())
    return FilterTime{{clock->begin, clock->begin + clock->length - 1}, false};
  if (const auto moment = readMoment(TimeReader(operand.text))) return *moment;
  return filterFault(operand, InputFault::badSyntax,
                     quotedWord(operand.text) +
                         " is no time; write \"12:00:01.5\", or with the date \"2026-11-21 12:00:01\"");
}

}  // namespace sockbench
