// The options of `send`, and what they ask for.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/run_options.h"
#include "app/cli/send_run.h"

namespace sockbench::cli {

// As typed.
struct SendOptions {
  std::string endpoint;
  std::string timeout;
  std::vector<std::string> options;
  std::vector<std::string> texts;
  std::vector<std::string> hexes;
  std::vector<std::string> base64s;
  std::vector<std::string> files;
  std::string encoding;
  std::string ending;
  std::vector<std::string> lengths;
  std::vector<std::string> checksums;
  std::string count;
  std::string interval;
  std::string jitter;
  std::string rate;
  std::string piece;
  std::vector<std::string> variables;
  std::string expect;
  std::string expectHex;
  std::string expectRegex;
  std::string within;
  bool print = false;
  RunOptions run;
};

void addSendOptions(CLI::App& verb, SendOptions& given);

// nullopt: a value is wrong, or something is missing, and has been told on standard error.
std::optional<SendJob> readSendOptions(const SendOptions& given, const CLI::App& verb, RunSettings& run);

}  // namespace sockbench::cli
