// DNS messages as bytes: questions made, answers read (RFC 1035, section 4; EDNS(0), RFC 6891). Private to
// core/resolve. Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/resolve/dns_message.h"

namespace sockbench::dns {

struct Question {
  Bytes name;  // on the wire
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  bool recursionDesired = true;
  std::uint16_t udpPayload = 0;  // 0: no EDNS

  Bytes message() const;
};

// What a message is to a question, from its header and its own question alone.
enum class Fit {
  fits,           // it is about the question; a refusal may leave the question out
  notDns,         // shorter than a header, or its question cannot be read
  otherId,        // it has another id: late, or forged
  otherQuestion,  // it repeats another question, or none
};
Fit fitOf(ByteView message, const Question& question);

// TC is set in the header of `message`, which fits a question.
bool saysTruncated(ByteView message);

struct Message {
  std::uint16_t id = 0;
  bool isResponse = false;
  int opcode = 0;
  bool truncated = false;
  bool hasEdns = false;
  int rcode = 0;                   // with EDNS's upper bits
  std::vector<std::string> flags;  // as DnsAnswer::flags
  std::array<std::vector<DnsRecord>, 3> sections;
};

// The whole message, or a sentence on what is wrong with it. `message` may be anything.
std::expected<Message, std::string> readMessage(ByteView message);

}  // namespace sockbench::dns
