// The answers of look-ups as files that other programs read. Thread: any.
//
// CSV is that of RFC 4180: a line of titles, CRLF, cells in quotes where they need them, UTF-8 without a byte
// order mark. A line an address; a host without one has a line with its error. Names come from name servers:
// what could deceive the eye is a visible symbol (visibleText), and a text that a spreadsheet would take for
// a formula, since it begins with = + - or @, has an apostrophe before it.
//
// JSON is an array with an object a host: that of `sockbench-cli resolve --json`, or {"host","service",
// "elapsed_ms","error":{...}}. Names stand in it as they came; bytes that are not UTF-8 as \xHH.
#pragma once

#include <QByteArray>
#include <QList>
#include <string>

#include "ui/models/looked_up_host.h"

namespace sockbench::ui {

// `service` is what was asked for all of them; empty: none.
QByteArray lookupsAsCsv(const QList<LookedUpHost>& hosts, const std::string& service);
QByteArray lookupsAsJson(const QList<LookedUpHost>& hosts, const std::string& service);

// A cell of CSV as above, without what separates it from the next.
std::string csvCell(const std::string& text);

}  // namespace sockbench::ui
