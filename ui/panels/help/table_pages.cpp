#include "ui/panels/help/table_pages.h"

#include <QCoreApplication>
#include <QMap>
#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/calls/call_registry.h"
#include "core/net/socket_options.h"
#include "core/payload/message/message.h"
#include "core/traffic/filter/filter_fields.h"
#include "ui/panels/help/call_pages.h"
#include "ui/panels/help/html_parts.h"

namespace sockbench::ui {
namespace {

struct TableHelp {
  Q_DECLARE_TR_FUNCTIONS(TableHelp)
};

constexpr int kLastErrno = 133;
constexpr int kLastAddrinfo = -110;
constexpr int kLastHostdb = 4;

// The number itself: EAI_SYSTEM, too, which for who meets it is an errno.
Error lookupError(ErrorDomain domain, Operation op, int code) {
  Error error;
  error.domain = domain;
  error.op = op;
  error.code = code;
  return error;
}

// Whatever a call may answer, that has a name.
std::vector<Error> knownErrors() {
  std::vector<Error> errors;
  for (int code = 1; code <= kLastErrno; ++code) errors.push_back(Error::fromErrno(Operation::none, code));
  for (int code = -1; code >= kLastAddrinfo; --code)
    errors.push_back(lookupError(ErrorDomain::addrinfo, Operation::getaddrinfo, code));
  for (int code = 1; code <= kLastHostdb; ++code)
    errors.push_back(lookupError(ErrorDomain::hostdb, Operation::gethostbyname, code));
  std::erase_if(errors, [](const Error& error) { return error.symbol().starts_with("E#"); });
  return errors;
}

// The calls that name an error, each a link.
QMap<QString, QStringList> callsByError() {
  QMap<QString, QStringList> calls;
  for (const CallInfo& call : callRegistry())
    for (const CallErrorNote& note : call.errors)
      calls[toQString(note.symbol)] += link(callPageId(call), toQString(call.name));
  return calls;
}

}  // namespace

QString errorsPage() {
  const QMap<QString, QStringList> calls = callsByError();
  QString rows = tableRow({TableHelp::tr("Error"), TableHelp::tr("Number"), TableHelp::tr("Says"),
                           TableHelp::tr("Means, and what to try"), TableHelp::tr("Comes from")},
                          true);
  for (const Error& error : knownErrors()) {
    const QString symbol = toQString(error.symbol());
    const std::string hint = error.hint();
    if (hint.empty() && !calls.contains(symbol)) continue;
    rows += tableRow({anchor(symbol) + code(symbol), QString::number(error.code), escaped(error.message()),
                      escaped(hint), calls.value(symbol).join(QStringLiteral(", "))});
  }
  return QStringLiteral("<h1>%1</h1>").arg(TableHelp::tr("Errors")) +
         paragraph(
             TableHelp::tr("A call that fails gives a number; its name and its meaning stand here. What "
                           "it means for one call is said on that call's page.")) +
         table(rows) + paragraph(QStringLiteral("errno(3), getaddrinfo(3), gethostbyname(3)"), "source");
}

QString optionsPage() {
  std::vector<const OptionInfo*> options;
  for (const OptionInfo& option : socketOptions()) options.push_back(&option);
  std::ranges::stable_sort(options, {}, &OptionInfo::level);
  QString html = QStringLiteral("<h1>%1</h1>").arg(TableHelp::tr("Socket options"));
  html += paragraph(
      TableHelp::tr("Read and set by %1 and %2, by name in the forms of a server and a client, and in the "
                    "timeline's Details. r: can be read, w: can be written.")
          .arg(link(QStringLiteral("call-getsockopt"), QStringLiteral("getsockopt")),
               link(QStringLiteral("call-setsockopt"), QStringLiteral("setsockopt"))));
  std::string_view level;
  QString rows;
  const auto finish = [&] {
    if (!rows.isEmpty()) html += heading(toQString(level)) + table(rows);
    rows.clear();
  };
  for (const OptionInfo* option : options) {
    if (option->levelName != level) finish();
    level = option->levelName;
    const QString access =
        QLatin1String(option->readable ? "r" : "") + QLatin1String(option->writable ? "w" : "");
    const QString needs =
        option->needs.empty() ? QString() : TableHelp::tr(" Needs %1.").arg(toQString(option->needs));
    rows += tableRow({anchor(toQString(option->name)) + code(option->name), access, escaped(option->unit),
                      escaped(option->meaning) + escaped(needs)});
  }
  finish();
  return html + paragraph(QStringLiteral("socket(7), ip(7), ipv6(7), tcp(7), udp(7), unix(7)"), "source");
}

QString filterFieldsTable() {
  QString rows =
      tableRow({TableHelp::tr("Field"), TableHelp::tr("It is"), TableHelp::tr("For example")}, true);
  for (const FilterField& field : filterFields())
    rows += tableRow(
        {anchor(toQString(field.name)) + code(field.name), escaped(field.meaning), code(field.example)});
  return table(rows);
}

QString messageFieldsTable() {
  QString rows = tableRow({TableHelp::tr("Field"), TableHelp::tr("It stands for")}, true);
  for (const MessageField& field : messageFields()) {
    QString written = toQString(field.name);
    if (!field.arguments.empty()) written += QLatin1Char(' ') + toQString(field.arguments);
    rows += tableRow({code(QStringLiteral("{{%1}}").arg(written)), escaped(field.meaning)});
  }
  return table(rows);
}

}  // namespace sockbench::ui
