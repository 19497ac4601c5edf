#include "ui/panels/resolver/compare/compare_rows.h"

#include <netdb.h>

#include <QCoreApplication>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "core/resolve/host_database.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"

namespace sockbench::ui {
namespace {

using Where = ComparedAddress::Where;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(sockbench::ui::ComparePage)
};

TextRow wordsRow(const QString& host, const QString& words) {
  return {.cells = {host, words}, .tone = TextRow::Tone::waiting, .toolTip = words};
}

TextRow addressRow(const QString& host, const ComparedAddress& address) {
  TextRow row{.cells = {host, toQString(address.address), {}}};
  switch (address.where) {
    case Where::both:
      row.cells[2] = Words::tr("in both");
      row.mark = RowMark{2, QStringLiteral("both"), theme::Role::good};
      break;
    case Where::systemOnly:
      row.cells[2] = Words::tr("only the system");
      row.mark = RowMark{2, QStringLiteral("system-only"), theme::Role::warning};
      break;
    case Where::dnsOnly:
      row.cells[2] = Words::tr("only DNS");
      row.mark = RowMark{2, QStringLiteral("dns-only"), theme::Role::received};
      break;
  }
  return row;
}

TextRow sideFault(const QString& host, const QString& side, const Error& error) {
  TextRow row = faultRow(host, error);
  row.cells[1] = row.toolTip = QStringLiteral("%1: %2").arg(side, row.cells[1]);
  return row;
}

// An RCODE is an answer, but one that explains why there are no addresses.
QString rcodeWords(const std::vector<DnsAnswer>& answers) {
  QStringList names;
  for (const DnsAnswer& answer : answers) names += toQString(dnsRcodeName(answer.rcode));
  names.removeDuplicates();
  return Words::tr("DNS says %1 and has no address").arg(names.join(QStringLiteral(", ")));
}

}  // namespace

QStringList compareTitles() {
  return {Words::tr("Host"), Words::tr("Address"), Words::tr("Where")};
}

std::optional<TextRow> incomparableRow(const LookedUpHost& host) {
  const Result<AddressAnswer>& answer = host.outcome.answer;
  if (!answer && answer.error().domain == ErrorDomain::input) return faultRow(host.host, answer.error());
  // Forms such as 127.1 and 0x7f.1 are addresses to getaddrinfo. They all begin with a digit.
  const bool mayBeNumber = host.host.front().isDigit();
  const bool isAddress =
      host.host.contains(QLatin1Char(':')) || host.host == QStringLiteral("*") ||
      (mayBeNumber && getAddressInfo({.host = toUtf8(host.host), .service = "0", .flags = AI_NUMERICHOST}));
  if (!isAddress) return std::nullopt;
  return wordsRow(host.host, Words::tr("no name: there is nothing to ask DNS for"));
}

bool hasDifference(const QList<TextRow>& rows) {
  return std::ranges::any_of(rows, [](const TextRow& row) {
    return row.tone == TextRow::Tone::fault || (row.mark && row.mark->role != theme::Role::good);
  });
}

QList<TextRow> compareRows(const LookedUpHost& system, const CompareRun::Outcomes& dns,
                           const AnswerFacts& facts) {
  QList<TextRow> rows;
  std::vector<DnsAnswer> answers;
  if (!system.outcome.answer)
    rows += sideFault(system.host, Words::tr("system"), system.outcome.answer.error());
  QStringList told;
  for (const LookupOutcome<DnsAnswer>& outcome : dns) {
    if (outcome.answer) {
      answers.push_back(*outcome.answer);
      continue;
    }
    const QString symbol = toQString(outcome.answer.error().symbol());
    if (!told.contains(symbol)) rows += sideFault(system.host, Words::tr("DNS"), outcome.answer.error());
    told += symbol;
  }
  const AnswerComparison compared = compareAnswers(system, answers, facts);
  if (!compared.aliases.isEmpty())
    rows += wordsRow(system.host,
                     Words::tr("aliases in DNS: %1").arg(compared.aliases.join(QStringLiteral(" → "))));
  const bool hasDns = std::ranges::any_of(
      compared.addresses, [](const ComparedAddress& address) { return address.where != Where::systemOnly; });
  for (const ComparedAddress& address : compared.addresses) rows += addressRow(system.host, address);
  QStringList words;
  if (!hasDns && !answers.empty()) words += rcodeWords(answers);
  if (!compared.words.isEmpty()) words += compared.words;
  if (!words.isEmpty()) rows += wordsRow(system.host, words.join(QStringLiteral("; ")));
  return rows;
}

QString sourcesInWords(const std::vector<NameSource>& sources) {
  QStringList parts;
  for (const NameSource& source : sources) {
    QString part = toQString(visibleText(source.name));
    if (source.name == "files") part += QStringLiteral(" (/etc/hosts)");
    if (!source.actions.empty()) part += QStringLiteral(" [%1]").arg(toQString(visibleText(source.actions)));
    parts += part;
  }
  if (parts.isEmpty()) return Words::tr("the C library's own order, since nsswitch.conf names none");
  return parts.join(Words::tr(", then "));
}

}  // namespace sockbench::ui
