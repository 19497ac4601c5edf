#include "core/automation/answers/rule_book.h"

#include <algorithm>
#include <utility>

#include "core/automation/answers/heard.h"

namespace sockbench {
namespace {

using Kind = SessionStep::Kind;

Error wrong(std::string subject, std::string detail) {
  return Error::fromInput(InputFault::badSyntax, std::move(subject), std::nullopt, std::move(detail));
}

// One rule on its way to a ready one.
class RuleReader {
 public:
  RuleReader(const AnswerBook& book, ReadyRule& to) : book_(book), to_(to) {}

  std::optional<RuleFault> read() {
    if (auto error = readCondition()) return RuleFault{to_.index, std::nullopt, std::move(*error)};
    for (std::size_t i = 0; i < to_.rule.steps.size(); ++i) {
      const SessionStep& step = to_.rule.steps[i];
      auto error = step.kind == Kind::expect
                       ? std::optional(wrong(step.pattern.text,
                                             "a rule expects nothing by itself; let it run "
                                             "a sequence that does"))
                       : add(step, 0);
      if (error) return RuleFault{to_.index, i, std::move(*error)};
    }
    return std::nullopt;
  }

 private:
  std::optional<Error> readCondition() {
    const AnswerRule& rule = to_.rule;
    if (rule.when == AnswerRule::When::nth && rule.count == 0)
      return wrong("0", "receives are counted from 1");
    if (rule.when == AnswerRule::When::length && rule.least > rule.most)
      return wrong(std::to_string(rule.least), "the least length is above the most");
    if (rule.when == AnswerRule::When::silence && rule.time.count() <= 0)
      return wrong("0", "a silence lasts for some time");
    if (rule.when != AnswerRule::When::matches) return std::nullopt;
    auto pattern = compile(rule.pattern);
    if (!pattern) return pattern.error();
    if (pattern->literalLength().value_or(0) > Heard::kMostKept)
      return wrong(rule.pattern.text, "the pattern is too long: received bytes are kept for 16 KiB");
    to_.pattern = std::move(*pattern);
    return std::nullopt;
  }

  std::optional<Error> add(const SessionStep& step, int depth) {
    if (to_.steps.size() >= RuleBook::kMostSteps) return wrong(step.name, "it has more than 10,000 steps");
    if (step.kind == Kind::run) return addSequence(step.name, depth);
    ReadyStep ready{.kind = step.kind, .patternText = step.pattern.text, .time = step.time};
    if (step.kind == Kind::send) {
      auto message = Message::read(step.message);
      if (!message) return message.error();
      to_.sends = true;
      to_.usesGroups = to_.usesGroups || message->hasFields();
      ready.message = std::move(*message);
    }
    if (step.kind == Kind::expect) {
      auto pattern = compile(step.pattern);
      if (!pattern) return pattern.error();
      ready.pattern = std::move(*pattern);
    }
    to_.steps.push_back(std::move(ready));
    return std::nullopt;
  }

  std::optional<Error> addSequence(const std::string& name, int depth) {
    if (depth >= kDeepestSequence)
      return wrong(name, "sequences run each other more than " + std::to_string(kDeepestSequence) + " deep");
    const auto sequence = std::ranges::find(book_.sequences, name, &Sequence::name);
    if (sequence == book_.sequences.end()) return wrong(name, "there is no sequence of this name");
    for (const SessionStep& step : sequence->steps) {
      if (auto error = add(step, depth + 1)) return error;
    }
    return std::nullopt;
  }

  const AnswerBook& book_;
  ReadyRule& to_;
};

}  // namespace

std::shared_ptr<const RuleBook> RuleBook::read(AnswerBook book, const RuleBook* before) {
  auto made = std::make_shared<RuleBook>();
  made->book_ = std::move(book);
  std::vector<bool> taken(before != nullptr ? before->counts_.size() : 0);
  for (std::size_t i = 0; i < made->book_.rules.size(); ++i) {
    const AnswerRule& rule = made->book_.rules[i];
    auto count = std::make_shared<RuleCount>();
    for (std::size_t old = 0; old < taken.size(); ++old) {
      if (taken[old] || before->book_.rules[old].name != rule.name) continue;
      taken[old] = true;
      count = before->counts_[old];
      break;
    }
    made->counts_.push_back(count);
    ReadyRule ready{.index = i, .rule = rule, .count = std::move(count)};
    if (auto fault = RuleReader(made->book_, ready).read()) {
      made->faults_.push_back(std::move(*fault));
    } else if (rule.enabled) {
      made->looksForPatterns_ = made->looksForPatterns_ || ready.pattern.has_value();
      made->waitsForSilence_ = made->waitsForSilence_ || rule.when == AnswerRule::When::silence;
      made->rules_.push_back(std::move(ready));
    }
  }
  return made;
}

std::uint64_t RuleBook::hits(std::size_t rule) const {
  return rule < counts_.size() ? counts_[rule]->hits.load(std::memory_order_relaxed) : 0;
}

}  // namespace sockbench
