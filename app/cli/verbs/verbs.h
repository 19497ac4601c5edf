// The verbs. Each function declares one group of them on the command line; their work is done by their
// `action`. A new verb: a file beside this one, a declaration here, a call in main.cpp.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/context.h"

namespace sockbench::cli {

void addResolveVerb(CLI::App& app, Context& context);
void addHostinfoVerb(CLI::App& app, Context& context);
void addNameinfoVerb(CLI::App& app, Context& context);
void addServiceVerb(CLI::App& app, Context& context);
void addProtocolVerb(CLI::App& app, Context& context);
void addDnsVerb(CLI::App& app, Context& context);
void addHostnameVerb(CLI::App& app, Context& context);
void addInterfacesVerb(CLI::App& app, Context& context);
void addInspectVerb(CLI::App& app, Context& context);
void addListenVerb(CLI::App& app, Context& context);
void addConnectVerb(CLI::App& app, Context& context);
void addBenchVerb(CLI::App& app, Context& context);
void addSendVerb(CLI::App& app, Context& context);
void addShowVerb(CLI::App& app, Context& context);
void addConvertVerb(CLI::App& app, Context& context);
void addStreamVerb(CLI::App& app, Context& context);
void addRunVerb(CLI::App& app, Context& context);
void addRecordVerb(CLI::App& app, Context& context);
void addCallsVerb(CLI::App& app, Context& context);
void addOptionsVerb(CLI::App& app, Context& context);
void addPortsVerb(CLI::App& app, Context& context);
void addCapabilitiesVerb(CLI::App& app, Context& context);
void addChecksumVerb(CLI::App& app, Context& context);

}  // namespace sockbench::cli
