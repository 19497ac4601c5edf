// A list of hosts in a file: UTF-8 text, one host a line. White space around it, blank lines and what follows
// a # are passed over; lines end in \n or \r\n, and a byte order mark at the beginning is none of the text.
// Whether a host can be looked up is not asked here. Thread: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace sockbench {

inline constexpr std::size_t kMostListedHosts = 10'000;
inline constexpr std::size_t kMostListLine = 1024;              // bytes, without the line's end
inline constexpr std::size_t kMostListBytes = 4 * 1024 * 1024;  // of a file

struct HostList {
  // A line that is no text: badEncoding (not UTF-8), tooLarge (over kMostListLine), badHost (a control
  // character). The error's subject is the beginning of the line, `where` lies in it.
  struct Fault {
    std::size_t line = 0;  // from 1
    Error error;
  };
  std::vector<std::string> hosts;  // in their order, at most kMostListedHosts
  std::vector<Fault> faults;       // the first kMostFaults of them
  std::size_t faulty = 0;          // lines passed over for a fault
  std::size_t beyond = 0;          // hosts that were too many

  static constexpr std::size_t kMostFaults = 20;
};

HostList parseHostList(std::string_view text);

// Reads a regular file. Errors: those of open(2) and read(2); EISDIR for a folder; tooLarge beyond
// kMostListBytes; badPath for what is no regular file (a pipe, a device), which could block for ever.
Result<HostList> readHostList(const std::string& path);

}  // namespace sockbench
