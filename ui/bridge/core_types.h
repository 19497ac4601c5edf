// Core's value types as Qt meets them: registered for queued signals, and strings both ways.
#pragma once

#include <QMetaType>
#include <QString>
#include <string_view>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/engine/session_snapshot.h"
#include "core/resolve/resolver.h"

namespace sockbench::ui {

// UTF-8 of core to QString. Text that came from the network must have gone through visibleText() before.
inline QString toQString(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
inline std::string toUtf8(const QString& text) {
  return text.toStdString();
}

}  // namespace sockbench::ui

Q_DECLARE_METATYPE(sockbench::SessionId)
Q_DECLARE_METATYPE(sockbench::LookupId)
Q_DECLARE_METATYPE(sockbench::Error)
Q_DECLARE_METATYPE(sockbench::SessionSnapshot)
