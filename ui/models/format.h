// Numbers in the words of the window: short, with a unit, in the person's locale. Thread: gui.
#pragma once

#include <QString>
#include <chrono>
#include <cstdint>

#include "core/base/clock.h"

namespace sockbench::ui {

QString formatCount(std::uint64_t count);   // "12,345"
int pluralNumber(std::uint64_t count);      // for tr(text, "", n), which counts in int: at most INT_MAX
QString formatBytes(std::uint64_t bytes);   // "318 B", "1.2 MB": powers of 1000
QString formatRate(double bytesPerSecond);  // "1.2 MB/s"; "0 B/s" for less than half a byte
QString formatDuration(std::chrono::nanoseconds elapsed);  // "0.12 ms", "3.2 s", "4.2 µs", "850 ns"
QString formatAge(std::chrono::nanoseconds age);           // "00:02:11", "3 d 04:00:00"; 0 for a negative age

// Local time of day with microseconds, "12:33:18.001204"; with nanoseconds and the date, "2026-11-21
// 12:33:18.001204567".
QString formatTimeOfDay(WallNanos time);
QString formatTimeInFull(WallNanos time);

// A tool tip that shows `text` as it is: Qt would take text that looks like HTML for HTML.
QString plainToolTip(const QString& text);

}  // namespace sockbench::ui
