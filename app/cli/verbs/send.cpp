// send: messages with fields, lengths and checksums, once or as a plan says; or only what they would be.
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/send_options.h"
#include "app/cli/send_run.h"
#include "app/cli/socket_run.h"
#include "app/cli/verbs/verbs.h"
#include "core/payload/hex.h"
#include "core/payload/visible_text.h"

namespace sockbench::cli {
namespace {

constexpr std::uint64_t kMostPrinted = 1000;

std::string_view partName(ExpandedMessage::Part part) {
  using namespace std::string_view_literals;
  static constexpr std::array kNames{"field"sv, "ending"sv, "length"sv, "checksum"sv};
  return kNames.at(static_cast<std::size_t>(part));
}

void print(Context& context, const MessageSpec& spec, const ExpandedMessage& message) {
  if (!context.json) {
    constexpr std::size_t kMostShown = 4096;
    context.out.write(std::to_string(message.bytes.size()) + " bytes  " +
                      toHexSpaced(message.bytes, kMostShown) + "\n" + previewText(message.bytes, kMostShown) +
                      '\n');
    return;
  }
  Json spans = Json::array();
  for (const ExpandedMessage::Span& span : message.spans) {
    Json entry{{"offset", span.offset}, {"length", span.length}, {"part", partName(span.part)}};
    const bool isField = span.part == ExpandedMessage::Part::field;
    entry["source"] =
        isField ? Json(jsonText(spec.body.substr(span.source.offset, span.source.length))) : Json();
    spans.push_back(std::move(entry));
  }
  context.print(
      {{"length", message.bytes.size()}, {"hex", toHex(message.bytes)}, {"spans", std::move(spans)}});
}

int printMessages(Context& context, const SendJob& job) {
  const std::uint64_t count = std::clamp<std::uint64_t>(job.plan.count, 1, kMostPrinted);
  for (const Message& message : job.messages) {
    for (std::uint64_t i = 0; i < count; ++i) {
      FieldValues values;
      values.counter = i;
      values.seed = freshSeed();
      values.variables = job.variables.get();
      const auto expanded = message.expand(values);
      if (!expanded) return context.fail(expanded.error());
      print(context, message.spec(), *expanded);
    }
  }
  return kDone;
}

int runSend(Context& context, const SendOptions& given, const CLI::App& verb) {
  if (verb.count("ENDPOINT") == 0 && !given.print)
    return Context::wrongUsage("the endpoint is missing", kEndpointRemedy);
  RunSettings settings;
  std::optional<SendJob> job = readSendOptions(given, verb, settings);
  if (!job) return kWrongUsage;
  if (given.print) return printMessages(context, *job);
  SocketRun run(context, std::move(settings));
  if (!run.isOutputOpen()) return run.finish(kSaidNo);
  const int status = SendRun(run, *std::move(job)).carryOut();
  return run.finish(status);
}

}  // namespace

void addSendVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<SendOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb =
      addVerb(app, context, "send", "Send messages with fields, lengths and checksums, once or often",
              [&context, given, self] { return runSend(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "ENDPOINT", given->endpoint, kEndpointHelp);
  addSendOptions(*verb, *given);
}

}  // namespace sockbench::cli
