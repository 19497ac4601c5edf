#include "ui/models/answer_comparison.h"

#include <netdb.h>

#include <QCoreApplication>
#include <algorithm>
#include <vector>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

using Addresses = std::vector<std::string>;
using Where = ComparedAddress::Where;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(sockbench::ui::ComparePage)
};

// One text for one address: without zone, IPv4-mapped as IPv4. "" for what is no address.
std::string plainAddress(const std::string& text) {
  const std::string plain = text.substr(0, text.find('%'));
  const Result<SocketAddress> address = SocketAddress::fromIp(plain, 0);
  if (!address) return {};
  if (!address->isV4Mapped()) return address->ip();
  const ByteView bytes = address->ipBytes();
  std::uint32_t number = 0;
  for (const auto byte : bytes.last(4)) number = (number << 8) | static_cast<std::uint32_t>(byte);
  return SocketAddress::fromIpv4(number, 0).ip();
}

bool holds(const Addresses& list, const std::string& address) {
  return std::ranges::find(list, address) != list.end();
}

void add(Addresses& list, const std::string& text) {
  const std::string address = plainAddress(text);
  if (!address.empty() && !holds(list, address)) list.push_back(address);
}

Addresses systemAddresses(const LookedUpHost& host) {
  Addresses list;
  if (host.outcome.answer)
    for (const AddressResult& result : host.outcome.answer->results) add(list, result.address.ip());
  return list;
}

bool isAddressType(std::uint16_t type) {
  return dnsTypeName(type) == "A" || dnsTypeName(type) == "AAAA";
}

Addresses dnsAddresses(const std::vector<DnsAnswer>& answers) {
  Addresses list;
  for (const DnsAnswer& answer : answers)
    for (const DnsRecord& record : answer.answers)
      if (isAddressType(record.type)) add(list, record.data);
  return list;
}

QStringList aliasesOf(const std::vector<DnsAnswer>& answers) {
  QStringList chain;
  for (const DnsAnswer& answer : answers) {
    if (!chain.isEmpty()) break;
    for (const DnsRecord& record : answer.answers) {
      if (dnsTypeName(record.type) != "CNAME") continue;
      if (chain.isEmpty()) chain += toQString(visibleText(record.name));
      chain += toQString(visibleText(record.data));
    }
  }
  return chain;
}

bool isIpv6(const std::string& address) {
  return address.find(':') != std::string::npos;
}

Addresses shared(const Addresses& from, const Addresses& with, bool ipv6) {
  Addresses both;
  for (const std::string& address : from)
    if (isIpv6(address) == ipv6 && holds(with, address)) both.push_back(address);
  return both;
}

bool inOrder(const Addresses& system, const Addresses& dns) {
  return shared(system, dns, false) == shared(dns, system, false) &&
         shared(system, dns, true) == shared(dns, system, true);
}

QString systemWords(const Addresses& only, const LookedUpHost& system, const AnswerFacts& facts) {
  Addresses file;
  for (const std::string& address : facts.hostsFile) add(file, address);
  const bool allFromFile = std::ranges::all_of(only, [&](const std::string& a) { return holds(file, a); });
  if (allFromFile) return Words::tr("only the system: /etc/hosts has it");
  if (!system.host.contains(QLatin1Char('.')))
    return Words::tr("only in the system's answer; DNS was asked without a search list");
  return Words::tr("only in the system's answer");
}

QString dnsWords(const Addresses& only, const LookedUpHost& system, const AnswerFacts& facts) {
  if (!system.outcome.answer)
    return Words::tr("only in DNS; the system says %1")
        .arg(toQString(system.outcome.answer.error().symbol()));
  if ((facts.flags & AI_ADDRCONFIG) != 0) {
    if (std::ranges::all_of(only, isIpv6))
      return Words::tr("only in DNS; AI_ADDRCONFIG leaves IPv6 out where no interface but loopback has it");
    if (std::ranges::none_of(only, isIpv6))
      return Words::tr("only in DNS; AI_ADDRCONFIG leaves IPv4 out where no interface but loopback has it");
  }
  if (!facts.hostsFile.empty()) return Words::tr("only in DNS; the system answers from /etc/hosts");
  return Words::tr("only in DNS");
}

}  // namespace

AnswerComparison compareAnswers(const LookedUpHost& system, const std::vector<DnsAnswer>& answers,
                                const AnswerFacts& facts) {
  const Addresses ours = systemAddresses(system);
  const Addresses theirs = dnsAddresses(answers);
  AnswerComparison result;
  Addresses systemOnly;
  Addresses dnsOnly;
  for (const std::string& address : ours) {
    const bool both = holds(theirs, address);
    result.addresses += {address, both ? Where::both : Where::systemOnly};
    if (!both) systemOnly.push_back(address);
  }
  for (const std::string& address : theirs) {
    if (holds(ours, address)) continue;
    result.addresses += {address, Where::dnsOnly};
    dnsOnly.push_back(address);
  }
  result.aliases = aliasesOf(answers);
  result.sameOrder = inOrder(ours, theirs);
  QStringList parts;
  if (!systemOnly.empty()) parts += systemWords(systemOnly, system, facts);
  if (!dnsOnly.empty()) parts += dnsWords(dnsOnly, system, facts);
  if (!result.sameOrder) parts += Words::tr("in another order: the system sorts by RFC 6724, DNS rotates");
  result.words = parts.join(QStringLiteral("; "));
  return result;
}

}  // namespace sockbench::ui
