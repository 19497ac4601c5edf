// The answers of name servers as rows of a table. Everything in them came from the network and is shown as
// visible text. Thread: gui.
#pragma once

#include <QStringList>

#include "core/resolve/dns_client.h"
#include "ui/panels/resolver/grouped_rows_model.h"

namespace sockbench::ui {

QStringList dnsTitles();  // section, name, TTL, class, type, data

// A line of words (who answered, how, with which RCODE and flags), then the records of all sections in the
// order they came in; value: DnsRecord. An error is one row of tone fault.
QList<TextRow> dnsRows(const DnsQuery& query, const LookupOutcome<DnsAnswer>& outcome);

// "NOERROR · over UDP · 127.0.0.1:53 · AA RD · 93 B · 1 question sent · 0.40 ms"
QString dnsHeadline(const LookupOutcome<DnsAnswer>& outcome);

QString dnsLine(const DnsRecord& record);  // as dig prints it, tabs between the fields; visible text
// The name that a record leads to (CNAME, NS, PTR, MX, SRV, DNAME), else the name that it is of.
QString nextName(const DnsRecord& record);
std::optional<SocketAddress> addressOf(const DnsRecord& record);  // of A and AAAA

}  // namespace sockbench::ui
