// The comparison of a host's answers as rows of a table. Thread: gui.
#pragma once

#include <QStringList>
#include <optional>

#include "core/resolve/name_service_switch.h"
#include "ui/models/answer_comparison.h"
#include "ui/panels/resolver/compare/compare_run.h"
#include "ui/panels/resolver/grouped_rows_model.h"

namespace sockbench::ui {

QStringList compareTitles();  // host, address, where

// A row an address with its mark; errors of either side, the chain of aliases and what differs in words.
QList<TextRow> compareRows(const LookedUpHost& system, const CompareRun::Outcomes& dns,
                           const AnswerFacts& facts);
// What stands for a host that is no question for name servers: an address, "*", text that cannot be asked.
std::optional<TextRow> incomparableRow(const LookedUpHost& host);
bool hasDifference(const QList<TextRow>& rows);  // or an error

// "files (/etc/hosts), then dns"
QString sourcesInWords(const std::vector<NameSource>& sources);

}  // namespace sockbench::ui
