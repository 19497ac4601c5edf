// RaceModel: the course of an attempt, as text and as bars.
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"
#include "ui/panels/resolver/race/race_model.h"

namespace sockbench::ui {

namespace {

using Stage = RaceEntry::Stage;
using Nanos = std::chrono::nanoseconds;

QString shortError(const Error& error) {
  return toQString(visibleText(error.symbol() + "  " + error.message()));
}

// As formatDuration() has it, but always in one unit.
QString milliseconds(Nanos time) {
  const double value = static_cast<double>(time.count()) / 1e6;
  return QString::number(value, 'f', value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

// What stands in the place of the number that is not known.
QString endText(const RaceEntry& entry) {
  switch (entry.stage) {
    case Stage::connecting:
      return RaceModel::tr("connecting…");
    case Stage::listening:
      return RaceModel::tr("waiting for a byte…");
    case Stage::silent:
      return entry.error
                 ? shortError(*entry.error)
                 : RaceModel::tr("no byte in %1").arg(formatDuration(entry.lasted - entry.waitsSince()));
    case Stage::ended:
      return RaceModel::tr("closed by the peer without a byte");
    case Stage::failed:
      return entry.error
                 ? RaceModel::tr("%1 after %2").arg(shortError(*entry.error), formatDuration(entry.lasted))
                 : QString();
    case Stage::cancelled:
      return RaceModel::tr("cancelled");
    case Stage::idle:
    case Stage::queued:
    case Stage::answered:
      return {};
  }
  return {};
}

}  // namespace

QList<RaceWord> raceCourse(const RaceEntry& entry) {
  using Part = RaceBar::Part;
  if (entry.stage == Stage::idle) return {{RaceModel::tr("not connected yet"), {}}};
  if (entry.stage == Stage::queued) return {{RaceModel::tr("waits its turn"), {}}};
  QList<RaceWord> words{{milliseconds(entry.resolved), Part::resolve}};
  const auto add = [&words](const QString& text, std::optional<Part> part) {
    words += {QStringLiteral(" + "), {}};
    words += {text, part};
  };
  if (entry.connected) add(milliseconds(*entry.connected), Part::connect);
  if (entry.firstByte) add(milliseconds(*entry.firstByte - entry.waitsSince()), Part::firstByte);
  words.back().text += RaceModel::tr(" ms");
  if (const QString end = endText(entry); !end.isEmpty())
    add(end, entry.stage == Stage::failed ? std::optional(Part::failed) : std::nullopt);
  return words;
}

QString raceDetails(const RaceEntry& entry) {
  QStringList lines{toQString(entry.address.text()),
                    RaceModel::tr("resolve: %1").arg(formatDuration(entry.resolved))};
  if (entry.connected) lines += RaceModel::tr("connect: %1").arg(formatDuration(*entry.connected));
  if (entry.asked)
    lines += RaceModel::tr("first message sent: %1 after that")
                 .arg(formatDuration(*entry.asked - entry.connected.value_or(Nanos{})));
  if (entry.firstByte)
    lines += RaceModel::tr("first byte: %1").arg(formatDuration(*entry.firstByte - entry.waitsSince()));
  if (entry.error)
    lines += errorLine(*entry.error);
  else if (const QString end = endText(entry); !end.isEmpty())
    lines += end;
  return lines.join(QLatin1Char('\n'));
}

Nanos RaceModel::endOf(const RaceEntry& entry) const {
  if (entry.stage == Stage::idle || entry.stage == Stage::queued) return entry.resolved;
  const Nanos lasted = entry.isUnderWay() ? std::max(elapsed_ - entry.began, entry.lasted) : entry.lasted;
  return entry.resolved + entry.began + std::max(lasted, entry.firstByte.value_or(Nanos{}));
}

void RaceModel::measureAxis() {
  axis_ = Nanos{1};
  for (const RaceEntry& one : entries_) axis_ = std::max(axis_, endOf(one));
}

QList<RaceBar> RaceModel::bars(const RaceEntry& entry) const {
  const auto on = [this](Nanos time) {
    return std::clamp(static_cast<double>(time.count()) / static_cast<double>(axis_.count()), 0.0, 1.0);
  };
  QList<RaceBar> all{{RaceBar::Part::resolve, 0, on(entry.resolved)}};
  if (entry.stage == Stage::idle || entry.stage == Stage::queued) return all;
  const Nanos begin = entry.resolved + entry.began;
  const Nanos end = endOf(entry);
  const bool failed = entry.stage == Stage::failed;
  const auto lastPart = [&](RaceBar::Part part) { return failed ? RaceBar::Part::failed : part; };
  if (!entry.connected) return all << RaceBar{lastPart(RaceBar::Part::connect), on(begin), on(end)};
  all += {RaceBar::Part::connect, on(begin), on(begin + *entry.connected)};
  const Nanos last = entry.firstByte ? begin + *entry.firstByte : end;
  const RaceBar::Part wait = entry.firstByte ? RaceBar::Part::firstByte : RaceBar::Part::nothing;
  all += {lastPart(wait), on(begin + entry.waitsSince()), on(last)};
  return all;
}

}  // namespace sockbench::ui
