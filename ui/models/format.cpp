#include "ui/models/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace sockbench::ui {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

QString tr(const char* text) {
  return QCoreApplication::translate("Format", text);
}

// The C locale does not group digits; a person reads them grouped.
QLocale locale() {
  const QLocale own;
  return own.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : own;
}

// Two significant decimals below ten, one below a hundred, none above.
QString shortNumber(double value) {
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return locale().toString(value, 'f', decimals);
}

struct SplitTime {
  QDateTime second;
  std::int64_t nanos = 0;
};

SplitTime split(WallNanos time) {
  std::int64_t seconds = time / kNanosPerSecond;
  std::int64_t nanos = time % kNanosPerSecond;
  if (nanos < 0) {
    nanos += kNanosPerSecond;
    --seconds;
  }
  return {QDateTime::fromSecsSinceEpoch(seconds), nanos};
}

QString digits(std::int64_t value, int width) {
  return QString::number(value).rightJustified(width, u'0');
}

}  // namespace

QString formatCount(std::uint64_t count) {
  return locale().toString(static_cast<qulonglong>(count));
}

int pluralNumber(std::uint64_t count) {
  return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

QString formatBytes(std::uint64_t bytes) {
  static const std::array<const char*, 6> kUnits = {
      QT_TRANSLATE_NOOP("Format", "%1 kB"), QT_TRANSLATE_NOOP("Format", "%1 MB"),
      QT_TRANSLATE_NOOP("Format", "%1 GB"), QT_TRANSLATE_NOOP("Format", "%1 TB"),
      QT_TRANSLATE_NOOP("Format", "%1 PB"), QT_TRANSLATE_NOOP("Format", "%1 EB")};
  if (bytes < 1000) {
    return tr("%1 B").arg(bytes);
  }
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return tr(kUnits.at(unit)).arg(locale().toString(value, 'f', 1));
}

QString formatRate(double bytesPerSecond) {
  const double whole = std::max(0.0, std::round(bytesPerSecond));
  return tr("%1/s").arg(formatBytes(static_cast<std::uint64_t>(whole)));
}

QString formatDuration(std::chrono::nanoseconds elapsed) {
  const auto nanos = static_cast<double>(elapsed.count());
  if (nanos < 1e3) {
    return tr("%1 ns").arg(elapsed.count());
  }
  if (nanos < 1e5) {
    return tr("%1 µs").arg(shortNumber(nanos / 1e3));
  }
  return nanos < 1e9 ? tr("%1 ms").arg(shortNumber(nanos / 1e6)) : tr("%1 s").arg(shortNumber(nanos / 1e9));
}

QString formatAge(std::chrono::nanoseconds age) {
  const std::int64_t seconds = std::max<std::int64_t>(0, age.count() / kNanosPerSecond);
  const std::int64_t days = seconds / 86400;
  const QString clock =
      QStringLiteral("%1:%2:%3")
          .arg(digits(seconds / 3600 % 24, 2), digits(seconds / 60 % 60, 2), digits(seconds % 60, 2));
  return days == 0 ? clock : tr("%1 d %2").arg(days).arg(clock);
}

QString formatTimeOfDay(WallNanos time) {
  const SplitTime t = split(time);
  return t.second.toString(QStringLiteral("HH:mm:ss.")) + digits(t.nanos / 1000, 6);
}

QString formatTimeInFull(WallNanos time) {
  const SplitTime t = split(time);
  return t.second.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.")) + digits(t.nanos, 9);
}

QString plainToolTip(const QString& text) {
  return text.isEmpty() ? text
                        : QStringLiteral("<p style=\"white-space:pre-wrap\">") + text.toHtmlEscaped() +
                              QStringLiteral("</p>");
}

}  // namespace sockbench::ui
