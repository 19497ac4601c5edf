// The small print behind a session's state. Thread: gui.
#pragma once

#include <QString>
#include <QStringList>

#include "core/base/clock.h"

namespace sockbench::ui {

QString clockText(WallNanos time);                // local, "12:31:07"
QString joinRemarks(const QStringList& remarks);  // "fd 14 · 2 connections"; empty ones are left out

}  // namespace sockbench::ui
