// The options that `listen` and `connect` share, and the reading of their values.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/input_error.h"
#include "app/cli/socket_run.h"
#include "core/engine/session_spec.h"

namespace sockbench::cli {

inline constexpr const char* kEndpointHelp =
    "tcp://HOST:PORT, udp://HOST:PORT, unix:PATH, unix-dgram:PATH or unix-seqpacket:PATH";
inline constexpr std::string_view kEndpointRemedy =
    "write it as tcp://127.0.0.1:9000, udp://[::1]:9000 or unix:/tmp/s";

// As typed.
struct RunOptions {
  std::string limit;
  std::string payload;
  std::string output;
  std::string capture;
  std::string filter;
  std::string receiveBuffer;
};

void addRunOptions(CLI::App& verb, RunOptions& options);
void addReceiveBufferOption(CLI::App& verb, RunOptions& options);
void addSocketOptionOption(CLI::App& verb, std::vector<std::string>& options);

Result<Responder> parseResponder(std::string_view name);
Result<PayloadForm> parsePayloadForm(std::string_view text);

// Reads values one after another; the first wrong one is told on standard error, later ones are not looked
// at. An option that was not given leaves its target as it is.
class OptionReader {
 public:
  explicit OptionReader(const CLI::App& verb) : verb_(verb) {}

  bool isGood() const { return good_; }

  template <class To, class From>
  void take(To& to, std::string_view option, Result<From> value, std::string_view remedy) {
    if (!good_) return;
    if (value) {
      to = std::move(*value);
    } else {
      fail(option, value.error(), remedy);
    }
  }

  template <class To>
  void takeNumber(To& to, std::string_view option, std::string_view text, std::uint64_t least,
                  std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
    if (!isWanted(option)) return;
    const Result<std::uint64_t> number = parseNumber(text, least, most);
    if (number) {
      to = static_cast<To>(*number);
    } else {
      fail(option, number.error(), "see --help");
    }
  }

  void takeSeconds(std::optional<std::chrono::nanoseconds>& to, std::string_view option,
                   std::string_view text);
  void takeSocketOptions(std::vector<OptionSetting>& to, const std::vector<std::string>& texts);
  void takeRun(RunSettings& to, const RunOptions& options);
  // --receive-buffer, which is for UDP.
  void takeReceiveBuffer(SessionRules& to, Transport transport, const RunOptions& options);
  // --peer-idle, which is for datagrams: seconds, 0 for never.
  void takePeerIdle(SessionRules& to, Transport transport, std::string_view text);
  // Given, and nothing was wrong so far.
  bool isWanted(std::string_view option) const { return good_ && verb_.count(std::string(option)) > 0; }

 private:
  void fail(std::string_view option, const Error& error, std::string_view remedy);
  const CLI::App& verb_;
  bool good_ = true;
};

}  // namespace sockbench::cli
