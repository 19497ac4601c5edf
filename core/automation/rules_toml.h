// An AnswerBook in TOML.
//
//   most-per-second = 200
//   most-pauses = 5
//   [[rule]]
//   name = "login"
//   when = { regex = 'USER (\w+)\r\n' }      # or a text; see below
//   then = [{ send = '331 {{1}}, your password\r\n' }, { wait = "10ms" }]
//   enabled = false                           # left out: true
//   last = true                               # left out: false
//   [[sequence]]
//   ...                                       # sequence/steps_toml.h
//
// `when` is a table: a pattern (text, hex or regex), `length = [4, 8]`, `[4]` (4 or more) or `4`, `nth = 3`
// with `every = true` for each third, `silence = "2s"`; or one of the words "any", "connected" and
// "peer-closed" as text. Thread: any.
#pragma once

#include "core/automation/answer_rule.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

TomlTable toToml(const AnswerRule& rule);
TomlTable toToml(const AnswerBook& book);

AnswerRule ruleIn(TomlReader& in);
AnswerBook bookIn(TomlReader& in);  // also tells what faultOf() says of its sequences

// A whole document. Errors: those of readToml(), badSyntax with the place for what is wrong in it.
Result<AnswerBook> readAnswerBook(std::string_view text, const std::string& subject);

}  // namespace sockbench
