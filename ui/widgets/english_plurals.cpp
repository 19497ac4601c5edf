#include "ui/widgets/english_plurals.h"

#include <QRegularExpression>

namespace sockbench::ui {

QString EnglishPlurals::translate(const char*, const char* source, const char*, int n) const {
  if (n < 0) return {};
  static const QRegularExpression kPlural(QStringLiteral("y\\(ies\\)|\\((s|es)\\)"));
  QString text = QString::fromUtf8(source);
  if (!text.contains(kPlural)) return {};
  if (n == 1)
    return text.replace(QStringLiteral("(ies)"), QString())
        .remove(QStringLiteral("(es)"))
        .remove(QStringLiteral("(s)"));
  text.replace(QStringLiteral("y(ies)"), QStringLiteral("ies"));
  return text.replace(QStringLiteral("(es)"), QStringLiteral("es"))
      .replace(QStringLiteral("(s)"), QStringLiteral("s"));
}

}  // namespace sockbench::ui
