#include "ui/panels/help/call_pages.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/calls/call_names.h"
#include "core/calls/script/call_script.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/help/html_parts.h"

namespace sockbench::ui {
namespace {

struct CallHelp {
  Q_DECLARE_TR_FUNCTIONS(CallHelp)
};

constexpr QLatin1String kPrefix{"call-"};

QString kindText(const CallParameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::integer:
      return CallHelp::tr("int");
    case ParameterKind::flags:
      return CallHelp::tr("flags");
    case ParameterKind::choice:
      return CallHelp::tr("one of");
    case ParameterKind::seconds:
      return CallHelp::tr("seconds, or None");
    case ParameterKind::boolean:
      return CallHelp::tr("bool");
    case ParameterKind::text:
      return CallHelp::tr("str");
    case ParameterKind::host:
      return CallHelp::tr("a name or an address");
    case ParameterKind::bytes:
      return CallHelp::tr("bytes");
    case ParameterKind::buffer:
      return CallHelp::tr("bytearray");
    case ParameterKind::buffers:
      return CallHelp::tr("a list of bytes");
    case ParameterKind::control:
      return CallHelp::tr("a list of (level, type, data)");
    case ParameterKind::address:
      return CallHelp::tr("an address");
    case ParameterKind::socket:
      return CallHelp::tr("a socket");
    case ParameterKind::descriptor:
      return CallHelp::tr("a descriptor");
    case ParameterKind::descriptors:
      return CallHelp::tr("a list of descriptors");
    case ParameterKind::path:
      return CallHelp::tr("a file's path");
    case ParameterKind::option:
      return CallHelp::tr("an option");
    case ParameterKind::optionValue:
      return CallHelp::tr("int, bytes or None");
    case ParameterKind::sockets:
      return CallHelp::tr("a list of sockets and events");
  }
  return {};
}

// What it takes, with the page that says more about it.
QString kindCell(const CallParameter& parameter) {
  const QString text = escaped(kindText(parameter));
  switch (parameter.kind) {
    case ParameterKind::address:
      return link(QStringLiteral("calls#address-forms"), text);
    case ParameterKind::option:
      return link(QStringLiteral("options"), text);
    case ParameterKind::seconds:
      return link(QStringLiteral("blocking"), text);
    default:
      break;
  }
  constexpr qsizetype kMostNames = 12;
  QStringList names;
  if (parameter.kind != ParameterKind::choice && parameter.kind != ParameterKind::flags) return text;
  for (const NamedNumber& constant : namesOf(parameter.names)) {
    if (names.size() == kMostNames) {
      names += QStringLiteral("\u2026");
      break;
    }
    names += code(constant.name);
  }
  return names.isEmpty() ? text : text + QStringLiteral(": ") + names.join(QStringLiteral(", "));
}

QString signature(const CallInfo& call) {
  QStringList parameters;
  for (const CallParameter& parameter : call.parameters) {
    const QString name = toQString(parameter.name);
    parameters +=
        parameter.defaultText.empty() ? name : name + QLatin1Char('=') + toQString(parameter.defaultText);
  }
  const QString before = call.target == CallTarget::socketMethod ? QStringLiteral("s.") : QString();
  return before + toQString(call.name) + QLatin1Char('(') + parameters.join(QStringLiteral(", ")) +
         QLatin1Char(')');
}

QString parametersPart(const CallInfo& call) {
  if (call.parameters.empty()) return {};
  QString rows = tableRow(
      {CallHelp::tr("Parameter"), CallHelp::tr("Takes"), CallHelp::tr("Left out"), CallHelp::tr("Meaning")},
      true);
  for (const CallParameter& parameter : call.parameters) {
    rows += tableRow(
        {code(parameter.name), kindCell(parameter),
         parameter.defaultText.empty() ? escaped(CallHelp::tr("must be given")) : code(parameter.defaultText),
         escaped(parameter.meaning)});
  }
  return heading(CallHelp::tr("Parameters")) + table(rows);
}

QString errorsPart(const CallInfo& call) {
  if (call.errors.empty()) return {};
  QString rows = tableRow({CallHelp::tr("Error"), CallHelp::tr("Means here")}, true);
  for (const CallErrorNote& note : call.errors) {
    const QString symbol = toQString(note.symbol);
    rows += tableRow({link(QStringLiteral("errors#") + symbol, symbol), escaped(note.meaning)});
  }
  return heading(CallHelp::tr("Errors")) + table(rows);
}

QString remarks(const CallInfo& call) {
  QString text;
  if (call.mayBlock)
    text += paragraph(CallHelp::tr("It may wait: see %1.")
                          .arg(link(QStringLiteral("blocking"), CallHelp::tr("blocking and time-outs"))));
  if (call.extension)
    text += paragraph(CallHelp::tr("Python's socket module has no such call; it is the kernel's own."));
  return text;
}

QString examplePart(const CallInfo& call) {
  const QString example = callExample(call);
  const QString import = call.extension ? QString() : QStringLiteral("from socket import *\n");
  const QString html =
      heading(call.extension ? CallHelp::tr("In the panel Calls") : CallHelp::tr("In Python")) +
      preformatted(import + example);
  const auto script = parseCallScript(example.toStdString());
  if (!script) return html;
  const ScriptProgram program = scriptAsC(*script);
  if (!program.leftOut.empty()) return html;  // C has no such call
  return html + heading(CallHelp::tr("In C")) + anchor(kProgramMark) + preformatted(toQString(program.text));
}

QString pageOf(const CallInfo& call) {
  return paragraph(code(signature(call)), "signature") + paragraph(escaped(call.summary)) + remarks(call) +
         parametersPart(call) + heading(CallHelp::tr("Answers")) + paragraph(escaped(call.returns)) +
         errorsPart(call) + examplePart(call) + paragraph(escaped(call.manPage), "source");
}

}  // namespace

QString callPageId(const QString& name) {
  return kPrefix + name;
}

QString callPageId(const CallInfo& call) {
  return callPageId(toQString(call.name));
}

bool isCallPage(const QString& id) {
  return id.startsWith(kPrefix);
}

QString callPage(const QString& id) {
  const std::string name = id.mid(kPrefix.size()).toStdString();
  QString body;
  for (const CallTarget target : {CallTarget::socketMethod, CallTarget::function})
    if (const CallInfo* call = findCall(target, name)) body += pageOf(*call);
  if (body.isEmpty()) return {};
  return QStringLiteral("<h1>%1</h1>").arg(escaped(name)) + body;
}

QString callList() {
  QString rows;
  std::string_view group;
  QStringList links;
  const auto finish = [&] {
    if (!links.isEmpty()) rows += tableRow({escaped(group), links.join(QStringLiteral(", "))});
    links.clear();
  };
  for (const CallInfo& call : callRegistry()) {
    if (call.group != group) finish();
    group = call.group;
    links += link(callPageId(call), toQString(call.name));
  }
  finish();
  return table(rows);
}

}  // namespace sockbench::ui
