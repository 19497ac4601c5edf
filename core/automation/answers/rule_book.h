// RuleBook: an AnswerBook that has been read: its patterns and messages compiled, its sequences put in their
// places. Immutable but for its counts. Thread: any.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/answer_rule.h"
#include "core/base/error.h"

namespace sockbench {

// A step that can be done. `run` does not occur: the sequence's own steps stand there.
struct ReadyStep {
  SessionStep::Kind kind = SessionStep::Kind::send;
  std::optional<Message> message{};      // send
  std::optional<BytePattern> pattern{};  // expect
  std::string patternText;               // expect: as it was written
  std::chrono::nanoseconds time{0};
};

struct RuleCount {
  std::atomic<std::uint64_t> hits{0};
};

struct ReadyRule {
  std::size_t index = 0;  // in the book
  AnswerRule rule;
  std::optional<BytePattern> pattern{};  // matches
  std::vector<ReadyStep> steps{};
  bool sends = false;
  bool usesGroups = false;  // a message of it has fields
  std::shared_ptr<RuleCount> count;
};

// Why a rule cannot be run: it is left out until it is mended.
struct RuleFault {
  std::size_t rule = 0;
  std::optional<std::size_t> step;  // nullopt: its condition
  Error error;
};

class RuleBook {
 public:
  static constexpr std::size_t kMostSteps = 10'000;  // of a rule, with those of the sequences that it runs

  // Counts go on for rules that have a name of `before`, if there is one.
  static std::shared_ptr<const RuleBook> read(AnswerBook book, const RuleBook* before = nullptr);

  const AnswerBook& book() const { return book_; }
  const std::vector<ReadyRule>& rules() const { return rules_; }  // those that are on and without a fault
  const std::vector<RuleFault>& faults() const { return faults_; }
  std::uint64_t hits(std::size_t rule) const;  // of the book's rule, one that is off too
  bool looksForPatterns() const { return looksForPatterns_; }
  bool waitsForSilence() const { return waitsForSilence_; }

 private:
  AnswerBook book_;
  std::vector<ReadyRule> rules_;
  std::vector<RuleFault> faults_;
  std::vector<std::shared_ptr<RuleCount>> counts_;
  bool looksForPatterns_ = false;
  bool waitsForSilence_ = false;
};

}  // namespace sockbench
