#include "core/calls/script/script_parser.h"

#include <algorithm>
#include <string>

#include "core/calls/script/script_words.h"

namespace sockbench {
namespace {

constexpr std::string_view kOnlyCalls = "Calls knows only assignments and calls";

// The place of the = that assigns: outside of all brackets. npos: there is none.
std::size_t assignmentAt(const std::vector<ScriptToken>& tokens) {
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is("(") || tokens[i].is("[")) ++depth;
    if (tokens[i].is(")") || tokens[i].is("]")) --depth;
    if (depth == 0 && tokens[i].is("=")) return i;
  }
  return std::string::npos;
}

}  // namespace

const ScriptToken& ScriptParser::behind(std::size_t steps) const {
  return tokens_[std::min(at_ + steps, tokens_.size() - 1)];
}

bool ScriptParser::take(std::string_view symbol) {
  if (!now().is(symbol)) return false;
  ++at_;
  return true;
}

TextSpan ScriptParser::since(std::size_t begin) const {
  const TextSpan last = tokens_[at_ == 0 ? 0 : at_ - 1].where;
  return {begin, last.offset + last.length - begin};
}

ScriptRead<CallLine> ScriptParser::line() {
  CallLine line;
  if (now().kind == ScriptToken::Kind::end) return line;
  const bool imports = now().text == "import" || now().text == "from";
  const std::size_t assignment = assignmentAt(tokens_);
  if (now().kind == ScriptToken::Kind::name && isScriptKeyword(now().text)) {
    if (!imports && !isScriptConstant(now().text)) {
      return scriptFault(now().where, std::string(now().text) + " is Python, but " + std::string(kOnlyCalls));
    }
    if (imports) {
      if (Done done = import(); !done) return std::unexpected(done.error());
      return line;
    }
  }
  if (assignment != std::string::npos) {
    if (Done done = targets(line, assignment); !done) return std::unexpected(done.error());
  }
  if (Done done = rightSide(line); !done) return std::unexpected(done.error());
  return line;
}

ScriptRead<CallExpression> ScriptParser::onlyExpression() {
  CallExpression out;
  if (Done done = values(out); !done) return std::unexpected(done.error());
  if (Done done = expectEnd(); !done) return std::unexpected(done.error());
  return out;
}

ScriptParser::Done ScriptParser::import() {
  std::string words;
  for (; now().kind != ScriptToken::Kind::end; ++at_) words += std::string(now().text) + ' ';
  if (words == "import socket " || words == "from socket import * ") return {};
  return scriptFault(since(tokens_.front().where.offset),
                     "only \"import socket\" and \"from socket import *\" are known, and not needed");
}

ScriptParser::Done ScriptParser::targets(CallLine& line, std::size_t end) {
  while (at_ < end) {
    const ScriptToken& token = now();
    if (token.kind != ScriptToken::Kind::name || isScriptKeyword(token.text)) {
      return scriptFault(token.where, "in front of = stand names");
    }
    if (token.text == "socket") {
      return scriptFault(token.where, "socket is Python's module here: choose another name");
    }
    line.targets.emplace_back(token.text);
    ++at_;
    if (at_ == end) break;
    if (!take(",")) return scriptFault(now().where, "in front of = stand names, with commas between them");
    line.unpacks = true;
  }
  if (line.targets.empty()) return scriptFault(now().where, "a name is missing in front of =");
  ++at_;
  return {};
}

ScriptParser::Done ScriptParser::rightSide(CallLine& line) {
  if (beginsCall()) return call(line);
  if (now().kind == ScriptToken::Kind::end) return scriptFault(now().where, "a call or a value is missing");
  const std::size_t begin = now().where.offset;
  if (Done done = values(line.value); !done) return done;
  if (Done done = expectEnd(); !done) return done;
  if (!line.targets.empty()) return {};
  if (line.value.kind == CallExpression::Kind::name) {
    return scriptFault({since(begin).offset + since(begin).length, 0},
                       "a call's arguments stand in ( ) behind its name");
  }
  return scriptFault(since(begin), "a value alone does nothing: write NAME = in front of it");
}

bool ScriptParser::beginsCall() const {
  if (now().kind != ScriptToken::Kind::name) return false;
  std::size_t steps = 1;
  while (behind(steps).is(".") && behind(steps + 1).kind == ScriptToken::Kind::name) steps += 2;
  return (behind(steps).is("(") || steps > 1) && !(steps == 1 && isScriptConstructor(now().text)) &&
         !(steps == 3 && now().text == "socket" && !behind(steps).is("("));
}

ScriptParser::Done ScriptParser::call(CallLine& line) {
  line.isCall = true;
  if (Done done = callName(line); !done) return done;
  if (!take("(")) {
    return scriptFault({line.nameAt.offset + line.nameAt.length, 0},
                       "a call's arguments stand in ( ) behind its name");
  }
  if (Done done = arguments(line); !done) return done;
  if (now().is("[") || now().is(".")) {
    return scriptFault(now().where, "give the result a name first, and go on with that on the next line");
  }
  return expectEnd();
}

ScriptParser::Done ScriptParser::callName(CallLine& line) {
  std::vector<ScriptToken> path{now()};
  ++at_;
  while (now().is(".") && behind().kind == ScriptToken::Kind::name) {
    path.push_back(behind());
    at_ += 2;
  }
  if (path.size() > 1 && path.front().text == "socket") path.erase(path.begin());
  if (path.size() > 2)
    return scriptFault(path[1].where, "a call is a name, or a socket's name, a dot and a name");
  for (const ScriptToken& part : path) {
    if (isScriptKeyword(part.text)) return scriptFault(part.where, "a name is missing");
  }
  if (path.size() == 2) line.on = path.front().text;
  line.name = path.back().text;
  line.nameAt = path.back().where;
  return {};
}

ScriptParser::Done ScriptParser::arguments(CallLine& line) {
  while (!take(")")) {
    if (now().kind == ScriptToken::Kind::end)
      return scriptFault(now().where, "a call's arguments end with )");
    if (Done done = argument(line); !done) return done;
    const bool goesOn = take(",") || now().is(")") || now().kind == ScriptToken::Kind::end;
    if (!goesOn) return notUnderstood();
  }
  return {};
}

ScriptParser::Done ScriptParser::argument(CallLine& line) {
  const ScriptToken& token = now();
  const bool isKeyword = token.kind == ScriptToken::Kind::name && behind().is("=");
  if (!isKeyword) {
    if (!line.keywords.empty())
      return scriptFault(token.where, "an argument with its name comes behind those without");
    return expression(line.args.emplace_back());
  }
  const bool repeated =
      std::ranges::any_of(line.keywords, [&](const auto& known) { return known.first == token.text; });
  if (repeated || isScriptKeyword(token.text)) {
    return scriptFault(token.where, repeated ? "this argument is given twice" : "this is no argument's name");
  }
  at_ += 2;
  auto& [name, value] = line.keywords.emplace_back(std::string(token.text), CallExpression());
  return expression(value);
}

ScriptParser::Done ScriptParser::expectEnd() {
  if (now().kind == ScriptToken::Kind::end) return {};
  return notUnderstood();
}

std::unexpected<ScriptFault> ScriptParser::notUnderstood() const {
  const ScriptToken& token = now();
  if (token.kind == ScriptToken::Kind::end) return scriptFault(token.where, "the line ends too early");
  if (token.is("=")) return scriptFault(token.where, "one = assigns; a second has no meaning here");
  if (token.is(";")) return scriptFault(token.where, "one call stands on a line");
  if (token.is(":"))
    return scriptFault(token.where, "a colon has no meaning here: " + std::string(kOnlyCalls));
  if (token.is(")") || token.is("]")) {
    return scriptFault(token.where, "this " + std::string(token.text) + " closes nothing");
  }
  if (token.kind == ScriptToken::Kind::symbol && !token.is("(") && !token.is(",") && !token.is("[")) {
    return scriptFault(
        token.where, "Calls reckons nothing but | of flags: " + std::string(token.text) + " has no meaning");
  }
  return scriptFault(token.where, "a comma or the end of the line belongs in front of this");
}

}  // namespace sockbench
