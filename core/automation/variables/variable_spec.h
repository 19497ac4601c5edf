// VariableSpec: a variable as it is written in a workspace or a scenario: its value, or where its value is
// kept.
//
//   [variables]
//   user = "ann"                        # the value itself
//   token = { env = "TOKEN" }           # of the environment
//   password = { keyring = "staging" }  # of the desktop's keyring
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/payload/message/field_values.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

struct VariableSpec {
  enum class Kind : std::uint8_t { plain, environment, keyring };
  std::string name;
  Kind kind = Kind::plain;
  std::string value;  // environment: the variable's name there; keyring: the secret's name
  bool operator==(const VariableSpec&) const = default;
};

std::string_view variableKindName(VariableSpec::Kind kind);  // "plain", "env", "keyring"

// Letters, digits, '_', '-' and '.', not a digit first: what may stand in {{NAME}}. Error: badSyntax with
// `where` in `name`.
Result<void> checkVariableName(std::string_view name);

// The table [variables], in their order. What a kind refers to is never looked up here.
TomlTable toToml(const std::vector<VariableSpec>& variables);
// `in`: the reader of that table. A name twice cannot be; a bad name is an error at its place.
std::vector<VariableSpec> readVariables(TomlReader& in);

// Those with a value of their own. The others are asked for when a message is made (Secrets).
Variables plainVariables(const std::vector<VariableSpec>& variables);

}  // namespace sockbench
