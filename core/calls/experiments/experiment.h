// Experiments: ready sequences of calls, each with a sentence of what to look for and, when it has run, with
// what really happened on this machine. Loopback only, bounded in time, and nothing is left behind.
// Thread: any.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/calls/call_outcome.h"
#include "core/calls/script/call_script.h"

namespace sockbench {

// A line of an experiment that was carried out. One that could not even begin, because a variable of it was
// never set, has the fault `type` with the reason.
struct ExperimentStep {
  CallLine line;
  CallOutcome outcome;
};

enum class ExperimentVerdict : std::uint8_t {
  asExpected,   // what `lookFor` says is what was seen
  otherwise,    // it ran, and something else was seen: the sentences say what
  notPossible,  // a right, the kernel or an address family is missing: the sentence says which
};
std::string_view experimentVerdictName(
    ExperimentVerdict verdict);  // "as-expected", "otherwise", "not-possible"

struct ExperimentConclusion {
  ExperimentVerdict verdict = ExperimentVerdict::otherwise;
  std::vector<std::string> sentences;  // English, from the results alone
};

class ExperimentFacts;  // experiment_facts.h
class ConclusionWriter;

struct Experiment {
  std::string_view id;       // "half-close"
  std::string_view title;    // "Half-close"
  std::string_view lookFor;  // one or two sentences
  std::string_view script;   // the notation of call_script.h, with comments
  std::string_view needs;    // "CAP_NET_RAW", "IPv6"; empty: nothing but loopback
  // Variables whose call may fail without ending the experiment: its failure is what is looked at.
  std::span<const std::string_view> mayFail;
  void (*conclude)(const ExperimentFacts& facts, ConclusionWriter& writer);
};

// All of them, in the order of a lesson. findExperiment: nullptr for an unknown id.
std::span<const Experiment> experiments();
const Experiment* findExperiment(std::string_view id);

// What the steps say. A step that failed and was not to fail makes it notPossible, with its line, its errno
// and what would be needed. Steps that are missing (the run was interrupted) make it `otherwise`.
ExperimentConclusion concludeExperiment(const Experiment& experiment, std::span<const ExperimentStep> steps);

}  // namespace sockbench
