#include "app/cli/run_options.h"

#include "app/cli/command_line.h"

namespace sockbench::cli {
namespace {

Error wrongValue(std::string_view text, std::string detail) {
  return Error::fromInput(InputFault::badOptionValue, std::string(text), std::nullopt, std::move(detail));
}

Result<PayloadForm> parsePayloadForm(std::string_view text) {
  if (text == "hex") return PayloadForm::hex;
  if (text == "text") return PayloadForm::text;
  if (text == "none") return PayloadForm::none;
  return std::unexpected(wrongValue(text, "there is no such form of payload"));
}

}  // namespace

void addRunOptions(CLI::App& verb, RunOptions& options) {
  addOption(verb, "--for", options.limit, "End after so many seconds")->type_name("SECONDS");
  addOption(verb, "--payload", options.payload,
            "Show payload as: hex, text, none (default: hex in JSON, else text)")
      ->type_name("FORM");
  addOption(
      verb, "--output", options.output,
      "Write the received bytes, as they are, to this file; - is standard output, and the records then go to "
      "standard error")
      ->type_name("FILE");
}

void addSocketOptionOption(CLI::App& verb, std::vector<std::string>& options) {
  addRepeatable(verb, "--option", options, "Set a socket option: NAME=VALUE, such as TCP_NODELAY=1")
      ->type_name("NAME=VALUE");
}

Result<Responder> parseResponder(std::string_view name) {
  if (const std::optional<Responder> responder = findResponder(name)) return *responder;
  return std::unexpected(wrongValue(name, "there is no such responder"));
}

void OptionReader::fail(std::string_view option, const Error& error, std::string_view remedy) {
  wrongInput(option, error, remedy);
  good_ = false;
}

void OptionReader::takeSeconds(std::optional<std::chrono::nanoseconds>& to, std::string_view option,
                               std::string_view text) {
  if (!isWanted(option)) return;
  to = parseSeconds(text);
  if (!to) fail(option, wrongValue(text, "not a number of seconds above 0 and below 1e9"), "write it as 2.5");
}

void OptionReader::takeSocketOptions(std::vector<OptionSetting>& to, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    OptionSetting setting;
    take(setting, "--option", OptionSetting::parse(text), "write it as TCP_NODELAY=1");
    to.push_back(std::move(setting));
  }
}

void OptionReader::takeRun(RunSettings& to, const RunOptions& options) {
  takeSeconds(to.limit, "--for", options.limit);
  if (isWanted("--payload")) {
    take(to.payload, "--payload", parsePayloadForm(options.payload), "choose hex, text or none");
  }
  if (isWanted("--output")) to.outputPath = options.output;
}

}  // namespace sockbench::cli
