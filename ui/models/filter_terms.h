// The filter that a cell of the timeline stands for: rows whose field is the same. Thread: gui.
#pragma once

#include <QModelIndexList>
#include <QString>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

class TrafficModel;

// "session == 3", "dir == in", "len == 7", "data contains \"GET\"" (of long data its beginning), of an event
// what happened. Empty: there is nothing to go by (no session, no length; Delta).
QString filterTerm(const LogRow& row, int column);

// What any of these rows have in `column`: "session in {3 4}"; empty: nothing. Of more than kMostTerms
// different ones only the first are taken.
inline constexpr int kMostTerms = 64;
QString filterTermOf(const TrafficModel& model, const QModelIndexList& rows, int column);

}  // namespace sockbench::ui
