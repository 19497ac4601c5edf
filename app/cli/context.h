// What every verb is given: how to answer, and where to leave its work.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/cli/output.h"
#include "core/base/error.h"

namespace sockbench::cli {

// The exit statuses.
inline constexpr int kDone = 0;
inline constexpr int kSaidNo = 1;      // the network or the input said no
inline constexpr int kWrongUsage = 2;  // the command line is wrong

// Keys stay in the order in which they are set.
using Json = nlohmann::ordered_json;

// Lives as long as main(). Thread: main.
struct Context {
  bool json = false;  // --json was given
  Output out;         // standard output
  std::function<int()>
      action;  // set by the chosen verb while the command line is parsed; gives the exit status

  // One JSON object on one line, valid UTF-8 whatever its strings hold. False: nobody reads any more
  // (Output).
  bool print(const Json& object);

  // Tells of `error`: with --json as {"error":{...}} on standard output, else as a line (and a line of hint)
  // on standard error. Answers kSaidNo.
  int fail(const Error& error);

  // One line on standard error: what is wrong with the command line and how to mend it. Answers kWrongUsage.
  static int wrongUsage(std::string_view problem, std::string_view remedy);
};

}  // namespace sockbench::cli
