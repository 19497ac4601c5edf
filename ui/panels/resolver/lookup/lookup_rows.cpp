#include "ui/panels/resolver/lookup/lookup_rows.h"

#include <QCoreApplication>
#include <QHash>

#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

QString shownList(const std::vector<std::string>& texts) {
  QStringList parts;
  for (const std::string& text : texts) parts += shownText(text);
  return parts.join(QStringLiteral(", "));
}

// A look-up of its own for a handful of numbers, each asked once.
QString protocolName(int number) {
  static QHash<int, QString> known;
  const auto found = known.constFind(number);
  if (found != known.cend()) return *found;
  const Result<ProtocolEntry> entry = protocolByNumber(number);
  return *known.insert(number, entry ? toQString(entry->name) : QString::number(number));
}

struct Words {
  Q_DECLARE_TR_FUNCTIONS(sockbench::ui::ResolverPanel)
};

}  // namespace

QStringList addressTitles() {
  return {Words::tr("Host"),           Words::tr("Family"),        Words::tr("Type"),
          Words::tr("Protocol"),       Words::tr("Address"),       Words::tr("Port"),
          Words::tr("Canonical name"), Words::tr("Class or scope")};
}

QList<TextRow> addressRows(const QString& host, const LookupOutcome<AddressAnswer>& outcome) {
  if (!outcome.answer) return {faultRow(host, outcome.answer.error())};
  QList<TextRow> rows;
  for (const AddressResult& result : outcome.answer->results) {
    rows +=
        TextRow{.cells = {host, toQString(familyName(result.family)), toQString(socketTypeName(result.type)),
                          protocolName(result.protocol), toQString(result.address.ip()),
                          QString::number(result.address.port()), shownText(outcome.answer->canonicalName),
                          toQString(addressScope(result.address))},
                .value = QVariant::fromValue(result)};
  }
  return rows;
}

QStringList hostInfoTitles() {
  return {Words::tr("Host"), Words::tr("What"), Words::tr("Value")};
}

QList<TextRow> hostInfoRows(const QString& host, const LookupOutcome<HostInfo>& outcome) {
  if (!outcome.answer) return {faultRow(host, outcome.answer.error())};
  QList<TextRow> rows{{.cells = {host, Words::tr("name"), shownText(outcome.answer->name)}}};
  for (const std::string& alias : outcome.answer->aliases)
    rows += {.cells = {host, Words::tr("alias"), shownText(alias)}};
  for (const std::string& address : outcome.answer->addresses) {
    rows += {.cells = {host, Words::tr("address"), shownText(address)}};
  }
  return rows;
}

QStringList reverseTitles() {
  return {Words::tr("Address"), Words::tr("Name"), Words::tr("Service")};
}

QList<TextRow> reverseRows(const SocketAddress& address, const LookupOutcome<NameInfo>& outcome) {
  const QString text = toQString(address.text());
  if (!outcome.answer) return {faultRow(text, outcome.answer.error())};
  return {{.cells = {text, shownText(outcome.answer->host), shownText(outcome.answer->service)}}};
}

QStringList serviceTitles() {
  return {Words::tr("Service"), Words::tr("Port"), Words::tr("Protocol"), Words::tr("Range"),
          Words::tr("Aliases")};
}

TextRow serviceRow(const ServiceEntry& entry) {
  return {.cells = {shownText(entry.name), QString::number(entry.port), shownText(entry.protocol),
                    portRangeText(portRangeOf(entry.port)), shownList(entry.aliases)}};
}

QString portRangeText(const PortRange& range) {
  return QStringLiteral("%1 (%2-%3)").arg(Words::tr(range.name.data())).arg(range.first).arg(range.last);
}

QStringList protocolTitles() {
  return {Words::tr("Protocol"), Words::tr("Number"), Words::tr("Aliases")};
}

TextRow protocolRow(const ProtocolEntry& entry) {
  return {.cells = {shownText(entry.name), QString::number(entry.number), shownList(entry.aliases)}};
}

TextRow waitingRow(const QString& host) {
  return {.cells = {host, Words::tr("looking up…")}, .tone = TextRow::Tone::waiting};
}

TextRow faultRow(const QString& host, const Error& error) {
  const QString line = errorLine(error);
  return {.cells = {host, line}, .tone = TextRow::Tone::fault, .toolTip = line};
}

QString errorLine(const Error& error) {
  const QString line = QStringLiteral("%1  %2").arg(shownText(error.symbol()), shownText(error.message()));
  const QString hint = shownText(error.hint());
  return hint.isEmpty() ? line : Words::tr("%1: %2").arg(line, hint);
}

Endpoint endpointOf(const AddressResult& result) {
  const std::uint16_t port = result.address.port();
  return {.transport = result.type == transportSocketType(Transport::udp) ? Transport::udp : Transport::tcp,
          .host = result.address.ip(),
          .service = port == 0 ? std::string() : std::to_string(port),
          .path = {}};
}

}  // namespace sockbench::ui
