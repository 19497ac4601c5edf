// What a call looks like in a script: made of what its parameters take.
#include <QHash>
#include <QStringList>

#include "ui/bridge/core_types.h"
#include "ui/panels/help/call_pages.h"

namespace sockbench::ui {
namespace {

// By the parameter's name, where its kind does not say enough.
QString sampleOfName(const QString& name) {
  static const QHash<QString, QString> samples{
      {QStringLiteral("address_family"), QStringLiteral("AF_INET")},
      {QStringLiteral("ancbufsize"), QStringLiteral("CMSG_SPACE(16)")},
      {QStringLiteral("bufsize"), QStringLiteral("1024")},
      {QStringLiteral("family"), QStringLiteral("AF_INET")},
      {QStringLiteral("how"), QStringLiteral("SHUT_WR")},
      {QStringLiteral("hostname"), QStringLiteral("\"localhost\"")},
      {QStringLiteral("if_index"), QStringLiteral("1")},
      {QStringLiteral("if_name"), QStringLiteral("\"lo\"")},
      {QStringLiteral("ip_address"), QStringLiteral("\"127.0.0.1\"")},
      {QStringLiteral("ip_string"), QStringLiteral("\"192.0.2.1\"")},
      {QStringLiteral("length"), QStringLiteral("4")},
      {QStringLiteral("level"), QStringLiteral("SOL_SOCKET")},
      {QStringLiteral("maxfds"), QStringLiteral("1")},
      {QStringLiteral("packed_ip"), QStringLiteral("b\"\\xc0\\x00\\x02\\x01\"")},
      {QStringLiteral("number"), QStringLiteral("6")},
      {QStringLiteral("port"), QStringLiteral("80")},
      {QStringLiteral("protocolname"), QStringLiteral("\"tcp\"")},
      {QStringLiteral("request"), QStringLiteral("FIONREAD")},
      {QStringLiteral("servicename"), QStringLiteral("\"http\"")},
      {QStringLiteral("sockaddr"), QStringLiteral("(\"127.0.0.1\", 80)")},
      {QStringLiteral("type"), QStringLiteral("SOCK_STREAM")},
      {QStringLiteral("x"), QStringLiteral("8080")},
  };
  return samples.value(name);
}

QString sampleOf(const CallParameter& parameter) {
  if (const QString sample = sampleOfName(toQString(parameter.name)); !sample.isEmpty()) return sample;
  switch (parameter.kind) {
    case ParameterKind::seconds:
      return QStringLiteral("2.5");
    case ParameterKind::boolean:
      return QStringLiteral("False");
    case ParameterKind::text:
    case ParameterKind::host:
      return QStringLiteral("\"localhost\"");
    case ParameterKind::bytes:
      return QStringLiteral("b\"hello\"");
    case ParameterKind::buffer:
      return QStringLiteral("bytearray(16)");
    case ParameterKind::buffers:
      return QStringLiteral("[b\"head\", b\"body\"]");
    case ParameterKind::control:
      return QStringLiteral("[]");
    case ParameterKind::address:
      return QStringLiteral("(\"127.0.0.1\", 8080)");
    case ParameterKind::socket:
      return QStringLiteral("s");
    case ParameterKind::descriptor:
      return QStringLiteral("0");
    case ParameterKind::descriptors:
      return QStringLiteral("[0]");
    case ParameterKind::path:
      return QStringLiteral("\"/etc/hostname\"");
    case ParameterKind::option:
      return QStringLiteral("SO_REUSEADDR");
    case ParameterKind::sockets:
      return QStringLiteral("[(s, POLLIN)]");
    case ParameterKind::flags:
      return QStringLiteral("NI_NUMERICHOST | NI_NUMERICSERV");
    case ParameterKind::integer:
    case ParameterKind::choice:
    case ParameterKind::optionValue:
      break;
  }
  return QStringLiteral("1");
}

// The socket that it is called on, or given.
QString makingLine(const CallInfo& call) {
  const QString name = toQString(call.name);
  if (name.endsWith(QLatin1String("_fds"))) return QStringLiteral("s, t = socketpair()\n");
  bool usesSocket = call.target == CallTarget::socketMethod;
  for (const CallParameter& parameter : call.parameters)
    usesSocket |= parameter.kind == ParameterKind::socket || parameter.kind == ParameterKind::sockets;
  if (!usesSocket) return {};
  const bool datagram = name.contains(QLatin1String("from")) || name == QLatin1String("sendto") ||
                        name.endsWith(QLatin1String("msg"));
  return datagram ? QStringLiteral("s = socket(AF_INET, SOCK_DGRAM)\n")
                  : QStringLiteral("s = socket(AF_INET, SOCK_STREAM)\n");
}

// What is worth a name in the lines after it.
QString resultName(const CallInfo& call) {
  const QString name = toQString(call.name);
  if (name == QLatin1String("socketpair")) return QStringLiteral("a, b = ");
  if (name.startsWith(QLatin1String("accept"))) return QStringLiteral("conn, addr = ");
  if (name == QLatin1String("recvfrom")) return QStringLiteral("data, addr = ");
  if (call.returns.starts_with("None")) return {};
  return name == QLatin1String("socket") ? QStringLiteral("s = ") : QStringLiteral("result = ");
}

}  // namespace

QString callExample(const CallInfo& call) {
  QStringList arguments;
  const bool isPairOrSocket = call.name == "socketpair" || call.name == "socket";
  for (const CallParameter& parameter : call.parameters) {
    const bool isKind = isPairOrSocket && (parameter.name == "family" || parameter.name == "type");
    if (isKind && call.name == "socketpair" && parameter.name == "family")
      arguments += QStringLiteral("AF_UNIX");
    else if (parameter.defaultText.empty() || isKind)
      arguments += sampleOf(parameter);
  }
  const QString on = call.target == CallTarget::socketMethod ? QStringLiteral("s.") : QString();
  return makingLine(call) + resultName(call) + on + toQString(call.name) + QLatin1Char('(') +
         arguments.join(QStringLiteral(", ")) + QLatin1Char(')');
}

}  // namespace sockbench::ui
