// The system's answer for a host beside that of name servers. Thread: any, for all of these.
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/resolve/dns_message.h"
#include "ui/models/looked_up_host.h"

namespace sockbench::ui {

struct ComparedAddress {
  enum class Where { both, systemOnly, dnsOnly };
  std::string address;  // as it is printed, without a zone; IPv4-mapped ones as IPv4
  Where where = Where::both;
};

struct AnswerComparison {
  QList<ComparedAddress> addresses;  // the system's in its order, then what only DNS has, in its order
  bool sameOrder = true;             // of the addresses that both have, within each family
  QStringList aliases;               // DNS's chain of CNAMEs, in order, as visible text: what was asked first
  QString words;                     // what differs, and why where that is known; empty: nothing does
};

// What a hosts file and the question have to do with it.
struct AnswerFacts {
  std::vector<std::string> hostsFile = {};  // the addresses that /etc/hosts gives the name
  int flags = 0;                            // AI_* of the question
};

// `answers` are name servers' to the questions for A and AAAA (or the one that was asked), in any order; an
// error among them counts as no addresses, and is told elsewhere.
AnswerComparison compareAnswers(const LookedUpHost& system, const std::vector<DnsAnswer>& answers,
                                const AnswerFacts& facts);

}  // namespace sockbench::ui
