#include "app/cli/json_string.h"

namespace sockbench::cli {

std::string jsonLine(const Json& value) {
  std::string line;
  appendSafeJson(line, value.dump(-1, ' ', false, Json::error_handler_t::replace));
  return line;
}

}  // namespace sockbench::cli
