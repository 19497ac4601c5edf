// Secrets: the values of variables that are kept elsewhere, asked for when a message is made.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/automation/variables/variable_spec.h"

namespace sockbench {

// One reference's value, now. environment: getenv(3). keyring: `secret-tool lookup application sockbench
// variable NAME` (libsecret-tools), started without a shell; a keyring that is locked asks the person, for
// which it waits `limit`. Errors: unknownName with what to do where there is no such variable or secret;
// notOpen where secret-tool is not installed or cannot reach a keyring; ETIMEDOUT. No error and nothing else
// that comes of it holds the value. Blocks. Thread: any.
Result<std::string> lookUpSecret(const VariableSpec& variable,
                                 std::chrono::milliseconds limit = std::chrono::seconds(30));

// What FieldValues::secret is to be for these variables: each is asked for once and then kept in memory, for
// as long as a copy of the function lives; an error is not kept. It blocks as lookUpSecret() does, so that a
// preview should not call it. unknownName for a name that is not a reference among them. Thread: any.
std::function<Result<std::string>(std::string_view name)> secretsOf(
    const std::vector<VariableSpec>& variables, std::chrono::milliseconds limit = std::chrono::seconds(30));

}  // namespace sockbench
