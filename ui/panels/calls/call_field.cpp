#include "ui/panels/calls/call_field.h"

#include "core/calls/script/call_script.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/calls/address_field.h"
#include "ui/panels/calls/choice_field.h"
#include "ui/panels/calls/flags_field.h"
#include "ui/panels/calls/written_field.h"

namespace sockbench::ui {
namespace {

std::optional<CallValue> literal(const QString& expression) {
  const Result<CallExpression> parsed = parseCallExpression(toUtf8(expression));
  if (!parsed || parsed->kind != CallExpression::Kind::value) return std::nullopt;
  return parsed->value;
}

}  // namespace

CallField::CallField(const CallParameter& parameter, QWidget* parent)
    : QWidget(parent), parameter_(parameter) {}

QString CallField::nameFor(const char* kind) const {
  QString name = toQString(parameter_.name);
  if (!name.isEmpty()) name[0] = name[0].toUpper();
  return QStringLiteral("calls") + name + QLatin1String(kind);
}

QString CallField::title() const {
  return tr("Argument %1").arg(toQString(parameter_.name));
}

CallField* makeCallField(const CallParameter& parameter, QWidget* parent) {
  switch (parameter.kind) {
    case ParameterKind::flags:
      return new FlagsField(parameter, parent);
    case ParameterKind::text:
    case ParameterKind::host:
    case ParameterKind::path:
    case ParameterKind::bytes:
      return new WrittenField(parameter, parent);
    case ParameterKind::address:
      return new AddressField(parameter, parent);
    default:
      return new ChoiceField(parameter, parent);
  }
}

QString textLiteral(const QString& text) {
  return toQString(CallValue(toUtf8(text)).repr());
}

QString bytesLiteral(const Bytes& bytes) {
  return toQString(CallValue(bytes).repr());
}

std::optional<QString> literalText(const QString& expression) {
  const std::optional<CallValue> value = literal(expression);
  const auto* text = value ? value->as<std::string>() : nullptr;
  if (text == nullptr) return std::nullopt;
  const QString shown = toQString(*text);
  // A lone surrogate has no place in an edit: such a text stays as it is written.
  return toUtf8(shown) == *text ? std::optional(shown) : std::nullopt;
}

std::optional<Bytes> literalBytes(const QString& expression) {
  const std::optional<CallValue> value = literal(expression);
  const auto* bytes = value ? value->as<Bytes>() : nullptr;
  return bytes ? std::optional(*bytes) : std::nullopt;
}

}  // namespace sockbench::ui
