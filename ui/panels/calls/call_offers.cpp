#include <QCoreApplication>

#include "core/calls/call_names.h"
#include "core/net/socket_options.h"
#include "ui/bridge/core_types.h"
#include "ui/models/calls_text.h"
#include "ui/panels/calls/choice_field.h"

namespace sockbench::ui {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Calls)
};

void addNames(QList<CallOffer>& offers, const CallParameter& parameter, const CallFieldContext& context) {
  const bool option = parameter.kind == ParameterKind::option;
  for (const NamedNumber& name : namesOf(option ? NameGroup::option : parameter.names)) {
    if (option && context.level && name.level != *context.level) continue;
    offers += {toQString(name.name), toQString(name.meaning)};
  }
}

template <class Fits>
void addVariables(QList<CallOffer>& offers, const CallFieldContext& context, Fits fits,
                  const QString& pattern = QStringLiteral("%1")) {
  for (const CallVariable& variable : context.variables) {
    if (!fits(variable)) continue;
    offers += {pattern.arg(toQString(variable.name)), callValueText(variable.value, 40)};
  }
}

bool isSocket(const CallVariable& variable) {
  return variable.value.as<CallHandle>() != nullptr;
}

void addDescriptors(QList<CallOffer>& offers, const CallFieldContext& context) {
  for (const CallVariable& variable : context.variables)
    if (variable.socket && variable.socket->descriptor >= 0)
      offers += {QString::number(variable.socket->descriptor), toQString(variable.name)};
}

void addOptionValues(QList<CallOffer>& offers, const CallFieldContext& context) {
  const OptionInfo* option = findSocketOption(context.option);
  if (option == nullptr || option->kind == OptionKind::boolean)
    offers += {{QStringLiteral("1"), Words::tr("on")}, {QStringLiteral("0"), Words::tr("off")}};
  if (option == nullptr) return;
  for (const OptionChoice& choice : option->choices)
    offers += {QString::number(choice.value), toQString(choice.name)};
  if (option->kind == OptionKind::linger)
    offers +=
        {QStringLiteral("b\"\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\""), Words::tr("on, 0 s: RST at close")};
}

}  // namespace

QList<CallOffer> callOffers(const CallParameter& parameter, const CallFieldContext& context) {
  QList<CallOffer> offers;
  const auto usual = [&](std::initializer_list<const char*> texts) {
    for (const char* text : texts) offers += {QString::fromLatin1(text), {}};
  };
  switch (parameter.kind) {
    case ParameterKind::seconds:
      offers += {QStringLiteral("None"), Words::tr("wait for ever")};
      offers += {QStringLiteral("0"), Words::tr("never wait")};
      usual({"0.5", "2.5", "10"});
      break;
    case ParameterKind::boolean:
      usual({"True", "False"});
      break;
    case ParameterKind::buffer:
      usual({"bytearray(16)", "bytearray(1024)"});
      addVariables(offers, context,
                   [](const CallVariable& v) { return v.value.as<CallBuffer>() != nullptr; });
      break;
    case ParameterKind::buffers:
      usual({"[b\"one\", b\"two\"]", "[bytearray(16)]"});
      break;
    case ParameterKind::control:
      usual({"[]", "[(SOL_SOCKET, SCM_RIGHTS, b\"\\x00\\x00\\x00\\x00\")]"});
      break;
    case ParameterKind::socket:
      addVariables(offers, context, isSocket);
      break;
    case ParameterKind::sockets:
      addVariables(offers, context, isSocket, QStringLiteral("[(%1, POLLIN)]"));
      break;
    case ParameterKind::descriptor:
      addDescriptors(offers, context);
      break;
    case ParameterKind::optionValue:
      addOptionValues(offers, context);
      break;
    default:
      addNames(offers, parameter, context);
      addVariables(offers, context,
                   [](const CallVariable& v) { return v.value.as<std::int64_t>() != nullptr; });
  }
  return offers;
}

QString firstExpression(const CallParameter& parameter, const CallFieldContext& context) {
  if (!parameter.defaultText.empty()) return toQString(parameter.defaultText);
  if (parameter.kind == ParameterKind::host) return textLiteral(QStringLiteral("localhost"));
  if (parameter.kind == ParameterKind::text && parameter.name == "port")
    return textLiteral(QStringLiteral("http"));
  if (parameter.names == NameGroup::family) return QStringLiteral("AF_INET");
  if (parameter.names == NameGroup::type) return QStringLiteral("SOCK_STREAM");
  if (parameter.names == NameGroup::level) return QStringLiteral("SOL_SOCKET");
  if (parameter.kind == ParameterKind::option) return QStringLiteral("SO_REUSEADDR");
  if (parameter.names == NameGroup::shutdownHow) return QStringLiteral("SHUT_WR");
  if (parameter.kind == ParameterKind::integer && parameter.name.find("size") != std::string_view::npos)
    return QStringLiteral("1024");
  if (parameter.kind == ParameterKind::flags || parameter.kind == ParameterKind::descriptor) return {};
  const QList<CallOffer> offers = callOffers(parameter, context);
  return offers.isEmpty() || parameter.kind == ParameterKind::integer ? QString() : offers.front().text;
}

}  // namespace sockbench::ui
