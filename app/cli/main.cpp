// sockbench-cli: reads the command line, runs the verb, and turns what came of it into the exit status.
#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "app/cli/verbs/verbs.h"

namespace sockbench::cli {

namespace {

void declare(CLI::App& app, Context& context) {
  app.name("sockbench-cli");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("sockbench-cli ") + SOCKBENCH_VERSION);
  app.add_flag("--json", context.json, "Print JSON");
  addResolveVerb(app, context);
  addHostinfoVerb(app, context);
  addNameinfoVerb(app, context);
  addServiceVerb(app, context);
  addProtocolVerb(app, context);
  addDnsVerb(app, context);
  addHostnameVerb(app, context);
  addInterfacesVerb(app, context);
  addInspectVerb(app, context);
  addListenVerb(app, context);
  addConnectVerb(app, context);
  addBenchVerb(app, context);
  addSendVerb(app, context);
  addShowVerb(app, context);
  addConvertVerb(app, context);
  addStreamVerb(app, context);
  addRunVerb(app, context);
  addRecordVerb(app, context);
  addCallsVerb(app, context);
  addOptionsVerb(app, context);
  addPortsVerb(app, context);
  addCapabilitiesVerb(app, context);
  addChecksumVerb(app, context);
}

std::string verbNames(const CLI::App& app) {
  std::string names;
  for (const CLI::App* verb : app.get_subcommands({})) {
    names += (names.empty() ? "" : ", ") + verb->get_name();
  }
  return names;
}

int tellUsage(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
  if (const auto chosen = app.get_subcommands(); !chosen.empty()) {
    return Context::wrongUsage(error.what(), "see sockbench-cli " + chosen.front()->get_name() + " --help");
  }
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--json") continue;
    const std::string what = word.starts_with('-') ? "no option" : "no verb";
    return Context::wrongUsage(what + " is named \"" + word + "\"", "the verbs are " + verbNames(app));
  }
  return Context::wrongUsage("a verb is missing", "the verbs are " + verbNames(app));
}

// An answer that could not be written is no answer, whatever the verb says; a reader that has gone is no
// fault.
int finish(Context& context, int status) {
  if (context.out.closed()) return kDone;
  if (!context.out.failure()) return status;
  context.json = false;
  return context.fail(*context.out.failure());
}

int run(int argc, const char* const* argv) {
  Context context;
  CLI::App app("Sockbench from the command line: names, addresses and sockets.");
  declare(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    context.out.write(app.help());
    return finish(context, kDone);
  } catch (const CLI::CallForVersion& version) {
    context.out.write(std::string(version.what()) + "\n");
    return finish(context, kDone);
  } catch (const CLI::ParseError& error) {
    return tellUsage(app, error, argc, argv);
  }
  return finish(context, context.action());
}

}  // namespace

}  // namespace sockbench::cli

int main(int argc, char** argv) {
  sockbench::cli::prepareStandardStreams();
  return sockbench::cli::run(argc, argv);
}
