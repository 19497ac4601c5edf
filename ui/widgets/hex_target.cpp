#include "ui/widgets/hex_target.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>

#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("HexTarget", text);
}

std::optional<qsizetype> number(QString digits) {
  digits.remove(u',').remove(u'_').remove(u' ');
  if (digits.startsWith(u'+') || digits.startsWith(u'-')) return std::nullopt;
  const bool hex = digits.startsWith(QStringLiteral("0x"), Qt::CaseInsensitive);
  bool valid = false;
  const qlonglong value = hex ? digits.mid(2).toLongLong(&valid, 16) : digits.toLongLong(&valid, 10);
  return valid ? std::optional<qsizetype>(value) : std::nullopt;
}

// nullopt: it cannot be read. A sum that no offset can be saturates.
std::optional<qsizetype> place(const QString& written, qsizetype cursor) {
  const QString text = written.trimmed();
  if (!text.startsWith(u'+') && !text.startsWith(u'-')) return number(text);
  const auto distance = number(text.mid(1));
  if (!distance) return std::nullopt;
  const qsizetype from = std::max<qsizetype>(0, cursor);
  if (text.startsWith(u'-')) return from - *distance;
  return *distance > std::numeric_limits<qsizetype>::max() - from ? *distance : from + *distance;
}

}  // namespace

std::expected<HexSelection, QString> hexTarget(const QString& written, qsizetype cursor, qsizetype size) {
  const qsizetype dots = written.indexOf(QStringLiteral(".."));
  const auto first = place(dots < 0 ? written : written.left(dots), cursor);
  const auto last = dots < 0 ? first : place(written.mid(dots + 2), cursor);
  if (!first || !last) return std::unexpected(tr("An offset is a number: 1200, 0x4b0, +16 or 16..31."));
  const auto isThere = [size](qsizetype byte) { return byte >= 0 && byte < size; };
  if (!isThere(*first) || !isThere(*last)) {
    const auto end = static_cast<std::uint64_t>(std::max<qsizetype>(0, size - 1));
    return std::unexpected(
        tr("The offsets are 0 to %1 (0x%2).").arg(formatCount(end), QString::number(end, 16)));
  }
  return HexSelection{std::min(*first, *last), std::max(*first, *last)};
}

}  // namespace sockbench::ui
