#include "core/automation/variables/variable_spec.h"

#include <algorithm>

namespace sockbench {
namespace {

bool isLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool mayFollow(char c) {
  return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

VariableSpec reference(const std::string& name, TomlReader& in) {
  VariableSpec spec{.name = name, .kind = VariableSpec::Kind::environment, .value = in.text("env", "")};
  if (in.has("keyring")) {
    spec.kind = VariableSpec::Kind::keyring;
    spec.value = in.text("keyring");
  }
  if (in.has("env") == in.has("keyring"))
    in.failAt(in.place(), tomlQuoted(name) + R"( needs either env = "NAME" or keyring = "NAME")");
  if (spec.value.empty()) in.failAt(in.place(), tomlQuoted(name) + " refers to an empty name");
  return spec;
}

}  // namespace

std::string_view variableKindName(VariableSpec::Kind kind) {
  switch (kind) {
    case VariableSpec::Kind::plain:
      return "plain";
    case VariableSpec::Kind::environment:
      return "env";
    case VariableSpec::Kind::keyring:
      return "keyring";
  }
  return "";
}

Result<void> checkVariableName(std::string_view name) {
  const auto wrong = [&](TextSpan where, const char* why) {
    return std::unexpected(Error::fromInput(InputFault::badSyntax, std::string(name), where, why));
  };
  if (name.empty()) return wrong({}, "a variable needs a name");
  if (!isLetter(name.front())) return wrong({0, 1}, "a variable's name begins with a letter or _");
  const auto bad = std::ranges::find_if_not(name, mayFollow);
  if (bad == name.end()) return {};
  return wrong({static_cast<std::size_t>(bad - name.begin()), 1},
               "a variable's name has letters, digits, _, - and . alone");
}

TomlTable toToml(const std::vector<VariableSpec>& variables) {
  TomlTable made;
  for (const VariableSpec& variable : variables) {
    if (variable.kind == VariableSpec::Kind::plain) {
      made.set(variable.name, variable.value);
      continue;
    }
    TomlTable reference;
    reference.setInline(true);
    reference.set(variableKindName(variable.kind), variable.value);
    made.set(variable.name, std::move(reference));
  }
  return made;
}

std::vector<VariableSpec> readVariables(TomlReader& in) {
  std::vector<VariableSpec> variables;
  for (const auto& [name, value] : in.tree().entries()) {
    if (const auto good = checkVariableName(name); !good)
      in.failAt(value.place, tomlQuoted(name) + ": " + good.error().message());
    if (std::holds_alternative<TomlTable>(value.data)) {
      in.table(name, [&](TomlReader& inner) { variables.push_back(reference(name, inner)); });
    } else {
      variables.push_back({.name = name, .value = in.text(name)});
    }
  }
  return variables;
}

Variables plainVariables(const std::vector<VariableSpec>& variables) {
  Variables plain;
  for (const VariableSpec& variable : variables) {
    if (variable.kind == VariableSpec::Kind::plain) plain.emplace(variable.name, variable.value);
  }
  return plain;
}

}  // namespace sockbench
