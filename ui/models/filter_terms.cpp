#include "ui/models/filter_terms.h"

#include <QStringList>
#include <algorithm>

#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "core/traffic/filter/filter.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/traffic_cells.h"
#include "ui/models/traffic_model.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kMostBytes = 48;  // of data that a filter is to contain
constexpr int kMostRowsLookedAt = 10'000;

QString is(const char* field, const QString& value) {
  return QStringLiteral("%1 == %2").arg(QLatin1String(field), value);
}

QString quoted(const QString& text) {
  return toQString(filterQuoted(toUtf8(text)));
}

QString addressTerm(const LogRow& row) {
  if (!row.flow) return {};
  const bool peer = !row.flow->peer.isUnnamed();
  const SocketAddress& address = peer ? row.flow->peer : row.flow->local;
  if (address.isUnnamed()) return {};
  const QString text = toQString(address.text());
  return is(peer ? "peer" : "local", address.isIp() ? text : quoted(text));
}

// As text where that is no longer than in hexadecimal.
QString dataTerm(ByteView bytes) {
  if (bytes.empty()) return QStringLiteral("len == 0");
  bytes = bytes.first(std::min(bytes.size(), kMostBytes));
  const std::string text = filterQuoted(asChars(bytes));
  if (text.size() <= 3 * bytes.size()) return QStringLiteral("data contains ") + toQString(text);
  std::string pairs = toHex(bytes);
  for (std::size_t at = 2; at < pairs.size(); at += 3) pairs.insert(at, ":");
  return QStringLiteral("data contains ") + toQString(pairs);
}

QString eventTerm(const LogRow& row) {
  const std::optional<Error> error = decodeEventDetail(row.payload.bytes).error;
  if (error && error->domain == ErrorDomain::system)
    return QStringLiteral("errno == ") + toQString(error->symbol());
  return is("kind", toQString(recordKindName(row.record.kind)));
}

// "len == 1", "len == 2": "len in {1 2}"; terms of several fields: "(a or b)".
QString anyOf(const QStringList& terms) {
  if (terms.size() < 2) return terms.value(0);
  const QString same = QStringLiteral(" == ");
  const QString field = terms[0].left(std::max<qsizetype>(terms[0].indexOf(same), 0));
  QStringList values;
  for (const QString& term : terms) {
    if (!field.isEmpty() && term.startsWith(field + same))
      values.append(term.mid(field.size() + same.size()));
  }
  if (values.size() == terms.size())
    return QStringLiteral("%1 in {%2}").arg(field, values.join(QLatin1Char(' ')));
  return QStringLiteral("(%1)").arg(terms.join(QStringLiteral(" or ")));
}

}  // namespace

QString filterTerm(const LogRow& row, int column) {
  const bool bytes = traffic_cells::hasBytes(row.record);
  switch (column) {
    case TrafficModel::No:
      return is("no", QString::number(row.number + 1));
    case TrafficModel::Time:
      return is("time", quoted(formatTimeOfDay(row.record.time)));
    case TrafficModel::Session:
      return row.record.session ? is("session", QString::number(row.record.session.value)) : QString();
    case TrafficModel::Direction:
      return is(bytes ? "dir" : "kind", toQString(recordKindName(row.record.kind)));
    case TrafficModel::Peer:
      return addressTerm(row);
    case TrafficModel::Length:
      return bytes ? is("len", QString::number(row.record.length)) : QString();
    case TrafficModel::Preview:
      return bytes ? dataTerm(row.payload.bytes) : eventTerm(row);
    default:
      return {};
  }
}

QString filterTermOf(const TrafficModel& model, const QModelIndexList& rows, int column) {
  QStringList terms;
  for (qsizetype i = 0; i < std::min<qsizetype>(rows.size(), kMostRowsLookedAt); ++i) {
    const std::optional<LogRow> row = model.rowAt(rows[i].row());
    const QString term = row ? filterTerm(*row, column) : QString();
    if (!term.isEmpty() && !terms.contains(term)) terms.append(term);
    if (terms.size() == kMostTerms) break;
  }
  return anyOf(terms);
}

}  // namespace sockbench::ui
