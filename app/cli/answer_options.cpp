#include "app/cli/answer_options.h"

#include <memory>

#include "app/cli/command_line.h"
#include "core/automation/answerers/answerer.h"
#include "core/automation/answers/answer_desk.h"
#include "core/automation/rules_toml.h"
#include "core/base/regular_file.h"

namespace sockbench::cli {
namespace {

constexpr std::size_t kMostFile = std::size_t{1} << 20;
constexpr std::string_view kFileRemedy = "mend the file; it is TOML";

Result<AgentMaker> rulesOf(const std::string& path) {
  const auto text = readRegularFile(path, kMostFile);
  if (!text) return std::unexpected(text.error());
  auto book = readAnswerBook(asChars(*text), path);
  if (!book) return std::unexpected(book.error());
  const auto desk = AnswerDesk::make(std::move(*book));
  if (const auto& faults = desk->book()->faults(); !faults.empty())
    return std::unexpected(faults.front().error);
  return desk->maker();
}

Result<AgentMaker> httpOf(const std::string& path) {
  const auto text = readRegularFile(path, kMostFile);
  if (!text) return std::unexpected(text.error());
  AnswererSpec spec;
  spec.kind = AnswererSpec::Kind::http;
  auto answer = readHttpAnswer(asChars(*text), path);
  if (!answer) return std::unexpected(answer.error());
  spec.http = std::move(*answer);
  return makeAnswerer(spec);
}

}  // namespace

void addAnswerOptions(CLI::App& verb, AnswerOptions& options) {
  addOption(verb, "--answer", options.rules, "Answer by the rules of this file (TOML)")->type_name("FILE");
  addOption(verb, "--delay-echo", options.delay, "Send back what comes, after so long")->type_name("SECONDS");
  addOption(verb, "--http-answer", options.http,
            "Answer each HTTP request as this file says (TOML: status, reason, headers, body or file)")
      ->type_name("FILE");
  addOption(verb, "--serve-file", options.file, "Send this file to whoever connects, then close")
      ->type_name("PATH");
  addOption(verb, "--throttle", options.rate, "Read no more than this, so that the kernel slows the peer")
      ->type_name("BYTES_PER_SECOND");
}

void takeAnswers(OptionReader& reader, SessionRules& to, const AnswerOptions& options) {
  AgentMakers makers;
  const auto take = [&](std::string_view option, Result<AgentMaker> maker, std::string_view remedy) {
    reader.take(makers.emplace_back(), option, std::move(maker), remedy);
  };
  AnswererSpec spec;
  if (reader.isWanted("--answer")) take("--answer", rulesOf(options.rules), kFileRemedy);
  if (reader.isWanted("--delay-echo")) {
    std::optional<std::chrono::nanoseconds> delay;
    reader.takeSeconds(delay, "--delay-echo", options.delay);
    spec.kind = AnswererSpec::Kind::delayedEcho;
    spec.delay = delay.value_or(spec.delay);
    if (delay) take("--delay-echo", makeAnswerer(spec), "write it as 0.5");
  }
  if (reader.isWanted("--http-answer")) take("--http-answer", httpOf(options.http), kFileRemedy);
  if (reader.isWanted("--serve-file")) {
    spec.kind = AnswererSpec::Kind::file;
    spec.path = options.file;
    take("--serve-file", makeAnswerer(spec), "name a regular file that can be read");
  }
  if (reader.isWanted("--throttle")) {
    spec.kind = AnswererSpec::Kind::throttledSink;
    reader.takeNumber(spec.bytesPerSecond, "--throttle", options.rate, 1);
    if (reader.isGood()) take("--throttle", makeAnswerer(spec), "write it as 1024");
  }
  if (reader.isGood() && !makers.empty()) to.agents = std::make_shared<const AgentMakers>(std::move(makers));
}

}  // namespace sockbench::cli
