#include "ui/models/session_ladder.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>

#include "ui/bridge/core_types.h"
#include "ui/models/event_text.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

using Arrow = LadderStep::Arrow;
using Tone = LadderStep::Tone;

struct Ladder {
  Q_DECLARE_TR_FUNCTIONS(Ladder)
};

QString byWhom(const QString& what, Party by) {
  return by == Party::none ? what : Ladder::tr("%1 by %2").arg(what, partyText(by));
}

class LadderMaker {
 public:
  void take(const LogRow& row) {
    if (row.flow) tcp_ = transportName(*row.flow) == transportName(Transport::tcp);
    if (row.record.kind == RecordKind::in || row.record.kind == RecordKind::out)
      takeBytes(row.record);
    else
      takeEvent(row);
  }
  QList<LadderStep> steps() && { return std::move(steps_); }

 private:
  void add(WallNanos time, Arrow arrow, const QString& label, const QString& ours, Tone tone, bool implied) {
    run_.reset();
    steps_.append({time, arrow, implied, label, ours, {}, tone});
  }
  void happened(const LogRow& row, const QString& words, Tone tone = Tone::plain) {
    add(row.record.time, Arrow::none, {}, words, tone, false);
  }
  void implied(const LogRow& row, Arrow arrow, const QString& label, Tone tone = Tone::plain) {
    if (tcp_) add(row.record.time, arrow, label, {}, tone, true);
  }

  void takeBytes(const Record& record) {
    const bool sent = record.kind == RecordKind::out;
    if (!run_ || run_->kind != record.kind) {
      add(record.time, sent ? Arrow::toPeer : Arrow::fromPeer, {}, {}, sent ? Tone::sent : Tone::received,
          false);
      run_ = Run{record.kind, 0, 0};
    }
    ++run_->rows;
    run_->bytes += (record.flags & kRecordTruncated) != 0
                       ? std::max<std::uint64_t>(record.value, record.length)
                       : record.length;
    const QString bytes = formatBytes(run_->bytes);
    steps_.back().label =
        run_->rows == 1 ? bytes : Ladder::tr("%1 \u00d7, %2").arg(formatCount(run_->rows), bytes);
    steps_.back().ours = sent ? Ladder::tr("send") : Ladder::tr("recv");
  }

  void takeEvent(const LogRow& row) {
    switch (row.record.kind) {
      case RecordKind::connecting:
        happened(row, tcp_ ? Ladder::tr("connect is called") : Ladder::tr("connect"));
        implied(row, Arrow::toPeer, QStringLiteral("SYN"));
        break;
      case RecordKind::connected:
        implied(row, Arrow::fromPeer, QStringLiteral("SYN, ACK"));
        implied(row, Arrow::toPeer, QStringLiteral("ACK"));
        happened(row, Ladder::tr("connected"), Tone::good);
        break;
      case RecordKind::accepted:
        implied(row, Arrow::fromPeer, QStringLiteral("SYN"));
        implied(row, Arrow::toPeer, QStringLiteral("SYN, ACK"));
        implied(row, Arrow::fromPeer, QStringLiteral("ACK"));
        happened(row, Ladder::tr("accepted"), Tone::good);
        break;
      default:
        takeEnd(row);
    }
  }

  void takeEnd(const LogRow& row) {
    const Party by = row.record.by;
    switch (row.record.kind) {
      case RecordKind::halfClosed:
        finish(row, by);
        happened(row, byWhom(Ladder::tr("half-closed"), by));
        break;
      case RecordKind::closed:
        finish(row, by);
        finish(row, Party::us);
        happened(row, byWhom(Ladder::tr("closed"), by));
        break;
      case RecordKind::reset:
        implied(row, by == Party::us ? Arrow::toPeer : Arrow::fromPeer, QStringLiteral("RST"), Tone::error);
        happened(row, byWhom(Ladder::tr("reset"), by), Tone::error);
        break;
      case RecordKind::error:
        takeError(row);
        break;
      case RecordKind::dropped:
        happened(row, Ladder::tr("dropped: %1").arg(formatCount(row.record.value)), Tone::error);
        break;
      default:
        break;
    }
  }

  // A side's FIN, once.
  void finish(const LogRow& row, Party side) {
    bool& done = side == Party::us ? ourFin_ : peersFin_;
    if (side == Party::none || done) return;
    done = true;
    implied(row, side == Party::us ? Arrow::toPeer : Arrow::fromPeer, QStringLiteral("FIN"));
  }

  void takeError(const LogRow& row) {
    const EventDetail detail = decodeEventDetail(row.payload.bytes);
    if (detail.error && detail.error->op == Operation::connect && detail.error->isErrno(ECONNREFUSED))
      implied(row, Arrow::fromPeer, QStringLiteral("RST, ACK"), Tone::error);
    happened(row, detail.error ? toQString(detail.error->symbol()) : Ladder::tr("error"), Tone::error);
  }

  struct Run {
    RecordKind kind;
    std::uint64_t rows;
    std::uint64_t bytes;
  };
  QList<LadderStep> steps_;
  std::optional<Run> run_;
  bool tcp_ = true;
  bool ourFin_ = false;
  bool peersFin_ = false;
};

QString theirWords(const Record& record) {
  switch (record.kind) {
    case RecordKind::accepted:
      return Ladder::tr("accepted");
    case RecordKind::connected:
      return Ladder::tr("connected");
    case RecordKind::halfClosed:
      return byWhom(Ladder::tr("half-closed"), record.by == Party::us ? Party::peer : Party::us);
    case RecordKind::closed:
      return Ladder::tr("closed");
    case RecordKind::reset:
      return Ladder::tr("reset");
    default:
      return {};
  }
}

void addTheirs(const std::vector<LogRow>& peers, SessionLadder& ladder) {
  for (const LogRow& row : peers) {
    LadderStep step;
    step.time = row.record.time;
    step.theirs = theirWords(row.record);
    if (!step.theirs.isEmpty()) ladder.steps.append(step);
  }
  std::ranges::stable_sort(ladder.steps, {}, &LadderStep::time);
}

void leaveOutTheMiddle(SessionLadder& ladder) {
  ladder.leftOut = std::max<qsizetype>(0, ladder.steps.size() - SessionLadder::kMostSteps);
  if (ladder.leftOut > 0) ladder.steps.remove(SessionLadder::kMostSteps / 2, ladder.leftOut);
}

}  // namespace

SessionLadder makeLadder(const std::vector<LogRow>& own, const std::vector<LogRow>& peers) {
  SessionLadder ladder;
  LadderMaker maker;
  for (const LogRow& row : own) {
    maker.take(row);
    if (!row.flow) continue;
    if (const QString local = addressText(row.flow->local); !local.isEmpty()) ladder.us = local;
    if (const QString peer = addressText(row.flow->peer); !peer.isEmpty()) ladder.peer = peer;
  }
  ladder.steps = std::move(maker).steps();
  addTheirs(peers, ladder);
  leaveOutTheMiddle(ladder);
  return ladder;
}

SessionLadder sampleLadder() {
  const auto ms = [](double at) { return static_cast<WallNanos>(at * 1e6); };
  SessionLadder ladder{
      .us = Ladder::tr("client"), .peer = Ladder::tr("server"), .steps = {}, .isSample = true};
  const auto step = [&](double at, Arrow arrow, const QString& label, const QString& ours,
                        const QString& theirs, Tone tone, bool implied) {
    ladder.steps.append({ms(at), arrow, implied, label, ours, theirs, tone});
  };
  const QString none;
  step(0, Arrow::none, none, Ladder::tr("connect is called"), none, Tone::plain, false);
  step(0, Arrow::toPeer, QStringLiteral("SYN"), none, none, Tone::plain, true);
  step(10, Arrow::fromPeer, QStringLiteral("SYN, ACK"), none, none, Tone::plain, true);
  step(20, Arrow::toPeer, QStringLiteral("ACK"), none, none, Tone::plain, true);
  step(20, Arrow::none, none, Ladder::tr("connected"), none, Tone::good, false);
  step(30, Arrow::none, none, none, Ladder::tr("accepted"), Tone::plain, false);
  step(40, Arrow::toPeer, formatBytes(6), Ladder::tr("send"), none, Tone::sent, false);
  step(60, Arrow::fromPeer, formatBytes(6), Ladder::tr("recv"), none, Tone::received, false);
  step(80, Arrow::toPeer, QStringLiteral("FIN"), none, none, Tone::plain, true);
  step(80, Arrow::none, none, Ladder::tr("half-closed by us"), none, Tone::plain, false);
  step(100, Arrow::fromPeer, QStringLiteral("FIN"), none, none, Tone::plain, true);
  step(100, Arrow::none, none, Ladder::tr("closed"), Ladder::tr("closed"), Tone::plain, false);
  return ladder;
}

QString ladderText(const SessionLadder& ladder) {
  QStringList lines{Ladder::tr("%1 at the left, %2 at the right").arg(ladder.us, ladder.peer)};
  for (const LadderStep& step : ladder.steps) {
    QString line = step.ours;
    if (!step.theirs.isEmpty()) line += Ladder::tr(" peer: %1").arg(step.theirs);
    if (step.arrow == Arrow::toPeer) line += Ladder::tr(" %1 to the peer").arg(step.label);
    if (step.arrow == Arrow::fromPeer) line += Ladder::tr(" %1 from the peer").arg(step.label);
    lines += line.trimmed();
  }
  return lines.join(QLatin1Char('\n'));
}

}  // namespace sockbench::ui
