// The rows of `ports`, as JSON and as a table for people.
#pragma once

#include <string>

#include "app/cli/output.h"
#include "core/system/socket_table.h"

namespace sockbench::cli {

// Writes {"sockets":[{...}]} on one line with its new line, and beside the list: "unreadable_processes", and
// "errors" when something could not be read. Row by row, in pieces: there may be thousands.
void printSocketsAsJson(const SocketTable& table, Output& out);

std::string socketsToText(const SocketTable& table);

// What is missing in the table and why, a line each; empty: nothing.
std::string socketsMissing(const SocketTable& table);

}  // namespace sockbench::cli
