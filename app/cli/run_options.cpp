#include "app/cli/run_options.h"

#include <algorithm>

#include "app/cli/command_line.h"

namespace sockbench::cli {
namespace {

Error wrongValue(std::string_view text, std::string detail) {
  return Error::fromInput(InputFault::badOptionValue, std::string(text), std::nullopt, std::move(detail));
}

// The kernel keeps the double in an int.
constexpr std::uint64_t kMostReceiveBuffer = 0x3FFFFFFF;

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
  addOption(verb, "--capture", options.capture,
            "Write every record to this pcapng file as it comes, for Wireshark and for `show`; - is standard "
            "output, and the records then go to standard error")
      ->type_name("FILE");
  addOption(verb, "--filter", options.filter,
            "Print and capture only records for which this holds, such as 'kind == in and len > 100'")
      ->type_name("EXPR");
}

void addReceiveBufferOption(CLI::App& verb, RunOptions& options) {
  addOption(verb, "--receive-buffer", options.receiveBuffer,
            "Datagrams that may wait to be read, in bytes with the kernel's own (UDP; default 8 MiB)")
      ->type_name("BYTES");
}

void addSocketOptionOption(CLI::App& verb, std::vector<std::string>& options) {
  addRepeatable(verb, "--option", options, "Set a socket option: NAME=VALUE, such as TCP_NODELAY=1")
      ->type_name("NAME=VALUE");
}

Result<PayloadForm> parsePayloadForm(std::string_view text) {
  if (text == "hex") return PayloadForm::hex;
  if (text == "text") return PayloadForm::text;
  if (text == "none") return PayloadForm::none;
  return std::unexpected(wrongValue(text, "there is no such form of payload"));
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

void OptionReader::takeReceiveBuffer(SessionRules& to, Transport transport, const RunOptions& options) {
  constexpr std::string_view kOption = "--receive-buffer";
  if (!isWanted(kOption)) return;
  if (transport != Transport::udp)
    return fail(kOption, wrongValue(options.receiveBuffer, "only a udp:// endpoint has it"),
                "for another one, use --option SO_RCVBUF=BYTES");
  takeNumber(to.datagramReceiveBuffer, kOption, options.receiveBuffer, 1, kMostReceiveBuffer);
}

void OptionReader::takePeerIdle(SessionRules& to, Transport transport, std::string_view text) {
  constexpr std::string_view kOption = "--peer-idle";
  if (!isWanted(kOption)) return;
  if (!isDatagramTransport(transport))
    return fail(kOption, wrongValue(text, "only datagrams have peers that may be idle"),
                "leave it out, or listen on udp:// or unix-dgram:");
  const auto seconds = parseSeconds(text);
  if (seconds) {
    to.peerIdle =
        std::max(std::chrono::ceil<std::chrono::milliseconds>(*seconds), std::chrono::milliseconds(1));
  } else if (parseNumber(text, 0, 0)) {
    to.peerIdle = std::chrono::milliseconds(0);
  } else {
    fail(kOption, wrongValue(text, "not a number of seconds from 0 (never) to below 1e9"), "write it as 300");
  }
}

void OptionReader::takeRun(RunSettings& to, const RunOptions& options) {
  takeSeconds(to.limit, "--for", options.limit);
  if (isWanted("--payload")) {
    take(to.payload, "--payload", parsePayloadForm(options.payload), "choose hex, text or none");
  }
  if (isWanted("--output")) to.outputPath = options.output;
  if (isWanted("--capture")) to.capturePath = options.capture;
  if (isWanted("--filter")) {
    take(to.filter, "--filter", Filter::parse(options.filter), "write it as 'kind == in and len > 100'");
  }
  if (isGood() && to.capturePath == "-" && to.outputPath == "-")
    fail("--capture", wrongValue("-", "--output has standard output already"), "name a file for one of them");
}

}  // namespace sockbench::cli
