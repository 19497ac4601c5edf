// Statements of the script's notation run on a desk, and looks at what they came to.
#pragma once

#include <QString>
#include <QStringList>
#include <QtGlobal>
#include <string_view>

#include "core/calls/script/call_desk.h"

namespace fixture {

inline QString text(std::string_view view) {
  return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

// What the last of the statements, separated by ";;", came to.
inline sockbench::CallOutcome run(sockbench::CallDesk& desk, const QString& statements) {
  sockbench::CallOutcome last;
  for (const QString& statement : statements.split(QStringLiteral(" ;; "))) {
    const auto line = sockbench::parseCallLine(statement.toStdString());
    if (!line) qFatal("%s: %s", qPrintable(statement), line.error().line().c_str());
    auto outcome = desk.run(*line);
    if (!outcome) qFatal("%s: %s", qPrintable(statement), outcome.error().line().c_str());
    last = *std::move(outcome);
  }
  return last;
}

}  // namespace fixture
