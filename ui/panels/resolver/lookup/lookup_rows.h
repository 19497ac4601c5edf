// The answers of look-ups as rows of tables. Thread: gui.
#pragma once

#include <QStringList>

#include "core/net/endpoint.h"
#include "core/net/port_range.h"
#include "core/resolve/host_database.h"
#include "core/resolve/resolver.h"
#include "core/resolve/service_database.h"
#include "ui/panels/resolver/grouped_rows_model.h"

namespace sockbench::ui {

// Titles and rows of one look-up each; an error is one row of tone fault.
QStringList addressTitles();  // host, family, type, protocol, address, port, canonical name, class or scope
QList<TextRow> addressRows(const QString& host,
                           const LookupOutcome<AddressAnswer>& outcome);  // value: AddressResult

QStringList hostInfoTitles();  // host, what (name, alias, address), value
QList<TextRow> hostInfoRows(const QString& host, const LookupOutcome<HostInfo>& outcome);

QStringList reverseTitles();  // address, name, service
QList<TextRow> reverseRows(const SocketAddress& address, const LookupOutcome<NameInfo>& outcome);

QStringList serviceTitles();  // name, port, protocol, range, aliases
TextRow serviceRow(const ServiceEntry& entry);
QString portRangeText(const PortRange& range);  // "well-known (0-1023)"
QStringList protocolTitles();                   // name, number, aliases
TextRow protocolRow(const ProtocolEntry& entry);

TextRow waitingRow(const QString& host);
TextRow faultRow(const QString& host, const Error& error);

// "ECONNREFUSED  Connection refused: what it means" in one line.
QString errorLine(const Error& error);

// What a client would connect to, or a server listen on, to use `result`. Port 0 leaves the service empty.
Endpoint endpointOf(const AddressResult& result);

}  // namespace sockbench::ui
