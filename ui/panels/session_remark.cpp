#include "ui/panels/session_remark.h"

#include <QDateTime>

namespace sockbench::ui {

QString clockText(WallNanos time) {
  constexpr WallNanos kNanosPerMilli = 1'000'000;
  return QDateTime::fromMSecsSinceEpoch(time / kNanosPerMilli).toString(QStringLiteral("HH:mm:ss"));
}

QString joinRemarks(const QStringList& remarks) {
  QStringList present = remarks;
  present.removeAll(QString());
  return present.join(QStringLiteral(" \u00b7 "));
}

}  // namespace sockbench::ui
