// The grammar over the tokens of one line. Thread: any.
#pragma once

#include <vector>

#include "core/calls/script/call_script.h"
#include "core/calls/script/script_fault.h"
#include "core/calls/script/script_tokens.h"

namespace sockbench {

class ScriptParser {
 public:
  explicit ScriptParser(const std::vector<ScriptToken>& tokens) : tokens_(tokens) {}

  ScriptRead<CallLine> line();
  ScriptRead<CallExpression> onlyExpression();

 private:
  using Done = ScriptRead<void>;

  Done import();
  Done targets(CallLine& line, std::size_t end);
  Done rightSide(CallLine& line);
  bool beginsCall() const;
  Done call(CallLine& line);
  Done callName(CallLine& line);
  Done arguments(CallLine& line);
  Done argument(CallLine& line);
  Done values(CallExpression& out);  // an expression, or several as a tuple without its parentheses

  Done expression(CallExpression& out);
  Done operand(CallExpression& out);
  Done primary(CallExpression& out);
  Done signedNumber(CallExpression& out);
  Done strings(CallExpression& out);
  Done parenthesized(CallExpression& out);
  Done items(CallExpression& out, std::string_view close, bool& sawComma);
  Done named(CallExpression& out);
  Done constructor(CallExpression& out);
  Done indexed(CallExpression& out);
  Done expectEnd();

  const ScriptToken& now() const { return tokens_[at_]; }
  const ScriptToken& behind(std::size_t steps = 1) const;
  bool take(std::string_view symbol);
  TextSpan since(std::size_t begin) const;  // from there to the end of the last token
  std::unexpected<ScriptFault> notUnderstood() const;

  const std::vector<ScriptToken>& tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t itemCount_ = 0;
};

}  // namespace sockbench
