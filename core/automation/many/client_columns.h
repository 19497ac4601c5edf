// ClientColumns: the variables of many clients as a table: a column each, a line for each client.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/payload/message/field_values.h"

namespace sockbench {

struct ClientColumns {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> lines;  // each as long as `names`

  // A CSV (csv.h) whose first row has the names. Errors, with the line in their detail: badSyntax (no line
  // under the names, a row that is longer or shorter than the first, a quote that is not closed, a name that
  // is empty, stands twice or is "client"). Thread: any.
  static Result<ClientColumns> fromCsv(std::string_view text);

  bool isEmpty() const { return lines.empty(); }
  // Those of the client, from 0: {{client}} is one more. Lines begin anew when they are used up.
  Variables variablesOf(std::size_t client) const;
};

}  // namespace sockbench
