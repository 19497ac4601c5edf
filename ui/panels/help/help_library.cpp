#include "ui/panels/help/help_library.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QStringList>
#include <QTextDocumentFragment>
#include <algorithm>

#include "core/calls/call_registry.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/help/call_pages.h"
#include "ui/panels/help/html_parts.h"
#include "ui/panels/help/table_pages.h"

namespace sockbench::ui {
namespace {

struct Help {
  Q_DECLARE_TR_FUNCTIONS(Help)
};

QString fileText(const QString& id) {
  QFile file(QStringLiteral(":/sockbench/help/%1.html").arg(id));
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString titleIn(const QString& html) {
  const QString begin = QStringLiteral("<h1>");
  const qsizetype from = html.indexOf(begin) + begin.size();
  return html.mid(from, html.indexOf(QStringLiteral("</h1>")) - from);
}

// What a search looks through.
QString searchedPart(QString html) {
  const QString title = QStringLiteral("</h1>");
  html.remove(0, html.indexOf(title) + title.size());
  if (const qsizetype program = html.indexOf(anchor(kProgramMark)); program >= 0) html.truncate(program);
  return html;
}

// "32768 60999" as ip(7) has it.
QString ephemeralRange() {
  QFile file(QStringLiteral("/proc/sys/net/ipv4/ip_local_port_range"));
  if (!file.open(QIODevice::ReadOnly)) return Help::tr("unknown");
  const QString range = QString::fromLatin1(file.readAll()).simplified();
  return range.toHtmlEscaped().replace(QLatin1Char(' '), Help::tr(" to "));
}

// TIME_WAIT is TIME-WAIT is time-wait. As long as before, so that places in it are places in `text`.
QString folded(const QString& text) {
  QString result = text;
  for (QChar& c : result) c = c == QLatin1Char('_') ? QLatin1Char('-') : c.toLower();
  return result;
}

constexpr qsizetype kExcerpt = 160;  // characters

// Whole words.
QString excerptAround(const QString& text, qsizetype at) {
  static const QRegularExpression space(QStringLiteral("\\s"));
  const qsizetype before = std::max<qsizetype>(0, at - kExcerpt / 3);
  const qsizetype from = before == 0 ? 0 : std::max<qsizetype>(0, text.lastIndexOf(space, before));
  const qsizetype end =
      from + kExcerpt < text.size() ? text.lastIndexOf(space, from + kExcerpt) : text.size();
  QString piece = text.mid(from, end - from).simplified();
  if (from > 0) piece.prepend(QStringLiteral("\u2026 "));
  if (end < text.size()) piece.append(QStringLiteral(" \u2026"));
  return piece;
}

}  // namespace

HelpLibrary::HelpLibrary() {
  const QString networks = Help::tr("Networks");
  const QString sockets = Help::tr("Sockets");
  const QString window = Help::tr("The window");
  add(QStringLiteral("index"), Help::tr("Begin"));
  for (const char* id :
       {"layers", "tcp-udp", "tcp-handshake", "tcp-states", "framing", "addresses", "ports", "names"})
    add(QString::fromLatin1(id), networks);
  for (const char* id : {"unix-sockets", "raw-sockets", "blocking", "capabilities"})
    add(QString::fromLatin1(id), sockets);
  for (const char* id : {"server", "client", "messages", "library", "answers", "files", "many", "scenarios",
                         "traffic", "filters", "captures", "workspaces"})
    add(QString::fromLatin1(id), window);
  add(QStringLiteral("options"), Help::tr("Tables"), Help::tr("Socket options"));
  add(QStringLiteral("errors"), Help::tr("Tables"), Help::tr("Errors"));
  add(QStringLiteral("calls"), Help::tr("Calls"));
  addCalls();
}

void HelpLibrary::add(const QString& id, const QString& chapter, const QString& title) {
  places_.insert(id, pages_.size());
  pages_.append({id, title.isEmpty() ? titleIn(fileText(id)) : title, chapter});
}

void HelpLibrary::addCalls() {
  for (const CallInfo& call : callRegistry()) {
    const QString id = callPageId(call);
    if (!places_.contains(id))
      add(id, Help::tr("Calls: %1").arg(toQString(call.group)), toQString(call.name));
  }
}

const HelpPage* HelpLibrary::find(const QString& id) const {
  const auto place = places_.constFind(id);
  return place == places_.cend() ? nullptr : &pages_[*place];
}

QString HelpLibrary::html(const QString& id) const {
  if (find(id) == nullptr) return {};
  if (id == QLatin1String("errors")) return errorsPage();
  if (id == QLatin1String("options")) return optionsPage();
  if (isCallPage(id)) return callPage(id);
  QString html = fileText(id);
  if (id == QLatin1String("calls")) html.replace(QStringLiteral("@CALL_LIST@"), callList());
  if (id == QLatin1String("ports")) html.replace(QStringLiteral("@EPHEMERAL_RANGE@"), ephemeralRange());
  if (id == QLatin1String("filters")) html.replace(QStringLiteral("@FILTER_FIELDS@"), filterFieldsTable());
  if (id == QLatin1String("messages")) html.replace(QStringLiteral("@MESSAGE_FIELDS@"), messageFieldsTable());
  return html;
}

const QString& HelpLibrary::plainText(const QString& id) const {
  auto text = texts_.find(id);
  if (text == texts_.end())
    text = texts_.insert(id, QTextDocumentFragment::fromHtml(searchedPart(html(id))).toPlainText());
  return *text;
}

QList<HelpHit> HelpLibrary::search(const QString& words) const {
  const QStringList wanted =
      folded(words).split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
  if (wanted.isEmpty()) return {};
  const auto holdsAll = [&](const QString& text) {
    return std::ranges::all_of(wanted, [&](const QString& word) { return text.contains(word); });
  };
  QList<HelpHit> titled;
  QList<HelpHit> others;
  for (const HelpPage& page : pages_) {
    const QString& text = plainText(page.id);
    const QString searched = folded(text);
    const QString title = folded(page.title);
    if (!holdsAll(title + QLatin1Char(' ') + searched)) continue;
    const HelpHit hit{page.id, page.title, excerptAround(text, searched.indexOf(wanted.front()))};
    (holdsAll(title) ? titled : others).append(hit);
  }
  return titled + others;
}

}  // namespace sockbench::ui
