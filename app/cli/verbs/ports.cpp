// ports: the sockets of this machine and whose they are.
#include <memory>
#include <string>

#include "app/cli/command_line.h"
#include "app/cli/socket_rows.h"
#include "app/cli/verbs/verbs.h"
#include "core/system/socket_table.h"

namespace sockbench::cli {

namespace {

struct Asked {
  bool tcp = false;
  bool udp = false;
  bool raw = false;
  bool unixSockets = false;
  bool listening = false;
  bool withoutProcess = false;
};

// Without a protocol: all of them.
SocketQuery queryOf(const Asked& asked) {
  const bool all = !asked.tcp && !asked.udp && !asked.raw && !asked.unixSockets;
  return {.tcp = all || asked.tcp,
          .udp = all || asked.udp,
          .raw = all || asked.raw,
          .unixSockets = all || asked.unixSockets,
          .listeningOnly = asked.listening,
          .owners = !asked.withoutProcess};
}

int runPorts(Context& context, const Asked& asked) {
  const Result<SocketTable> table = readSocketTable(queryOf(asked));
  if (!table) return context.fail(table.error());
  if (context.json) {
    printSocketsAsJson(*table, context.out);
    return kDone;
  }
  context.out.write(socketsToText(*table));
  if (const std::string missing = socketsMissing(*table); !missing.empty())
    static_cast<void>(Output(STDERR_FILENO).write(missing));
  return kDone;
}

}  // namespace

void addPortsVerb(CLI::App& app, Context& context) {
  const auto asked = std::make_shared<Asked>();
  CLI::App* verb =
      addVerb(app, context, "ports", "The sockets of this machine, and the processes that own them",
              [&context, asked] { return runPorts(context, *asked); });
  verb->add_flag("--tcp", asked->tcp, "Only TCP (these four add up)");
  verb->add_flag("--udp", asked->udp, "Only UDP and UDP-Lite");
  verb->add_flag("--unix", asked->unixSockets, "Only UNIX");
  verb->add_flag("--raw", asked->raw, "Only raw");
  verb->add_flag("--listening", asked->listening,
                 "Only what can be reached unasked: listeners, and datagram sockets without a peer");
  verb->add_flag("--no-process", asked->withoutProcess, "Do not look for the processes, which takes longest");
}

}  // namespace sockbench::cli
