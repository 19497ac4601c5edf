// The tables of sockets in /proc/net (proc(5)), for kinds of which this kernel has no diagnostics (raw_diag
// is a module of its own). They tell no cookie and no interface.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/system/socket_row.h"

namespace sockbench {

// Adds the sockets of `kind` and `family` in `states`, a bit for each of the kernel's states, to `rows`.
// Errors: open(2)'s and read(2)'s errno; ENOENT: this kernel does not have this kind.
Result<void> readProcNet(SocketKind kind, int family, std::uint32_t states, std::vector<SocketRow>& rows);

// A line of such a table; nullopt: its title, or nothing that can be read.
std::optional<SocketRow> procNetRow(SocketKind kind, int family, std::string_view line);

}  // namespace sockbench
