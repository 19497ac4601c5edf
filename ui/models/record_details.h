// What the inspector tells of a row, name by name. Thread: gui.
#pragma once

#include <QList>
#include <QString>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

enum class DetailTone { plain, warning, error };

struct RecordDetail {
  QString name;   // "Local"
  QString value;  // plain text, safe to show; never empty
  DetailTone tone = DetailTone::plain;
};

// Only what there is to tell: an event has no length, a row without an error no symbol.
QList<RecordDetail> recordDetails(const LogRow& row);

}  // namespace sockbench::ui
