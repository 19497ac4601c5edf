#include <memory>
#include <utility>

#include "app/cli/answer_options.h"
#include "app/cli/command_line.h"
#include "app/cli/input_error.h"
#include "app/cli/json_output.h"
#include "app/cli/run_options.h"
#include "app/cli/socket_run.h"
#include "app/cli/verbs/verbs.h"

namespace sockbench::cli {
namespace {

struct ListenOptions {
  std::string endpoint;
  std::string respond = "none";
  std::string chargenRate;
  std::string backlog;
  std::string maxSessions;
  std::string count;
  std::string peerIdle;
  std::vector<std::string> options;
  AnswerOptions answers;
  RunOptions run;
};

struct ListenPlan {
  ListenSpec spec;
  std::optional<std::uint64_t> count;
  RunSettings run;
};

constexpr std::uint64_t kMostBacklog = 0x7FFFFFFF;

// nullopt: a value is wrong, and has been told.
std::optional<ListenPlan> makePlan(const ListenOptions& given, const CLI::App& verb) {
  ListenPlan plan;
  OptionReader reader(verb);
  reader.take(plan.spec.endpoint, "", Endpoint::parse(given.endpoint), kEndpointRemedy);
  reader.take(plan.spec.rules.responder, "--respond", parseResponder(given.respond),
              "choose none, echo, discard, chargen, daytime, time or qotd");
  reader.takeNumber(plan.spec.rules.chargenBytesPerSecond, "--chargen-rate", given.chargenRate, 0);
  reader.takeNumber(plan.spec.backlog, "--backlog", given.backlog, 0, kMostBacklog);
  reader.takeNumber(plan.spec.maxSessions, "--max-sessions", given.maxSessions, 1);
  reader.takeNumber(plan.count, "--count", given.count, 1);
  reader.takeSocketOptions(plan.spec.options, given.options);
  reader.takeReceiveBuffer(plan.spec.rules, plan.spec.endpoint.transport, given.run);
  reader.takePeerIdle(plan.spec.rules, plan.spec.endpoint.transport, given.peerIdle);
  takeAnswers(reader, plan.spec.rules, given.answers);
  reader.takeRun(plan.run, given.run);
  plan.run.listeningFirst = true;
  if (!reader.isGood()) return std::nullopt;
  return plan;
}

void warnIfReachable(const SessionSnapshot& listener) {
  if (listener.local.isLoopback()) return;
  Output(STDERR_FILENO)
      .write("sockbench-cli: note: other machines can reach " + printable(listener.local.text()) +
             "; listen on 127.0.0.1 or [::1] to keep it to this one\n");
}

// How many of what --count counts have been there: sessions that are over, or datagrams.
std::uint64_t counted(SocketRun& run, const ListenSpec& spec) {
  if (!isDatagramTransport(spec.endpoint.transport)) return run.sessionsGone();
  std::uint64_t datagrams = 0;
  for (const SessionSnapshot& session : run.engine().snapshots()) {
    if (session.role == SessionRole::accepted) datagrams += session.recordsIn;
  }
  return datagrams;
}

int runListen(Context& context, const ListenOptions& given, const CLI::App& verb) {
  const std::optional<ListenPlan> plan = makePlan(given, verb);
  if (!plan) return kWrongUsage;
  SocketRun run(context, plan->run);
  if (!run.isOutputOpen()) return run.finish(kSaidNo);
  bool failed = false;
  bool warned = false;
  run.watch([&](const SessionSnapshot& session) {
    if (session.role != SessionRole::listener) return;
    failed = failed || session.state == SessionState::failed;
    if (session.state == SessionState::listening && !std::exchange(warned, true)) warnIfReachable(session);
  });
  run.engine().listen(plan->spec);
  run.waitFor([&] { return failed || (plan->count && counted(run, plan->spec) >= *plan->count); });
  return run.finish(failed ? kSaidNo : kDone);
}

}  // namespace

void addListenVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<ListenOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb = addVerb(app, context, "listen", "Serve an endpoint and print what happens there",
                           [&context, given, self] { return runListen(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "ENDPOINT", given->endpoint, kEndpointHelp)->required();
  addOption(*verb, "--respond", given->respond,
            "Answer with: none, echo, discard, chargen, daytime, time, qotd")
      ->type_name("NAME");
  addOption(*verb, "--chargen-rate", given->chargenRate,
            "Most that chargen sends in a session, and any answer but echo to a datagram peer; 0: no limit "
            "(default 65536)")
      ->type_name("BYTES_PER_SECOND");
  addOption(*verb, "--backlog", given->backlog, "Connections that may wait to be accepted (default 128)")
      ->type_name("N");
  addOption(*verb, "--max-sessions", given->maxSessions,
            "Sessions open at once; the rest wait in the backlog")
      ->type_name("N");
  addOption(*verb, "--count", given->count, "End after so many sessions (datagrams: datagrams received)")
      ->type_name("N");
  addOption(*verb, "--peer-idle", given->peerIdle,
            "Close a datagram peer that has been quiet for so long; 0: never (default 300)")
      ->type_name("SECONDS");
  addAnswerOptions(*verb, given->answers);
  addReceiveBufferOption(*verb, given->run);
  addSocketOptionOption(*verb, given->options);
  addRunOptions(*verb, given->run);
}

}  // namespace sockbench::cli
