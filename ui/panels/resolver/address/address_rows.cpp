#include "ui/panels/resolver/address/address_rows.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("AddressRows", text);
}

// A literal of core, in the words of the window.
QString translated(std::string_view literal) {
  return tr(literal.data());
}

QString meaningOf(const AddressReportRow& row) {
  const QString meaning = translated(row.meaning);
  return row.source.empty() ? meaning : meaning + QStringLiteral(" \u00b7 ") + toQString(row.source);
}

QString ipv4(std::uint32_t address) {
  return toQString(IpNumber::ofIpv4(address).text());
}

QString countOrNone(std::uint32_t count) {
  return count == 0 ? QStringLiteral("\u2013") : formatCount(count);
}

QString answerText(RegistryAnswer answer) {
  return answer == RegistryAnswer::notApplicable ? QStringLiteral("\u2013")
                                                 : translated(registryAnswerText(answer));
}

}  // namespace

QStringList factTitles() {
  return {QString(), tr("Fact"), tr("Value"), tr("Meaning")};
}

QList<TextRow> factRows(const AddressFacts& facts) {
  QList<TextRow> rows;
  std::vector<AddressReportGroup> groups = addressReport(facts);
  // The forms that one asks for most stand above the table already.
  std::ranges::rotate(groups, groups.begin() + 1);
  for (const AddressReportGroup& group : groups) {
    QString title = translated(group.title);
    for (const AddressReportRow& row : group.rows) {
      const QString value = toQString(visibleText(row.value));
      rows += TextRow{.cells = {title, translated(row.name), value, meaningOf(row)}};
      title.clear();
    }
  }
  return rows;
}

QStringList classTitles() {
  return {QString(),    tr("Class"),    tr("First bits"),    tr("First"),   tr("Last"),
          tr("Prefix"), tr("Networks"), tr("Hosts in each"), tr("Made for")};
}

QList<TextRow> classRows() {
  QList<TextRow> rows;
  for (const AddressClass& c : addressClasses()) {
    rows += TextRow{.cells = {QString(), QString(QLatin1Char(c.letter)), toQString(c.leadingBits),
                              ipv4(c.first), ipv4(c.last),
                              c.prefix == 0 ? QStringLiteral("\u2013") : QStringLiteral("/%1").arg(c.prefix),
                              countOrNone(c.networks), countOrNone(c.hosts), translated(c.use)}};
  }
  return rows;
}

QStringList registryTitles() {
  return {QString(),        tr("Block"),       tr("Name"),        tr("Scope"),
          tr("Defined in"), tr("Source"),      tr("Destination"), tr("Forwardable"),
          tr("Global"),     tr("By protocol"), tr("Registry")};
}

QList<TextRow> registryRows() {
  QList<TextRow> rows;
  for (const AddressBlock& block : addressBlocks()) {
    rows += TextRow{.cells = {QString(), toQString(block.network.text()), toQString(block.name),
                              toQString(block.scope), toQString(block.defined), answerText(block.source),
                              answerText(block.destination), answerText(block.forwardable),
                              answerText(block.globallyReachable), answerText(block.reservedByProtocol),
                              toQString(addressRegistryName(block.registry))}};
  }
  return rows;
}

}  // namespace sockbench::ui
