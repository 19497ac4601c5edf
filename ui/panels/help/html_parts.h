// The pieces that the made pages of Help consist of. What is escaped by them is said; all else is rich text
// already. Thread: any.
#pragma once

#include <QString>
#include <QStringList>
#include <string_view>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {

inline QString escaped(const QString& text) {
  return text.toHtmlEscaped();
}
inline QString escaped(std::string_view text) {
  return toQString(text).toHtmlEscaped();
}
inline QString code(const QString& text) {  // escapes
  return QStringLiteral("<tt>%1</tt>").arg(text.toHtmlEscaped());
}
inline QString code(std::string_view text) {
  return code(toQString(text));
}
inline QString heading(const QString& text) {  // escapes
  return QStringLiteral("<h2>%1</h2>").arg(text.toHtmlEscaped());
}
inline QString paragraph(const QString& html, const char* kind = nullptr) {
  const QString attribute = kind ? QStringLiteral(" class=\"%1\"").arg(QLatin1String(kind)) : QString();
  return QStringLiteral("<p%1>%2</p>").arg(attribute, html);
}
inline QString preformatted(const QString& text) {  // escapes
  return QStringLiteral("<pre>%1</pre>").arg(text.toHtmlEscaped());
}
inline QString anchor(const QString& name) {  // `name` is one of ours
  return QStringLiteral("<a name=\"%1\"></a>").arg(name);
}
// To a page of Help, "errors#EPERM"; `page` is a name of ours.
inline QString link(const QString& page, const QString& html) {
  return QStringLiteral("<a href=\"help:%1\">%2</a>").arg(page, html);
}
inline QString table(const QString& rows) {
  return QStringLiteral("<table>%1</table>").arg(rows);
}
inline QString tableRow(const QStringList& cells, bool isTitle = false) {
  const QString tag = isTitle ? QStringLiteral("th") : QStringLiteral("td");
  QString row;
  for (const QString& cell : cells) row += QStringLiteral("<%1>%2</%1>").arg(tag, cell);
  return QStringLiteral("<tr>%1</tr>").arg(row);
}

}  // namespace sockbench::ui
