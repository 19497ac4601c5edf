// dns: questions to name servers, asked directly.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/stop_signals.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"
#include "core/resolve/dns_client.h"
#include "core/resolve/reverse_pointer.h"

namespace sockbench::cli {

namespace {

constexpr int kMostRetries = 10;

struct DnsOptions {
  std::string name;
  std::vector<std::string> types;
  std::string address;  // of -x
  std::string server;
  std::string timeout;
  std::string retries;
  bool tcp = false;
  bool noRecursion = false;
  bool noEdns = false;
};

using Outcome = LookupOutcome<DnsAnswer>;

std::string wrongType(const std::string& text) {
  const auto type = parseDnsType(text);
  return type ? std::string() : "\"" + text + "\": " + type.error().message();
}

std::string wrongServer(const std::string& text) {
  const auto server = parseDnsServer(text);
  return server ? std::string() : "\"" + text + "\": " + server.error().message();
}

std::string wrongAddress(const std::string& text) {
  const auto address = SocketAddress::fromIp(text, 0);
  return address ? std::string() : "\"" + text + "\": " + address.error().message();
}

std::string wrongRetries(const std::string& text) {
  return parseNumber(text, kMostRetries) ? std::string() : "\"" + text + "\" is not a number from 0 to 10";
}

// One question a type, all of one name.
std::vector<DnsQuery> toQueries(const DnsOptions& options) {
  DnsQuery query{.name = options.name, .tcp = options.tcp, .recursionDesired = !options.noRecursion};
  if (!options.server.empty()) query.server = *parseDnsServer(options.server);
  if (!options.retries.empty()) query.retries = *parseNumber(options.retries, kMostRetries);
  if (const auto time = parseSeconds(options.timeout))
    query.timeout = std::chrono::ceil<std::chrono::milliseconds>(*time);
  if (options.noEdns) query.udpPayload = 0;
  std::vector<std::string> types = options.types;
  if (!options.address.empty()) {
    query.name = reversePointer(*SocketAddress::fromIp(options.address, 0));
    types = {"PTR"};
  }
  if (types.empty()) types = {"A"};
  std::vector<DnsQuery> queries;
  for (const std::string& type : types) {
    query.type = *parseDnsType(type);
    queries.push_back(query);
  }
  return queries;
}

Json recordsToJson(const std::vector<DnsRecord>& records) {
  Json list = Json::array();
  for (const DnsRecord& record : records) {
    list.push_back({{"name", jsonText(record.name)},
                    {"type", dnsTypeName(record.type)},
                    {"class", record.klass},
                    {"ttl", record.ttl},
                    {"data", jsonText(record.data)}});
  }
  return list;
}

void printJson(Context& context, const DnsAnswer& answer, std::chrono::nanoseconds elapsed) {
  context.print({{"name", jsonText(answer.name)},
                 {"ascii_name", jsonText(answer.asciiName)},
                 {"unicode_name", jsonText(answer.unicodeName)},
                 {"type", dnsTypeName(answer.type)},
                 {"server", answer.server.text()},
                 {"transport", answer.overTcp ? "tcp" : "udp"},
                 {"truncated", answer.wasTruncated},
                 {"tries", answer.tries},
                 {"bytes", answer.bytes},
                 {"rcode", dnsRcodeName(answer.rcode)},
                 {"flags", answer.flags},
                 {"elapsed_ms", milliseconds(elapsed)},
                 {"answers", recordsToJson(answer.answers)},
                 {"authority", recordsToJson(answer.authority)},
                 {"additional", recordsToJson(answer.additional)}});
}

std::string rcodeText(int rcode) {
  const std::string_view meaning = dnsRcodeMeaning(rcode);
  return dnsRcodeName(rcode) + (rcode == 0 || meaning.empty() ? "" : ": " + std::string(meaning));
}

// "127.0.0.1:53 by TCP, since the answer by UDP was truncated; 2 questions, 0.8 ms, 1300 bytes"
std::string journeyText(const DnsAnswer& answer, std::chrono::nanoseconds elapsed) {
  std::string text = answer.server.text() + (answer.overTcp ? " by TCP" : " by UDP");
  if (answer.wasTruncated) text += ", since the answer by UDP was truncated";
  if (answer.tries > 1) text += "; " + std::to_string(answer.tries) + " questions sent";
  std::string time = std::to_string(milliseconds(elapsed));
  time.resize(time.find('.') + 4);
  return text + "; " + time + " ms, " + std::to_string(answer.bytes) + " bytes";
}

void addRows(TextTable& table, const std::string& section, const std::vector<DnsRecord>& records) {
  for (const DnsRecord& record : records) {
    table.add({section, record.name, std::to_string(record.ttl), dnsTypeName(record.type), record.data});
  }
}

void printTable(Context& context, const DnsAnswer& answer, std::chrono::nanoseconds elapsed) {
  std::string flags;
  for (const std::string& flag : answer.flags) flags += (flags.empty() ? "" : " ") + flag;
  std::string text = printable(answer.asciiName) + " " + dnsTypeName(answer.type);
  if (answer.unicodeName != answer.asciiName) text += " (" + printable(answer.unicodeName) + ")";
  text += "\n" + rcodeText(answer.rcode) + "; flags " + flags + "\n" + journeyText(answer, elapsed) + "\n";
  if (answer.answers.empty() && answer.rcode == 0) text += "no record of this type\n";
  TextTable table({"SECTION", "NAME", "TTL", "TYPE", "DATA"});
  addRows(table, "answer", answer.answers);
  addRows(table, "authority", answer.authority);
  addRows(table, "additional", answer.additional);
  if (!answer.answers.empty() || !answer.authority.empty() || !answer.additional.empty())
    text += table.text();
  context.out.write(text);
}

int tell(Context& context, const Outcome& outcome) {
  if (!outcome.answer) return context.fail(outcome.answer.error());
  if (context.json) {
    printJson(context, *outcome.answer, outcome.elapsed);
  } else {
    printTable(context, *outcome.answer, outcome.elapsed);
  }
  return kDone;
}

// Asks all at once and tells the answers in the order of the questions, each when it has come.
int askAll(Context& context, const std::vector<DnsQuery>& queries) {
  StopSignals signals;
  std::mutex mutex;
  std::vector<std::optional<Outcome>> outcomes(queries.size());
  DnsClient client;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    client.ask(queries[i], [&, i](Outcome outcome) {
      const std::scoped_lock lock(mutex);
      outcomes[i] = std::move(outcome);
      signals.notify();
    });
  }
  int status = kDone;
  for (std::size_t next = 0; next < queries.size();) {
    std::unique_lock lock(mutex);
    const std::optional<Outcome> outcome = std::exchange(outcomes[next], std::nullopt);
    lock.unlock();
    if (!outcome) {
      if (signals.wait() == StopSignals::Woken::signalled) return kDone;
      continue;
    }
    if (next++ > 0 && !context.json) context.out.write("\n");
    status = std::max(status, tell(context, *outcome));
  }
  return status;
}

int runDns(Context& context, const CLI::App& verb, const DnsOptions& options) {
  const bool named = verb.count("NAME") > 0;
  if (named && !options.address.empty())
    return Context::wrongUsage("-x ADDRESS is the whole question", "leave out NAME and TYPE");
  if (!named && options.address.empty())
    return Context::wrongUsage("a NAME is missing", "write one, or -x ADDRESS");
  return askAll(context, toQueries(options));
}

}  // namespace

void addDnsVerb(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DnsOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb = addVerb(app, context, "dns", "What name servers say to a question, asked directly",
                           [&context, options, self] { return runDns(context, **self, *options); });
  *self = verb;
  addArgument(*verb, "NAME", options->name, "The whole name (no search list); beyond ASCII in UTF-8");
  verb->add_option("TYPE", options->types, "A (the default), AAAA, MX, ... or TYPEnnn; one answer each")
      ->check(wrongType);
  addOption(*verb, "-x", options->address, "Ask for the name of an address (PTR)")
      ->check(wrongAddress)
      ->type_name("ADDRESS");
  addOption(*verb, "--server", options->server, "Ask this one, not those of /etc/resolv.conf")
      ->check(wrongServer)
      ->type_name("ADDRESS[:PORT]");
  verb->add_flag("--tcp", options->tcp, "Ask by TCP at once, not only after a truncated answer");
  addOption(*verb, "--timeout", options->timeout,
            "Wait so long for the first try of each server (5 s), twice as long for each further one")
      ->check(isSeconds());
  addOption(*verb, "--retries", options->retries, "Further tries of each server, 0 to 10 (2)")
      ->check(wrongRetries)
      ->type_name("N");
  verb->add_flag("--no-recursion", options->noRecursion, "Ask the server for what it knows itself");
  verb->add_flag("--no-edns", options->noEdns, "Ask without EDNS: at most 512 bytes by UDP");
}

}  // namespace sockbench::cli
