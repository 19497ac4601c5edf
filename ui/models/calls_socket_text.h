// A socket of a bench in words. Thread: gui.
#pragma once

#include <QList>
#include <QString>
#include <utility>

#include "core/calls/call_bench.h"

namespace sockbench::ui {

// "fd 14 · 127.0.0.1:40000 → 127.0.0.1:9000 · ESTABLISHED · AF_INET SOCK_STREAM"; "closed".
QString socketSummary(const CallSocketFacts& facts);
// What is known of it, name by name: always the same names.
QList<std::pair<QString, QString>> socketFacts(const CallSocketFacts& facts);
// "for ever", "not at all (non-blocking)", "2.5 s".
QString timeoutText(Timeout timeout);

}  // namespace sockbench::ui
