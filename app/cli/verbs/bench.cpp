#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <thread>
#include <utility>

#include "app/cli/bench_report.h"
#include "app/cli/command_line.h"
#include "app/cli/input_error.h"
#include "app/cli/json_output.h"
#include "app/cli/run_options.h"
#include "app/cli/stop_signals.h"
#include "app/cli/verbs/verbs.h"
#include "core/base/regular_file.h"
#include "core/engine/engine.h"

namespace sockbench::cli {
namespace {

struct BenchOptions {
  std::string endpoint;
  std::string clients;
  std::string rate;
  std::string limit;
  std::string size;
  std::string openRate;
  std::string connecting;
  std::string message;
  std::string hex;
  std::string expect = "echo";
  std::string columns;
  std::string lifetime;
  std::string messages;
  std::string answerLimit;
  std::string timeout;
  std::vector<std::string> options;
};

constexpr std::chrono::seconds kUsualDuration{10};
constexpr std::size_t kUsualSize = 64;
constexpr std::uint64_t kMostSize = std::uint64_t{1} << 20;
constexpr std::size_t kMostColumnBytes = std::size_t{64} << 20;
constexpr std::chrono::milliseconds kLook{100};  // at the engine's news, which nobody reads
constexpr std::chrono::milliseconds kClosingLook{10};
constexpr std::chrono::seconds kCloseLimit{5};
constexpr std::string_view kRegex = "regex:";

Error wrongValue(std::string_view text, std::string detail) {
  return Error::fromInput(InputFault::badOptionValue, std::string(text), std::nullopt, std::move(detail));
}

// Per second; "0" is 0.
Result<double> parseRate(std::string_view text) {
  if (parseNumber(text, 0, 0)) return 0.0;
  const auto rate = parseSeconds(text);
  if (!rate) return std::unexpected(wrongValue(text, "not a number from 0 to below 1e9"));
  return std::chrono::duration<double>(*rate).count();
}

Result<AnswerCheck> parseExpect(std::string_view text) {
  AnswerCheck check;
  if (text == "echo") return check;
  if (text == "next") return check.how = AnswerCheck::How::next, check;
  if (text == "none") return check.how = AnswerCheck::How::none, check;
  if (!text.starts_with(kRegex)) return std::unexpected(wrongValue(text, "there is no such kind of answer"));
  auto pattern = BytePattern::fromRegex(text.substr(kRegex.size()));
  if (!pattern) return std::unexpected(std::move(pattern.error()));
  check.how = AnswerCheck::How::pattern;
  check.pattern = std::move(*pattern);
  return check;
}

// Printable, and never the same byte twice in a row.
std::string ownMessage(std::size_t size) {
  std::string text(size, ' ');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 26);
  return text;
}

void takeMessage(OptionReader& reader, SwarmSpec& spec, const BenchOptions& given) {
  std::size_t size = kUsualSize;
  reader.takeNumber(size, "--size", given.size, 1, kMostSize);
  spec.message.emplace().body = ownMessage(size);
  if (reader.isWanted("--message")) spec.message->body = given.message;
  if (reader.isWanted("--hex")) {
    spec.message->form = MessageForm::hex;
    spec.message->body = given.hex;
  }
  const std::string_view option = reader.isWanted("--hex") ? "--hex" : "--message";
  if (!reader.isGood()) return;
  if (const auto message = Message::read(*spec.message); !message)
    reader.take(spec.message, option, Result<MessageSpec>(std::unexpected(message.error())), "see --help");
}

void takeColumns(OptionReader& reader, SwarmSpec& spec, const BenchOptions& given) {
  if (!reader.isWanted("--columns")) return;
  const auto text = readRegularFile(given.columns, kMostColumnBytes);
  if (!text) {
    reader.take(spec.columns, "--columns", Result<ClientColumns>(std::unexpected(text.error())),
                "name a CSV file");
    return;
  }
  reader.take(spec.columns, "--columns", ClientColumns::fromCsv(asChars(*text)),
              "the first line names the columns, and each further one has as many cells");
}

void takeTimes(OptionReader& reader, SwarmSpec& spec, const BenchOptions& given) {
  double rate = 0;
  if (reader.isWanted("--rate"))
    reader.take(rate, "--rate", parseRate(given.rate),
                "write it as 100 or 0.5; 0 is as fast as answers come");
  if (rate > 0) spec.interval = std::chrono::nanoseconds(std::max<std::int64_t>(1, std::llround(1e9 / rate)));
  if (reader.isWanted("--open-rate"))
    reader.take(spec.opensPerSecond, "--open-rate", parseRate(given.openRate),
                "write it as 100; 0 is at once");
  reader.takeSeconds(spec.duration, "--for", given.limit);
  reader.takeSeconds(spec.lifetime, "--lifetime", given.lifetime);
  std::optional<std::chrono::nanoseconds> time;
  reader.takeSeconds(time, "--answer-limit", given.answerLimit);
  spec.answerLimit = time.value_or(spec.answerLimit);
  time.reset();
  reader.takeSeconds(time, "--timeout", given.timeout);
  spec.connect.timeout = time.value_or(spec.connect.timeout);
}

// nullopt: a value is wrong, and has been told.
std::optional<SwarmSpec> makePlan(const BenchOptions& given, const CLI::App& verb) {
  SwarmSpec spec;
  spec.duration = kUsualDuration;
  OptionReader reader(verb);
  reader.take(spec.connect.endpoint, "", Endpoint::parse(given.endpoint), kEndpointRemedy);
  reader.takeNumber(spec.clients, "--clients", given.clients, 1, SwarmSpec::kMostClients);
  reader.takeNumber(spec.mostConnecting, "--connecting", given.connecting, 1);
  reader.takeNumber(spec.messages, "--messages", given.messages, 1);
  takeTimes(reader, spec, given);
  takeMessage(reader, spec, given);
  reader.take(spec.answer, "--expect", parseExpect(given.expect), "choose echo, next, none or regex:PATTERN");
  takeColumns(reader, spec, given);
  reader.takeSocketOptions(spec.connect.options, given.options);
  if (!reader.isGood()) return std::nullopt;
  return spec;
}

EngineSettings engineSettings() {
  EngineSettings settings;
  settings.log.budgetBytes = std::size_t{32} << 20;  // nobody reads it
  return settings;
}

// Until each client has ended, or some time after a signal. True: a signal has come.
bool waitForEnd(Engine& engine, ClientSwarm& swarm, StopSignals& stop) {
  using Clock = std::chrono::steady_clock;
  std::optional<Clock::time_point> limit;
  while (!swarm.isOver() && (!limit || Clock::now() < *limit)) {
    engine.events().drain();
    if (limit) {  // wait() would answer at once from now on
      std::this_thread::sleep_for(kClosingLook);
      continue;
    }
    const auto woken = stop.wait(Clock::now() + kLook);
    if (woken != StopSignals::Woken::signalled && woken != StopSignals::Woken::readerGone) continue;
    limit = Clock::now() + kCloseLimit;
    swarm.stop();
  }
  return limit.has_value();
}

// Why it did not go well, or nothing.
std::string complaint(const ClientSwarm& swarm, const SwarmTotals& totals) {
  if (totals.sent == 0 && totals.refused > 0)
    return "no message was sent: " + std::to_string(totals.refused) + " were refused";
  if (totals.sent > 0 && totals.answered == 0 && swarm.spec().answer.how != AnswerCheck::How::none)
    return "no message was answered";
  if (totals.in(SwarmState::failed) == 0) return {};
  return std::to_string(totals.in(SwarmState::failed)) + " of " + std::to_string(swarm.spec().clients) +
         " clients failed";
}

int report(Context& context, const ClientSwarm& swarm, bool stopped) {
  if (context.json)
    context.print(benchJson(swarm));
  else
    context.out.write(benchText(swarm));
  if (stopped) return kDone;
  const std::string problem = complaint(swarm, swarm.board().totals());
  if (problem.empty()) return kDone;
  if (!context.json) Output(STDERR_FILENO).write("sockbench-cli: " + problem + "\n");
  return kSaidNo;
}

int runBench(Context& context, const BenchOptions& given, const CLI::App& verb) {
  const std::optional<SwarmSpec> spec = makePlan(given, verb);
  if (!spec) return kWrongUsage;
  StopSignals stop;
  stop.watchReader(STDOUT_FILENO);
  Engine engine(engineSettings());
  auto swarm = ClientSwarm::start(engine, *spec, [&stop] { stop.notify(); });
  if (!swarm && swarm.error().domain == ErrorDomain::input)
    return wrongInput(verb.count("--hex") > 0 ? "--hex" : "--message", swarm.error(), "see --help");
  if (!swarm) return context.fail(swarm.error());
  const bool stopped = waitForEnd(engine, **swarm, stop);
  return report(context, **swarm, stopped);
}

}  // namespace

void addBenchVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<BenchOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb =
      addVerb(app, context, "bench", "Many clients of one endpoint: how long connecting and answers take",
              [&context, given, self] { return runBench(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "ENDPOINT", given->endpoint, kEndpointHelp)->required();
  addOption(*verb, "--clients", given->clients, "Clients at once (default 1)")->type_name("N");
  addOption(
      *verb, "--rate", given->rate,
      "Messages a second and client, each at its time whether answers have come or not; how long an answer "
      "took is then counted from that time, so that a peer that stalls is not measured more seldom for it "
      "(coordinated omission). 0: the next as soon as the one before is answered (default)")
      ->type_name("R");
  addOption(*verb, "--for", given->limit, "End after so many seconds (default 10)")->type_name("SECONDS");
  addOption(*verb, "--size", given->size, "Bytes of the message (default 64)")->type_name("BYTES");
  addOption(*verb, "--message", given->message,
            "The message instead: text with escapes and fields, such as 'GET {{client}}\\r\\n'")
      ->type_name("TEXT");
  addOption(*verb, "--hex", given->hex, "The message instead: hexadecimal bytes, with fields")
      ->type_name("HEX")
      ->excludes("--message");
  addOption(
      *verb, "--expect", given->expect,
      "What answers a message: echo (as many bytes as were sent; default), next (whatever is received next), "
      "regex:PATTERN, none")
      ->type_name("ANSWER");
  addOption(*verb, "--answer-limit", given->answerLimit,
            "Give a message up that is not answered for so long (default 10)")
      ->type_name("SECONDS");
  addOption(*verb, "--open-rate", given->openRate, "Clients opened a second; 0: at once (default)")
      ->type_name("R");
  addOption(*verb, "--connecting", given->connecting,
            "Clients that may be connecting at a time (default 100)")
      ->type_name("N");
  addOption(*verb, "--timeout", given->timeout, "Give a connection up after so long (default 10)")
      ->type_name("SECONDS");
  addOption(*verb, "--lifetime", given->lifetime, "Close each client after so long")->type_name("SECONDS");
  addOption(*verb, "--messages", given->messages, "Close each client after so many messages")->type_name("N");
  addOption(*verb, "--columns", given->columns,
            "Fields for the message from a CSV file: its first line names them, line n is client n's")
      ->type_name("FILE");
  addSocketOptionOption(*verb, given->options);
}

}  // namespace sockbench::cli
