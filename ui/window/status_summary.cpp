#include "ui/window/status_summary.h"

#include <QLocale>
#include <QStringList>
#include <chrono>

#include "ui/bridge/core_types.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"

namespace sockbench::ui {

namespace {
constexpr std::chrono::milliseconds kPause{500};

// The log's budget is set in these.
QString inMebibytes(std::size_t bytes) {
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  return StatusSummary::tr("%1 MiB").arg(QLocale().toString(mebibytes, 'f', mebibytes < 10 ? 1 : 0));
}

}  // namespace

struct StatusSummary::Totals {
  std::uint64_t openSessions = 0;
  std::uint64_t bytesIn = 0;
  std::uint64_t bytesOut = 0;
  std::uint64_t dropped = 0;
};

StatusSummary::StatusSummary(EngineBridge* bridge, QWidget* parent) : QLabel(parent), bridge_(bridge) {
  setObjectName(QStringLiteral("statusSummary"));
  setAccessibleName(tr("Summary of sessions and traffic"));
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  pause_.setSingleShot(true);
  pause_.setInterval(kPause);
  connect(&pause_, &QTimer::timeout, this, &StatusSummary::look);
  connect(bridge_, &EngineBridge::sessionsChanged, this, &StatusSummary::noticeChange);
  connect(bridge_, &EngineBridge::trafficChanged, this, &StatusSummary::noticeChange);
  const Totals now = totals();
  in_.update(now.bytesIn, RateMeter::Clock::now());
  out_.update(now.bytesOut, RateMeter::Clock::now());
  showTotals(now);
}

StatusSummary::Totals StatusSummary::totals() const {
  Totals sum;
  for (const SessionSnapshot& session : bridge_->snapshots()) {
    sum.dropped += session.dropped;
    if (session.role == SessionRole::listener) continue;
    sum.openSessions += session.isOpen() ? 1 : 0;
    sum.bytesIn += session.bytesIn;
    sum.bytesOut += session.bytesOut;
  }
  return sum;
}

void StatusSummary::noticeChange() {
  changed_ = true;
  if (pause_.isActive()) return;
  in_.resume(RateMeter::Clock::now());
  out_.resume(RateMeter::Clock::now());
  showTotals(totals());
  pause_.start();
}

void StatusSummary::look() {
  const Totals now = totals();
  in_.update(now.bytesIn, RateMeter::Clock::now());
  out_.update(now.bytesOut, RateMeter::Clock::now());
  showTotals(now);
  const bool moving = changed_ || in_.perSecond() > 0 || out_.perSecond() > 0;
  changed_ = false;
  if (moving) pause_.start();
}

void StatusSummary::showTotals(const Totals& now) {
  const TrafficLog& log = bridge_->log();
  const std::uint64_t records = log.end() - log.first();
  QStringList parts{
      tr("%1 session(s)", nullptr, pluralNumber(now.openSessions)).arg(formatCount(now.openSessions)),
      tr("in %1").arg(formatRate(in_.perSecond())),
      tr("out %1").arg(formatRate(out_.perSecond())),
      tr("%1 record(s), %2 of %3", nullptr, pluralNumber(records))
          .arg(formatCount(records), inMebibytes(log.bytesUsed()), inMebibytes(log.budget())),
      tr("%1 evicted").arg(formatCount(log.evicted())),
      tr("%1 dropped by the kernel").arg(formatCount(now.dropped)),
  };
  const SpillStatus spill = log.spillStatus();
  if (spill.error) {
    parts.append(tr("disk: %1").arg(toQString(spill.error->symbol())));
  } else if (spill.limit > 0) {
    parts.append(tr("%1 on disk").arg(formatBytes(spill.bytes)));
  }
  setText(parts.join(QStringLiteral(" · ")));
}

}  // namespace sockbench::ui
