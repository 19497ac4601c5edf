// Calls in words: values, answers, errors, and what the kernel did. Everything is safe to show, and bounded.
// Thread: gui.
#pragma once

#include <QList>
#include <QString>

#include "core/calls/call_outcome.h"
#include "ui/models/record_details.h"

namespace sockbench::ui {

// A line of a script, made visible and cut.
QString visibleLine(std::string_view line);
// As Python's repr writes it, of at most about `most` characters; what was left out is counted in bytes or
// items.
QString callValueText(const CallValue& value, std::size_t most = 160);
// The value, or the exception that it would be and its words.
QString callResultText(const CallOutcome& outcome);
// "ECONNREFUSED  Connection refused"; of a call that failed inside without failing itself (connect_ex), the
// kernel's last errno. Empty: there is none.
QString callErrnoText(const CallOutcome& outcome);
// The same for an errno alone.
QString errnoText(int number);
// One step of the kernel: "connect() = -1  ECONNREFUSED  · 14.2 µs". A line breaks only where two spaces
// stand.
QString kernelStepText(const KernelStep& step);
// What the call did and gave, line by line: its result, its steps, what else came out, and what to try.
QList<RecordDetail> callDetails(const CallOutcome& outcome);

// Bytes that a call brought or took, with a name for them.
struct CallBytes {
  QString name;
  Bytes bytes;
};
QList<CallBytes> callBuffers(const CallOutcome& outcome);

}  // namespace sockbench::ui
