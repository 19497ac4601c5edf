#include "core/automation/variables/secrets.h"

#include <cerrno>
#include <cstdlib>
#include <mutex>

#include "core/base/program_output.h"

namespace sockbench {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

std::unexpected<Error> fault(InputFault kind, const VariableSpec& variable, std::string detail) {
  return std::unexpected(
      Error::fromInput(kind, variable.name, std::nullopt, std::move(detail), Operation::read));
}

Result<std::string> fromEnvironment(const VariableSpec& variable) {
  const char* value = std::getenv(variable.value.c_str());
  if (value != nullptr) return std::string(value);
  return fault(InputFault::unknownName, variable,
               "the environment has no variable " + tomlQuoted(variable.value) +
                   "; set it before Sockbench is started");
}

Result<std::string> fromKeyring(const VariableSpec& variable, std::chrono::milliseconds limit) {
  const std::string& name = variable.value;
  if (name.empty() || name.front() == '-')
    return fault(InputFault::badSyntax, variable, "a secret's name is not empty and does not begin with -");
  auto said = programOutput({"secret-tool", "lookup", "application", "sockbench", "variable", name}, limit,
                            kMostBytes);
  if (!said && said.error().isErrno(ENOENT)) {
    return fault(InputFault::notOpen, variable,
                 "the keyring is asked by secret-tool, which is not installed (package libsecret-tools)");
  }
  if (!said) return std::unexpected(std::move(said.error()));
  if (said->status == 0 && said->signal == 0) return std::move(said->text);
  if (!said->fault.empty()) {
    const std::string line = said->fault.substr(0, said->fault.find('\n'));
    return fault(InputFault::notOpen, variable, "secret-tool could not ask the keyring: " + tomlQuoted(line));
  }
  return fault(InputFault::unknownName, variable,
               "the keyring has no secret " + tomlQuoted(name) +
                   "; store it with: secret-tool store --label=" + tomlQuoted(name) +
                   " application sockbench variable " + tomlQuoted(name));
}

struct Known {
  std::map<std::string, VariableSpec, std::less<>> references;
  std::chrono::milliseconds limit;
  std::mutex mutex;
  std::map<std::string, std::string, std::less<>> values;
};

}  // namespace

Result<std::string> lookUpSecret(const VariableSpec& variable, std::chrono::milliseconds limit) {
  switch (variable.kind) {
    case VariableSpec::Kind::plain:
      return variable.value;
    case VariableSpec::Kind::environment:
      return fromEnvironment(variable);
    case VariableSpec::Kind::keyring:
      return fromKeyring(variable, limit);
  }
  return std::string();
}

std::function<Result<std::string>(std::string_view name)> secretsOf(
    const std::vector<VariableSpec>& variables, std::chrono::milliseconds limit) {
  auto known = std::make_shared<Known>();
  known->limit = limit;
  for (const VariableSpec& variable : variables) {
    if (variable.kind != VariableSpec::Kind::plain) known->references.emplace(variable.name, variable);
  }
  return [known](std::string_view name) -> Result<std::string> {
    const auto reference = known->references.find(name);
    if (reference == known->references.end()) {
      return std::unexpected(Error::fromInput(InputFault::unknownName, std::string(name), std::nullopt,
                                              "there is no variable " + tomlQuoted(name)));
    }
    // Held while it asks: two messages ask the person once.
    const std::lock_guard lock(known->mutex);
    if (const auto value = known->values.find(name); value != known->values.end()) return value->second;
    auto value = lookUpSecret(reference->second, known->limit);
    if (value) known->values.emplace(name, *value);
    return value;
  };
}

}  // namespace sockbench
