#include "ui/panels/resolver/dns/dns_rows.h"

#include <QCoreApplication>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"

namespace sockbench::ui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(sockbench::ui::DnsPage)
};

QString shown(std::string_view text) {
  return toQString(visibleText(std::string(text)));
}

// "IN"; others as RFC 3597, section 5 writes them.
QString className(std::uint16_t klass) {
  return klass == 1 ? QStringLiteral("IN") : QStringLiteral("CLASS%1").arg(klass);
}

QString typeName(std::uint16_t type) {
  return toQString(dnsTypeName(type));
}

void addRecords(QList<TextRow>& rows, const QString& section, const std::vector<DnsRecord>& records) {
  for (const DnsRecord& record : records) {
    rows += {.cells = {section, shown(record.name), QString::number(record.ttl), className(record.klass),
                       typeName(record.type), shown(record.data)},
             .value = QVariant::fromValue(record)};
  }
}

// A name beyond ASCII in both its forms; any other stands in the records.
QString nameWords(const DnsAnswer& answer) {
  if (answer.unicodeName == answer.asciiName) return {};
  return QStringLiteral("%1 (%2) · ").arg(shown(answer.unicodeName), shown(answer.asciiName));
}

QString transportWords(const DnsAnswer& answer) {
  if (answer.overTcp && answer.wasTruncated) return Words::tr("truncated over UDP, asked again over TCP");
  if (answer.wasTruncated) return Words::tr("over UDP, truncated: not all of it came");
  return answer.overTcp ? Words::tr("over TCP") : Words::tr("over UDP");
}

QString rcodeWords(const DnsAnswer& answer) {
  const QString name = toQString(dnsRcodeName(answer.rcode));
  if (answer.rcode == 0 && answer.answers.empty()) return Words::tr("%1, no record of this type").arg(name);
  const QString meaning = toQString(dnsRcodeMeaning(answer.rcode));
  return answer.rcode == 0 || meaning.isEmpty() ? name : QStringLiteral("%1, %2").arg(name, meaning);
}

}  // namespace

QStringList dnsTitles() {
  return {Words::tr("Section"), Words::tr("Name"), Words::tr("TTL"),
          Words::tr("Class"),   Words::tr("Type"), Words::tr("Data")};
}

QString dnsHeadline(const LookupOutcome<DnsAnswer>& outcome) {
  const DnsAnswer& answer = *outcome.answer;
  QStringList flags;
  for (const std::string& flag : answer.flags) flags += toQString(flag);
  QStringList parts{rcodeWords(answer), transportWords(answer), toQString(answer.server.text())};
  if (!flags.isEmpty()) parts += flags.join(QLatin1Char(' '));
  parts += formatBytes(answer.bytes);
  parts += Words::tr("%n question(s) sent", nullptr, answer.tries);
  parts += formatDuration(outcome.elapsed);
  return parts.join(QStringLiteral(" · "));
}

QList<TextRow> dnsRows(const DnsQuery& query, const LookupOutcome<DnsAnswer>& outcome) {
  const QString type = typeName(query.type);
  if (!outcome.answer) return {faultRow(type, outcome.answer.error())};
  const QString line = nameWords(*outcome.answer) + dnsHeadline(outcome);
  QList<TextRow> rows{{.cells = {type, line}, .tone = TextRow::Tone::waiting, .toolTip = line}};
  addRecords(rows, Words::tr("answer"), outcome.answer->answers);
  addRecords(rows, Words::tr("authority"), outcome.answer->authority);
  addRecords(rows, Words::tr("additional"), outcome.answer->additional);
  return rows;
}

QString dnsLine(const DnsRecord& record) {
  return QStringList{shown(record.name), QString::number(record.ttl), className(record.klass),
                     typeName(record.type), shown(record.data)}
      .join(QLatin1Char('\t'));
}

QString nextName(const DnsRecord& record) {
  static const QStringList kLeading{QStringLiteral("CNAME"), QStringLiteral("NS"),  QStringLiteral("PTR"),
                                    QStringLiteral("MX"),    QStringLiteral("SRV"), QStringLiteral("DNAME")};
  const bool leads = kLeading.contains(typeName(record.type)) && !record.data.starts_with("\\#");
  return leads ? toQString(record.data.substr(record.data.rfind(' ') + 1)) : toQString(record.name);
}

std::optional<SocketAddress> addressOf(const DnsRecord& record) {
  const QString type = typeName(record.type);
  if (type != QStringLiteral("A") && type != QStringLiteral("AAAA")) return std::nullopt;
  const Result<SocketAddress> address = SocketAddress::fromIp(record.data, 0);
  return address ? std::optional(*address) : std::nullopt;
}

}  // namespace sockbench::ui
