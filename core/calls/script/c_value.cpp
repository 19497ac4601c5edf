#include "core/calls/script/c_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/calls/call_names.h"

namespace sockbench {
namespace {

using enum CValue::Type;
using namespace std::string_view_literals;

CValue numberValue(std::int64_t number) {
  CValue value{.type = CValue::Type::number, .code = std::to_string(number)};
  if (number > INT32_MAX || number < INT32_MIN) value.code += "LL";
  value.number = number;
  return value;
}

CValue literalValue(CValue::Type type, std::string_view bytes) {
  CValue value{.type = type};
  value.literal = bytes;
  value.isLiteral = true;
  value.code = cString(bytes);
  if (type == CValue::Type::bytes) {
    value.code = "(struct bytes){(unsigned char *)" + value.code + ", " + std::to_string(bytes.size()) + "}";
  }
  return value;
}

CValue plainValue(const CallValue& value) {
  if (value.isNone()) return CValue{};
  if (const auto* truth = value.as<bool>()) return numberValue(*truth ? 1 : 0);
  if (const auto* number = value.as<std::int64_t>()) return numberValue(*number);
  if (const auto* plain = value.as<double>(); plain != nullptr && !std::isfinite(*plain))
    withoutC("infinity");
  if (value.as<double>() != nullptr) return CValue{.type = real, .code = value.repr()};
  if (const auto* bytes = value.as<Bytes>()) return literalValue(CValue::Type::bytes, asChars(*bytes));
  if (const auto* text = value.as<std::string>()) {
    std::string raw;
    if (!bytesFromText(*text, raw)) withoutC("text with a surrogate");
    return literalValue(CValue::Type::text, raw);
  }
  withoutC("a number beyond 64 bits");
}

// Whether the headers of every program have the constant; else its number is written.
bool hasProgramHeader(std::string_view name) {
  // Of families whose headers do not go together with all others.
  constexpr std::array kFamilies{"ALG_"sv,    "CAN"sv,      "J1939_"sv,   "SCM_CAN"sv, "SCM_J1939"sv,
                                 "SOL_CAN"sv, "SO_J1939"sv, "PACKET_"sv,  "ETH_P_"sv,  "NETLINK_"sv,
                                 "RTMGRP_"sv, "TIPC_"sv,    "VMADDR_"sv,  "VM_"sv,     "SO_VM_"sv,
                                 "TLS_"sv,    "MPTCP_"sv,   "UDPLITE_"sv, "ICMP"sv,    "SOF_"sv,
                                 "SO_EE_"sv,  "IPTOS_"sv,   "IOCTL_VM"sv, "IP6T_"sv};
  // Of the kernel's own headers, or younger than many machines'.
  constexpr std::array kAlone{"IPV6_FLOWINFO"sv,       "IPV6_FLOWINFO_SEND"sv, "IPV6_FLOWLABEL_MGR"sv,
                              "IP_LOCAL_PORT_RANGE"sv, "IP_PROTOCOL"sv,        "SO_ORIGINAL_DST"sv,
                              "SO_PASSPIDFD"sv,        "SO_PASSRIGHTS"sv,      "SO_RCVPRIORITY"sv,
                              "TCP_DELACK_MAX_US"sv,   "TCP_IS_MPTCP"sv,       "TCP_RTO_MAX_MS"sv,
                              "TCP_RTO_MIN_US"sv};
  return std::ranges::none_of(kFamilies, [&](std::string_view part) { return name.starts_with(part); }) &&
         std::ranges::find(kAlone, name) == kAlone.end();
}

CValue nameValue(const std::string& name, const CVariables& variables) {
  if (const auto found = variables.find(name); found != variables.end()) return found->second;
  if (const auto known = numberOf(name)) {
    if (hasProgramHeader(name)) return CValue{.type = number, .code = name};
    return CValue{.type = number, .code = std::to_string(*known) + " /* " + name + " */", .number = known};
  }
  withoutC(name + " has no value in C");
}

std::vector<CValue> itemValues(const CallExpression& expression, const CVariables& variables) {
  std::vector<CValue> items;
  for (const CallExpression& item : expression.items) {
    items.push_back(cValue(item, variables));
  }
  return items;
}

// One answer of getaddrinfo.
CValue answerValue(const CValue& whole, std::int64_t index) {
  if (index < 0 || index > INT32_MAX) withoutC("C counts answers from the first");
  const std::string which = '(' + whole.code + ", " + std::to_string(index) + ')';
  const auto part = [&](const char* member) {
    return CValue{.type = number, .code = "nth_found" + which + "->" + member};
  };
  const CValue name{.type = text, .code = "name_found" + which};
  const CValue where{.type = address, .code = "(*found_address" + which + ')'};
  return CValue{.type = tuple,
                .items = {part("ai_family"), part("ai_socktype"), part("ai_protocol"), name, where}};
}

CValue itemValue(const CValue& whole, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(whole.items.size());
  const std::int64_t place = index < 0 ? index + size : index;
  if (whole.is(tuple) || whole.is(list)) {
    if (place < 0 || place >= size) withoutC("there is no such item");
    return whole.items[static_cast<std::size_t>(place)];
  }
  if (whole.is(found)) return answerValue(whole, index);
  if (whole.is(address) && index == 0) return CValue{.type = text, .code = "host_of(&" + whole.code + ")"};
  if (whole.is(address) && index == 1) return CValue{.type = number, .code = "port_of(&" + whole.code + ")"};
  withoutC("C has no such item of it");
}

CValue flagsValue(const std::vector<CValue>& items) {
  std::string code;
  for (const CValue& item : items) {
    if (!item.is(number)) withoutC("| joins numbers");
    code += (code.empty() ? "" : " | ") + item.code;
  }
  return CValue{.type = number, .code = code};
}

CValue constructed(const std::vector<CValue>& items) {
  if (items.empty()) return literalValue(bytes, "");
  const CValue& from = items.front();
  if (from.is(bytes)) return from;
  if (from.is(list) || from.is(tuple)) {
    std::string raw;
    for (const CValue& item : from.items) {
      if (!item.number || *item.number < 0 || *item.number > 255) withoutC("bytes of variables");
      raw += static_cast<char>(*item.number);
    }
    return literalValue(bytes, raw);
  }
  if (!from.is(number)) withoutC("bytes of that");
  return CValue{.type = bytes,
                .code = "(struct bytes){calloc(1, " + from.code + " + 1), " + from.code + "}",
                .number = from.number};
}

}  // namespace

void withoutC(std::string reason) {
  throw NotInC{std::move(reason)};
}

CValue cTuple(std::vector<CValue> items) {
  CValue value;
  value.type = tuple;
  value.items = std::move(items);
  return value;
}

std::string cString(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '?' || byte < 0x20 || byte >= 0x7F) {
      std::array<char, 5> octal{};
      std::snprintf(octal.data(), octal.size(), "\\%03o", static_cast<unsigned>(byte));
      out += octal.data();
    } else {
      out += c;
    }
  }
  return out + '"';
}

CValue cValue(const CallExpression& expression, const CVariables& variables) {
  if (expression.kind == CallExpression::Kind::value) return plainValue(expression.value);
  if (expression.kind == CallExpression::Kind::name) return nameValue(expression.name, variables);
  std::vector<CValue> items = itemValues(expression, variables);
  switch (expression.kind) {
    case CallExpression::Kind::tuple:
      return CValue{.type = tuple, .items = std::move(items)};
    case CallExpression::Kind::list:
      return CValue{.type = list, .items = std::move(items)};
    case CallExpression::Kind::item:
      return itemValue(items.front(), expression.index);
    case CallExpression::Kind::call:
      return constructed(items);
    default:
      return flagsValue(items);
  }
}

std::string cInt(const CValue& value, std::int64_t least, std::int64_t most) {
  if (!value.is(number)) withoutC("Python takes a number there");
  if (value.number && (*value.number < least || *value.number > most)) {
    withoutC(value.code + " is out of range");
  }
  return value.code;
}

}  // namespace sockbench
