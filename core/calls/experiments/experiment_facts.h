// What the steps of an experiment say, asked for by the variables that its script sets, and the sentences
// that are made of it. Used by the experiments alone. Thread: any.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/calls/experiments/experiment.h"

namespace sockbench {

class ExperimentFacts {
 public:
  explicit ExperimentFacts(std::span<const ExperimentStep> steps) : steps_(steps) {}

  // Of the last call that sets `variable`; of "conn, addr = ..." each has its own part of the value.
  bool done(std::string_view variable) const;        // it has ended without an error
  CallValue value(std::string_view variable) const;  // None where there is none
  Bytes bytes(std::string_view variable) const;      // empty where it is no bytes
  std::int64_t number(std::string_view variable, std::int64_t otherwise = -1) const;
  std::string symbol(std::string_view variable) const;  // "ECONNRESET", "timed out"; empty: no error
  std::chrono::nanoseconds duration(std::string_view variable) const;

  // The item of a tuple or list, of a number: getsockname's port is item("name", 1). -1: none.
  std::int64_t item(std::string_view variable, std::size_t index) const;

  // "b'abc'", "('127.0.0.1', 80)", or the error: "ECONNRESET (Connection reset by peer)".
  std::string shown(std::string_view variable) const;

  // Of bytes that getsockopt(IPPROTO_TCP, TCP_INFO, ...) gave: "ESTABLISHED"; empty: none.
  std::string tcpState(std::string_view variable) const;
  std::optional<std::uint32_t> tcpUnacked(
      std::string_view variable) const;  // a listener's waiting connections
  std::optional<std::uint32_t> tcpDataSegmentsOut(std::string_view variable) const;

 private:
  struct Found {
    const CallOutcome* outcome = nullptr;
    std::optional<std::size_t> part;  // which target of several
  };
  Found find(std::string_view variable) const;
  std::optional<std::uint32_t> tcpNumber(std::string_view variable, std::size_t offset) const;

  std::span<const ExperimentStep> steps_;
};

// Sentences, and whether all that was to be seen was seen.
class ConclusionWriter {
 public:
  void say(std::string sentence) { conclusion_.sentences.push_back(std::move(sentence)); }
  // `held`: it went as a reader of the experiment expects; the sentence tells what happened either way.
  void say(bool held, std::string sentence) {
    held_ = held_ && held;
    say(std::move(sentence));
  }
  ExperimentConclusion finish() {
    conclusion_.verdict = held_ ? ExperimentVerdict::asExpected : ExperimentVerdict::otherwise;
    return std::move(conclusion_);
  }

 private:
  ExperimentConclusion conclusion_;
  bool held_ = true;
};

// "0.12 ms", "1.03 s".
std::string shownDuration(std::chrono::nanoseconds duration);
// `bytes` as Python writes them: b'abc'.
std::string bytesText(const Bytes& bytes);

// The parts of experiments().
std::span<const Experiment> connectionExperiments();
std::span<const Experiment> endingExperiments();
std::span<const Experiment> streamExperiments();
std::span<const Experiment> datagramExperiments();
std::span<const Experiment> unixExperiments();
std::span<const Experiment> rawExperiments();

}  // namespace sockbench
