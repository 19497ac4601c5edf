// Where the C library looks for hosts, and in which order: nsswitch.conf(5) and hosts(5), read for telling a
// person why the system's answer is what it is. The C library itself is not asked. Thread: any.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"

namespace sockbench {

// One source of a line of nsswitch.conf, with the reactions that follow it.
struct NameSource {
  std::string name;     // "files", "dns", "mdns4_minimal", ...
  std::string actions;  // "NOTFOUND=return" without its brackets; empty: none
  bool operator==(const NameSource&) const = default;
};

// The sources of `database` ("hosts") in their order; the last line of that name counts, as for the C
// library. Empty: the text has no such line, and the C library's own default holds.
std::vector<NameSource> parseNameSources(std::string_view text, std::string_view database);

// Those of the file's line for hosts. Errors: those of open(2) and read(2).
Result<std::vector<NameSource>> hostNameSources(const std::string& path = "/etc/nsswitch.conf");

// A hosts file, each of its names (in lower case) with the addresses that it gives it, in the file's order
// and as they stand there.
class HostsFile {
 public:
  HostsFile() = default;  // names nothing
  static HostsFile parse(std::string_view text);
  static HostsFile read(const std::string& path = "/etc/hosts");  // names nothing if it cannot be read

  std::vector<std::string> addressesOf(std::string_view name) const;  // with or without the final dot

 private:
  std::unordered_map<std::string, std::vector<std::string>> addresses_;
};

}  // namespace sockbench
