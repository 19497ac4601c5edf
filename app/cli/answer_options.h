// The options of `listen` that make sessions answer by themselves: rules of a file, ready answerers.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/run_options.h"

namespace sockbench::cli {

// As typed.
struct AnswerOptions {
  std::string rules;
  std::string delay;
  std::string http;
  std::string file;
  std::string rate;
};

void addAnswerOptions(CLI::App& verb, AnswerOptions& options);

// Puts the agents that are asked for into `to`. What is wrong is told by the reader.
void takeAnswers(OptionReader& reader, SessionRules& to, const AnswerOptions& options);

}  // namespace sockbench::cli
