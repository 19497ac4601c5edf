#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/verbs/verbs.h"
#include "core/resolve/host_database.h"

namespace sockbench::cli {

namespace {

int runHostname(Context& context) {
  const Result<std::string> name = getHostName();
  if (!name) return context.fail(name.error());
  if (context.json) {
    context.print({{"hostname", jsonText(*name)}});
  } else {
    context.out.write(printable(*name) + "\n");
  }
  return kDone;
}

}  // namespace

void addHostnameVerb(CLI::App& app, Context& context) {
  addVerb(app, context, "hostname", "Print this machine's name", [&context] { return runHostname(context); });
}

}  // namespace sockbench::cli
