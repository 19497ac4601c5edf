// SessionLadder: what two ends of a session did to each other, step by step, from the rows of the timeline.
// Thread: gui.
#pragma once

#include <QList>
#include <QString>
#include <vector>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

struct LadderStep {
  enum class Arrow { none, toPeer, fromPeer };
  enum class Tone { plain, sent, received, good, error };

  WallNanos time = 0;
  Arrow arrow = Arrow::none;
  bool implied = false;  // no socket saw it: TCP sends it for what happened (RFC 9293)
  QString label;         // on the arrow: "SYN", "318 B"
  QString ours;          // what happened at our end, in words
  QString theirs;        // at the peer's, where it is a session of ours as well
  Tone tone = Tone::plain;
};

struct SessionLadder {
  QString us;  // the two ends' addresses; safe to show
  QString peer;
  QList<LadderStep> steps;  // by time
  qsizetype leftOut = 0;    // in the middle, for want of room
  bool isSample = false;    // nobody's: an example

  static constexpr qsizetype kMostSteps = 120;
};

// `own`: rows of one session, in order. `peers`: those of the session at the other end, if that is one of
// ours, else none. Runs of sends, or of receives, are one step.
SessionLadder makeLadder(const std::vector<LogRow>& own, const std::vector<LogRow>& peers);

// A connection that greets, is answered and is closed by both: for who has no session yet.
SessionLadder sampleLadder();

// One line a step: for who cannot see a picture.
QString ladderText(const SessionLadder& ladder);

}  // namespace sockbench::ui
