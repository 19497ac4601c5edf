// Expressions: the lower half of the grammar.
#include <limits>

#include "core/calls/script/script_parser.h"
#include "core/calls/script/script_words.h"

namespace sockbench {
namespace {

CallValue negated(const CallValue& value) {
  if (const auto* number = value.as<std::int64_t>()) return -*number;  // a literal has no minus: it fits
  if (const auto* number = value.as<double>()) return -*number;
  const std::string& digits = value.as<HugeInteger>()->digits;
  if (digits == "9223372036854775808") return std::numeric_limits<std::int64_t>::min();
  return HugeInteger{'-' + digits};
}

template <class T>
void append(CallValue& value, const CallValue& more) {
  T joined = *value.as<T>();
  joined.insert(joined.end(), more.as<T>()->begin(), more.as<T>()->end());
  value = std::move(joined);
}

}  // namespace

ScriptParser::Done ScriptParser::values(CallExpression& out) {
  const std::size_t begin = now().where.offset;
  if (Done done = expression(out); !done || !now().is(",")) return done;
  CallExpression tuple;
  tuple.kind = CallExpression::Kind::tuple;
  tuple.items.push_back(std::move(out));
  while (take(",") && now().kind != ScriptToken::Kind::end) {
    if (Done done = expression(tuple.items.emplace_back()); !done) return done;
  }
  tuple.where = since(begin);
  out = std::move(tuple);
  return {};
}

ScriptParser::Done ScriptParser::expression(CallExpression& out) {
  const std::size_t begin = now().where.offset;
  if (Done done = operand(out); !done || !now().is("|")) return done;
  CallExpression flags;
  flags.kind = CallExpression::Kind::flags;
  const auto add = [&](CallExpression part) {
    if (part.kind != CallExpression::Kind::flags) return flags.items.push_back(std::move(part));
    for (CallExpression& inner : part.items) flags.items.push_back(std::move(inner));
  };
  add(std::move(out));
  while (take("|")) {
    CallExpression next;
    if (Done done = operand(next); !done) return done;
    add(std::move(next));
  }
  flags.where = since(begin);
  out = std::move(flags);
  return {};
}

ScriptParser::Done ScriptParser::operand(CallExpression& out) {
  if (++itemCount_ > kMostScriptLineItems || ++depth_ > kMostScriptDepth) {
    return scriptFault(
        now().where,
        itemCount_ > kMostScriptLineItems ? "too many values in one line" : "tuples and lists are too deep",
        InputFault::tooLarge);
  }
  const std::size_t begin = now().where.offset;
  Done done = primary(out);
  --depth_;
  if (done && out.where == TextSpan()) out.where = since(begin);
  return done;
}

ScriptParser::Done ScriptParser::primary(CallExpression& out) {
  if (now().is("-") || now().is("+")) return signedNumber(out);
  if (now().is("(")) return parenthesized(out);
  if (take("[")) {
    bool sawComma = false;
    out.kind = CallExpression::Kind::list;
    return items(out, "]", sawComma);
  }
  if (now().kind == ScriptToken::Kind::number) {
    out.value = now().value;
    ++at_;
    return {};
  }
  if (now().kind == ScriptToken::Kind::string) return strings(out);
  if (now().kind == ScriptToken::Kind::name) return named(out);
  if (now().kind == ScriptToken::Kind::end || now().is(",") || now().is(")") || now().is("]")) {
    return scriptFault({now().where.offset, 0}, "a value is missing here");
  }
  return notUnderstood();
}

ScriptParser::Done ScriptParser::signedNumber(CallExpression& out) {
  const ScriptToken sign = now();
  bool negative = false;
  for (; now().is("-") || now().is("+"); ++at_) negative = negative != now().is("-");
  if (now().kind != ScriptToken::Kind::number) {
    return scriptFault(sign.where, "a " + std::string(sign.text) + " stands only in front of a number");
  }
  out.value = negative ? negated(now().value) : now().value;
  ++at_;
  return {};
}

ScriptParser::Done ScriptParser::strings(CallExpression& out) {
  out.value = now().value;
  const bool isText = out.value.as<std::string>() != nullptr;
  for (++at_; now().kind == ScriptToken::Kind::string; ++at_) {
    if ((now().value.as<std::string>() != nullptr) != isText) {
      return scriptFault(now().where, "text and bytes do not join");
    }
    isText ? append<std::string>(out.value, now().value) : append<Bytes>(out.value, now().value);
  }
  return {};
}

ScriptParser::Done ScriptParser::parenthesized(CallExpression& out) {
  ++at_;
  CallExpression inner;
  bool sawComma = false;
  if (Done done = items(inner, ")", sawComma); !done) return done;
  if (inner.items.size() == 1 && !sawComma) {
    CallExpression only = std::move(inner.items.front());
    out = std::move(only);
    out.where = {};
    return {};
  }
  out.kind = CallExpression::Kind::tuple;
  out.items = std::move(inner.items);
  return {};
}

ScriptParser::Done ScriptParser::items(CallExpression& out, std::string_view close, bool& sawComma) {
  while (!take(close)) {
    if (now().kind == ScriptToken::Kind::end) {
      const bool isList = close == "]";
      return scriptFault(now().where, isList ? "a list ends with ]" : "what ( begins ends with )");
    }
    if (Done done = expression(out.items.emplace_back()); !done) return done;
    const bool comma = take(",");
    sawComma = sawComma || comma;
    if (!comma && !now().is(close) && now().kind != ScriptToken::Kind::end) return notUnderstood();
  }
  return {};
}

ScriptParser::Done ScriptParser::named(CallExpression& out) {
  if (now().text == "socket" && behind().is(".")) {
    at_ += 2;
    if (now().kind != ScriptToken::Kind::name) return scriptFault(now().where, "a name is missing");
  }
  const std::string name(now().text);
  if (isScriptConstant(name)) {
    out.value = name == "None" ? CallValue() : CallValue(name == "True");
    ++at_;
    return {};
  }
  if (isScriptKeyword(name)) return scriptFault(now().where, name + " is no value");
  if (behind().is("(")) return constructor(out);
  if (behind().is(".")) {
    return scriptFault(behind().where,
                       "what a socket has is asked for by a call of its own, on its own line");
  }
  out.kind = CallExpression::Kind::name;
  out.name = name;
  const TextSpan where = now().where;
  ++at_;
  const std::size_t outside = depth_;
  while (now().is("[")) {
    out.where = since(where.offset);
    if (Done done = indexed(out); !done) return done;
  }
  depth_ = outside;
  return {};
}

ScriptParser::Done ScriptParser::constructor(CallExpression& out) {
  if (!isScriptConstructor(now().text)) {
    return scriptFault(
        now().where,
        "only bytes() and bytearray() stand inside a line: give the result of this call a name "
        "first, on a line of its own");
  }
  out.kind = CallExpression::Kind::call;
  out.name = now().text;
  at_ += 2;
  bool sawComma = false;
  return items(out, ")", sawComma);
}

ScriptParser::Done ScriptParser::indexed(CallExpression& out) {
  ++at_;
  if (++depth_ > kMostScriptDepth) {
    return scriptFault(now().where, "items of items are too deep", InputFault::tooLarge);
  }
  CallExpression index;
  const bool isSigned = now().is("-") || now().is("+");
  Done done = isSigned ? signedNumber(index) : primary(index);
  if (!done) return done;
  const auto* number = index.kind == CallExpression::Kind::value ? index.value.as<std::int64_t>() : nullptr;
  if (number == nullptr || !take("]")) {
    return scriptFault(tokens_[at_ - 1].where, "an item is a whole number and ends with ]");
  }
  CallExpression item;
  item.kind = CallExpression::Kind::item;
  item.index = *number;
  item.items.push_back(std::move(out));
  out = std::move(item);
  return {};
}

}  // namespace sockbench
