#include "ui/panels/resolver/race/race_candidates.h"

#include <set>
#include <string>
#include <utility>

#include "core/net/endpoint.h"

namespace sockbench::ui {

std::vector<RaceEntry> raceCandidates(const QList<LookedUpHost>& hosts, std::optional<std::uint16_t> port) {
  std::vector<RaceEntry> entries;
  for (const LookedUpHost& host : hosts) {
    if (!host.outcome.answer) continue;
    std::set<std::string> seen;  // stream, datagram and raw sockets repeat an address
    for (const AddressResult& result : host.outcome.answer->results) {
      const bool stream = result.type == transportSocketType(Transport::tcp) && result.address.isIp();
      if (!stream || !seen.insert(result.address.ip()).second) continue;
      RaceEntry entry;
      entry.host = host.host;
      entry.address = port ? result.address.withPort(*port) : result.address;
      entry.resolved = host.outcome.elapsed;
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

}  // namespace sockbench::ui
