#include "core/automation/rules_toml.h"

#include "core/automation/pattern_toml.h"
#include "core/automation/sequence/steps_toml.h"
#include "core/base/duration_text.h"

namespace sockbench {
namespace {

using When = AnswerRule::When;

constexpr std::pair<std::string_view, When> kWords[] = {
    {"any", When::any}, {"connected", When::connected}, {"peer-closed", When::peerClosed}};

TomlValue lengthToToml(const AnswerRule& rule) {
  const auto least = static_cast<std::int64_t>(rule.least);
  if (rule.least == rule.most) return least;
  TomlArray both{TomlValue(least)};
  if (rule.most != SIZE_MAX) both.emplace_back(static_cast<std::int64_t>(rule.most));
  return both;
}

TomlValue whenToToml(const AnswerRule& rule) {
  for (const auto& [word, when] : kWords) {
    if (when == rule.when) return TomlValue(word);
  }
  if (rule.when == When::matches) return toTomlTable(rule.pattern);
  TomlTable table;
  table.setInline(true);
  if (rule.when == When::length) table.set("length", lengthToToml(rule));
  if (rule.when == When::nth) table.set("nth", static_cast<std::int64_t>(rule.count));
  if (rule.when == When::nth && rule.every) table.set("every", true);
  if (rule.when == When::silence) table.set("silence", durationText(rule.time));
  return table;
}

void readLength(TomlReader& in, AnswerRule& rule) {
  const TomlValue* value = in.value("length");
  if (!std::holds_alternative<TomlArray>(value->data)) {
    rule.least = in.integer<std::size_t>("length", 0);
    rule.most = rule.least;
    return;
  }
  std::vector<std::int64_t> bounds;
  for (const TomlValue& one : std::get<TomlArray>(value->data)) {
    const auto* number = std::get_if<std::int64_t>(&one.data);
    bounds.push_back(number != nullptr ? *number : -1);
  }
  const bool good =
      (bounds.size() == 1 || bounds.size() == 2) && bounds.front() >= 0 && bounds.back() >= bounds.front();
  if (!good) return in.fail("length", "it is a number of bytes, [LEAST] or [LEAST, MOST]");
  rule.least = static_cast<std::size_t>(bounds.front());
  rule.most = bounds.size() == 2 ? static_cast<std::size_t>(bounds.back()) : SIZE_MAX;
}

void readCondition(TomlReader& in, AnswerRule& rule) {
  if (in.has("length")) {
    rule.when = When::length;
    readLength(in, rule);
  } else if (in.has("nth")) {
    rule.when = When::nth;
    rule.count = in.integer<std::uint64_t>("nth", 1, 1);
    rule.every = in.flag("every", false);
  } else if (in.has("silence")) {
    rule.when = When::silence;
    rule.time = in.requiredDuration("silence");
  } else {
    rule.when = When::matches;
    rule.pattern = patternIn(in);
  }
}

}  // namespace

TomlTable toToml(const AnswerRule& rule) {
  TomlTable table;
  table.set("name", rule.name);
  if (!rule.enabled) table.set("enabled", false);
  table.set("when", whenToToml(rule));
  table.set("then", toToml(rule.steps));
  if (rule.last) table.set("last", true);
  return table;
}

TomlTable toToml(const AnswerBook& book) {
  TomlTable table;
  table.set("most-per-second", static_cast<std::int64_t>(book.mostPerSecond));
  table.set("most-pauses", static_cast<std::int64_t>(book.mostPauses));
  TomlArray rules;
  for (const AnswerRule& rule : book.rules) rules.emplace_back(toToml(rule));
  if (!rules.empty()) table.set("rule", std::move(rules));
  TomlArray sequences;
  for (const Sequence& sequence : book.sequences) sequences.emplace_back(toToml(sequence));
  if (!sequences.empty()) table.set("sequence", std::move(sequences));
  return table;
}

AnswerRule ruleIn(TomlReader& in) {
  AnswerRule rule;
  rule.name = in.text("name", "");
  rule.enabled = in.flag("enabled", true);
  rule.last = in.flag("last", false);
  const TomlValue* when = in.value("when");
  if (when != nullptr && std::holds_alternative<TomlTable>(when->data)) {
    in.table("when", [&](TomlReader& table) { readCondition(table, rule); });
  } else {
    rule.when = in.requiredWord<When>("when", {{kWords[0].first, kWords[0].second},
                                               {kWords[1].first, kWords[1].second},
                                               {kWords[2].first, kWords[2].second}});
  }
  rule.steps = stepsAt(in, "then");
  for (const SessionStep& step : rule.steps) {
    if (step.kind == SessionStep::Kind::expect)
      in.fail("then", "a rule expects nothing by itself; let it run a sequence that does");
  }
  return rule;
}

AnswerBook bookIn(TomlReader& in) {
  AnswerBook book;
  book.mostPerSecond = in.integer("most-per-second", book.mostPerSecond);
  book.mostPauses = in.integer("most-pauses", book.mostPauses);
  in.eachTable("rule", [&](TomlReader& one) { book.rules.push_back(ruleIn(one)); });
  in.eachTable("sequence", [&](TomlReader& one) { book.sequences.push_back(sequenceIn(one)); });
  if (const auto fault = faultOf(book.sequences)) in.fail("sequence", *fault);
  return book;
}

Result<AnswerBook> readAnswerBook(std::string_view text, const std::string& subject) {
  const auto table = readToml(text, subject);
  if (!table) return std::unexpected(table.error());
  TomlReader in(*table, subject, UnknownKeys::refused);
  AnswerBook book = bookIn(in);
  return in.finish(std::move(book));
}

}  // namespace sockbench
