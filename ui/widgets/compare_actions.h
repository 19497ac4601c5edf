// What a timeline offers to compare a row with: the other selected one, the earlier one of its kind, the
// marked one. Thread: gui.
#pragma once

#include <QList>

#include "core/traffic/traffic_log.h"

class QMenu;

namespace sockbench::ui {

class TrafficTable;

// Adds the actions to `menu`; a chosen one emits TrafficTable::compareRequested(), the earlier row first.
// Object names: "trafficCompareAction", "trafficCompareEarlierAction", "trafficCompareMarkedAction".
void addCompareActions(QMenu& menu, TrafficTable* table);

}  // namespace sockbench::ui
