// DnsClient: questions to name servers, asked directly and not through nsswitch (RFC 1035; EDNS(0), RFC
// 6891). Transport, time-outs, retries and servers are c-ares', the fields of records ldns', names beyond
// ASCII libidn2's.
//
// One thread of its own serves any number of questions at once; it polls nothing while there are none. Each
// question has an id and a source port that cannot be guessed, and passes over replies that are not to it. It
// is asked again without EDNS where a server does not know it, and over TCP where the answer was truncated.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/net/socket_address.h"
#include "core/resolve/dns_message.h"
#include "core/resolve/resolver.h"

namespace sockbench {

struct DnsQuery {
  std::string
      name{};  // absolute, with or without the final dot (no search list); UTF-8 or escapes of RFC 1035
  std::uint16_t type = 1;                 // A
  std::optional<SocketAddress> server{};  // port 0: 53. nullopt: those of /etc/resolv.conf, in order
  bool tcp = false;                       // at once, not only after a truncated answer
  std::chrono::milliseconds timeout{
      5000};        // for the first try of each server, 1 ms to 24 h; each later one waits twice as long
  int retries = 2;  // further tries of each server, 0-10; over TCP only where a connection fails
  bool recursionDesired = true;
  std::uint16_t udpPayload = 1232;  // EDNS: bytes of an answer over UDP, 512-65535; 0: no EDNS
  bool operator==(const DnsQuery&) const = default;
};

class DnsClient {
 public:
  DnsClient();
  // Cancels everything: each callback that is due runs (with ECANCELED) before it returns, none after.
  ~DnsClient();
  DnsClient(const DnsClient&) = delete;
  DnsClient& operator=(const DnsClient&) = delete;

  // Calls `done` exactly once, on the client's own thread, never inside the call itself; `done` must neither
  // block nor throw and may call the client. NXDOMAIN, SERVFAIL and an empty answer are answers. Errors: a
  // DnsFault; badHost for a name that cannot be asked (a label over 63 bytes, IDNA refuses it...); ECANCELED.
  // 64 questions are under way at one time, the rest wait in order; `elapsed` is told without that wait. The
  // id is 0, and `done` not called, where the client is being destroyed. Thread: any.
  LookupId ask(DnsQuery query, std::function<void(LookupOutcome<DnsAnswer>)> done);

  // `done` is called with ECANCELED unless it has been called already. Unknown ids are ignored. Thread: any.
  void cancel(LookupId id);

  std::size_t pending() const;  // questions not answered yet. Thread: any.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// ADDRESS, ADDRESS:PORT, [ADDRESS] or [ADDRESS]:PORT, numeric; without a port 53. badAddress, badPort,
// badZone.
Result<SocketAddress> parseDnsServer(std::string_view text);

// The name servers that /etc/resolv.conf names, in order; 127.0.0.1 where it names none or is not there, as
// getaddrinfo(3) has it. Errors: open(2)'s and read(2)'s; DnsFault::noServer where it names some and none of
// them is an address. Thread: any.
Result<std::vector<SocketAddress>> configuredDnsServers();

}  // namespace sockbench
