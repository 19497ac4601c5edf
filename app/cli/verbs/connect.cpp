#include <algorithm>
#include <memory>
#include <utility>

#include "app/cli/command_line.h"
#include "app/cli/feeder.h"
#include "app/cli/run_options.h"
#include "app/cli/socket_run.h"
#include "app/cli/verbs/verbs.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"

namespace sockbench::cli {
namespace {

struct ConnectOptions {
  std::string endpoint;
  std::string bind;
  std::string timeout;
  std::vector<std::string> options;
  std::vector<std::string> texts;
  std::vector<std::string> hexes;
  std::vector<std::string> files;
  bool standardInput = false;
  bool halfClose = false;
  std::string expectBytes;
  RunOptions run;
};

struct ConnectPlan {
  ConnectSpec spec;
  std::vector<SendSource> sources;  // files are not open yet
  std::optional<std::uint64_t> expectBytes;
  bool halfClose = false;
  RunSettings run;
};

// Reads the things to send in the order in which they stand on the command line, whatever their options'
// names.
void takeSources(OptionReader& reader, ConnectPlan& plan, const ConnectOptions& given, const CLI::App& verb) {
  auto text = given.texts.begin();
  auto hex = given.hexes.begin();
  auto file = given.files.begin();
  for (const CLI::Option* option : verb.parse_order()) {
    const std::string name = option->get_name();
    SendSource source;
    if (name == "--send" && text != given.texts.end()) {
      reader.take(source.bytes, name, unescape(*text++), "write a backslash as \\\\");
    } else if (name == "--send-hex" && hex != given.hexes.end()) {
      reader.take(source.bytes, name, parseHex(*hex++), "write two digits a byte, such as 68656c6c6f");
    } else if (name == "--send-file" && file != given.files.end()) {
      source.kind = SendSource::Kind::file;
      source.path = *file++;
    } else {
      continue;
    }
    plan.sources.push_back(std::move(source));
  }
  if (given.standardInput) plan.sources.push_back(SendSource::ofStandardInput());
}

// nullopt: a value is wrong, and has been told.
std::optional<ConnectPlan> makePlan(const ConnectOptions& given, const CLI::App& verb) {
  ConnectPlan plan;
  OptionReader reader(verb);
  reader.take(plan.spec.endpoint, "", Endpoint::parse(given.endpoint), kEndpointRemedy);
  if (reader.isWanted("--bind")) {
    reader.take(plan.spec.bind, "--bind", parseLocalEnd(given.bind, plan.spec.endpoint.transport),
                "write it as 127.0.0.1:0, or the path of a UNIX socket");
  }
  std::optional<std::chrono::nanoseconds> timeout;
  reader.takeSeconds(timeout, "--timeout", given.timeout);
  plan.spec.timeout = timeout.value_or(plan.spec.timeout);
  reader.takeSocketOptions(plan.spec.options, given.options);
  takeSources(reader, plan, given, verb);
  reader.takeNumber(plan.expectBytes, "--expect-bytes", given.expectBytes, 0);
  reader.takeReceiveBuffer(plan.spec.rules, plan.spec.endpoint.transport, given.run);
  reader.takeRun(plan.run, given.run);
  // The session's own side stays open until everything has been sent, whatever the peer does with its side.
  plan.spec.rules.stayHalfOpen = true;
  plan.halfClose = given.halfClose;
  if (!reader.isGood()) return std::nullopt;
  return plan;
}

Result<void> openFiles(std::vector<SendSource>& sources) {
  for (SendSource& source : sources) {
    if (source.kind != SendSource::Kind::file) continue;
    Result<SendSource> opened = SendSource::ofFile(source.path);
    if (!opened) return std::unexpected(opened.error());
    source = std::move(*opened);
  }
  return {};
}

// One connection, from the attempt to its end.
class Connection {
 public:
  Connection(SocketRun& run, ConnectPlan plan)
      : run_(run),
        spec_(std::move(plan.spec)),
        expectBytes_(plan.expectBytes),
        feeder_(run.engine(), run.backlog(), std::move(plan.sources), !isByteStream(spec_.endpoint.transport),
                plan.halfClose, [&run] { run.wake(); }) {}

  ~Connection() { run_.watch({}); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Answers the exit status.
  int carryOut() {
    run_.watch([this](const SessionSnapshot& session) { follow(session); });
    id_ = run_.engine().connect(spec_);
    if (run_.waitFor([this] { return isOver(); }) == SocketRun::Woken::over && connected_) finishSending();
    if (feeder_.isDone() && feeder_.isReadError()) run_.addError(*feeder_.error());
    return status();
  }

 private:
  void follow(const SessionSnapshot& session) {
    const bool isUp = session.state == SessionState::connected || session.state == SessionState::halfClosed;
    if (isUp && !std::exchange(connected_, true)) feeder_.start(id_);
    bytesIn_ = std::max(bytesIn_, session.bytesIn);
    failed_ = failed_ || session.state == SessionState::failed;
    closed_ = closed_ || !session.isOpen();
    peerEnded_ = peerEnded_ || (session.state == SessionState::halfClosed && session.by == Party::peer);
  }

  bool hasExpected() {
    if (const std::optional<SessionSnapshot> now = run_.engine().snapshot(id_)) {
      bytesIn_ = std::max(bytesIn_, now->bytesIn);
    }
    return bytesIn_ >= expectBytes_.value_or(0);
  }

  bool isOver() {
    if (failed_ || closed_ || peerEnded_) return true;
    return connected_ && expectBytes_ && hasExpected();
  }

  // What was given is still sent, and what is on its way taken by the kernel; --for and signals end that too.
  void finishSending() {
    feeder_.finishSoon();
    if (run_.waitFor([this] { return feeder_.isDone(); }) != SocketRun::Woken::over) return;
    run_.engine().close(id_);
    run_.waitFor([this] { return closed_; });
  }

  int status() {
    const bool sentAll = !feeder_.isDone() || !feeder_.error();
    return connected_ && !failed_ && hasExpected() && sentAll ? kDone : kSaidNo;
  }

  SocketRun& run_;
  ConnectSpec spec_;
  std::optional<std::uint64_t> expectBytes_;
  SessionId id_;
  std::uint64_t bytesIn_ = 0;
  bool connected_ = false;
  bool failed_ = false;
  bool closed_ = false;
  bool peerEnded_ = false;
  Feeder feeder_;
};

int runConnect(Context& context, const ConnectOptions& given, const CLI::App& verb) {
  std::optional<ConnectPlan> plan = makePlan(given, verb);
  if (!plan) return kWrongUsage;
  SocketRun run(context, plan->run);
  if (!run.isOutputOpen()) return run.finish(kSaidNo);
  if (const Result<void> opened = openFiles(plan->sources); !opened) {
    run.addError(opened.error());
    return run.finish(kSaidNo);
  }
  const int status = Connection(run, std::move(*plan)).carryOut();
  return run.finish(status);
}

}  // namespace

void addConnectVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<ConnectOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb = addVerb(app, context, "connect", "Connect to an endpoint, send, and print what happens",
                           [&context, given, self] { return runConnect(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "ENDPOINT", given->endpoint, kEndpointHelp)->required();
  addOption(*verb, "--bind", given->bind, "The local end: ADDRESS:PORT, or the path of a UNIX socket")
      ->type_name("ADDRESS");
  addOption(*verb, "--timeout", given->timeout, "Seconds for resolving and connecting (default 10)")
      ->type_name("SECONDS");
  addReceiveBufferOption(*verb, given->run);
  addSocketOptionOption(*verb, given->options);
  addRepeatable(*verb, "--send", given->texts,
                "Send text; \\n \\r \\t \\0 \\\\ \\xHH \\u{1F600} are understood");
  addRepeatable(*verb, "--send-hex", given->hexes, "Send bytes written in hexadecimal")->type_name("HEX");
  addRepeatable(*verb, "--send-file", given->files, "Send a file (datagrams: 65507 bytes each)")
      ->type_name("PATH");
  verb->add_flag("--stdin", given->standardInput, "Send standard input, last (datagrams: a line each)");
  verb->add_flag("--half-close", given->halfClose,
                 "Shut the sending side down when everything has been sent");
  addOption(*verb, "--expect-bytes", given->expectBytes, "End when so many bytes have arrived")
      ->type_name("N");
  addRunOptions(*verb, given->run);
}

}  // namespace sockbench::cli
