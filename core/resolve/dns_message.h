// What a name server says: the sections of a DNS message (RFC 1035, section 4) in presentation format.
// Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sockbench {

// A resource record as dig prints it, on one line. Everything in it came from the network: show it as visible
// text.
struct DnsRecord {
  std::string name;         // owner with the final dot, escaped as RFC 1035, section 5.1 has it
  std::uint16_t type = 0;   // RR TYPE
  std::uint16_t klass = 0;  // RR CLASS, 1: IN
  std::uint32_t ttl = 0;    // seconds
  std::string data;  // RDATA, hexadecimal in capitals and not split; of unknown types and of what does not
                     // fit its type, RFC 3597's "\# 3 010203"
  bool operator==(const DnsRecord&) const = default;
};

struct DnsAnswer {
  std::string name;         // what was asked, as it was typed
  std::string asciiName;    // as it was sent, with the final dot: IDNA2008's A-labels for a name beyond ASCII
  std::string unicodeName;  // the same in U-labels; equal to asciiName where nothing differs
  std::uint16_t type = 0;
  SocketAddress server;  // the one that answered
  bool overTcp = false;
  bool wasTruncated = false;  // an answer over UDP had TC set; this one is the answer over TCP, if overTcp
  int rcode = 0;              // with EDNS's upper bits (RFC 6891, section 6.1.3)
  std::vector<std::string> flags;  // "QR" is not among them: of AA TC RD RA AD CD, those that are set
  std::size_t bytes = 0;           // size of the message
  int tries = 1;                   // questions that were sent, TCP after truncation included
  std::vector<DnsRecord> answers;
  std::vector<DnsRecord> authority;
  std::vector<DnsRecord> additional;  // without EDNS's OPT
};

// "A", "NAPTR"; "TYPE65280" for one that has no name (RFC 3597, section 5).
std::string dnsTypeName(std::uint16_t type);
// A name in any case, or TYPEnnn. Else InputFault::unknownName.
Result<std::uint16_t> parseDnsType(std::string_view text);
// The types that are offered, by name, in the order of their use: A, AAAA, CNAME, MX ... ANY.
const std::vector<std::string_view>& offeredDnsTypes();
std::string dnsRcodeName(int rcode);          // "NOERROR", "NXDOMAIN"; "RCODE23" for one that has no name
std::string_view dnsRcodeMeaning(int rcode);  // one sentence; "" for one that has no name

}  // namespace sockbench
