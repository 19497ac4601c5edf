#include "app/cli/calls_stdio_request.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "app/cli/call_json.h"
#include "app/cli/calls_stdio.h"
#include "core/calls/call_registry.h"

namespace sockbench::cli {
namespace {

using Fault = std::unexpected<CallFault>;
using Call = std::expected<CallRequest, CallFault>;

Fault fault(CallFaultKind kind, std::string message) {
  CallFault made;
  made.kind = kind;
  made.message = std::move(message);
  return Fault(std::move(made));
}
Fault typeFault(std::string message) {
  return fault(CallFaultKind::type, std::move(message));
}

JsonTree idOf(const JsonObject& members) {
  const auto found = std::ranges::find(members, "id", [](const auto& member) { return member.key; });
  return found == members.end() ? JsonTree() : found->value;
}

bool isScalar(const JsonTree& tree) {
  return tree.as<JsonArray>() == nullptr && tree.as<JsonObject>() == nullptr;
}

std::optional<CallFault> readArguments(const JsonTree& request, CallRequest& call) {
  const JsonTree* const args = request.find("args");
  if (args == nullptr) return std::nullopt;
  const auto* const items = args->as<JsonArray>();
  if (items == nullptr) return typeFault("\"args\" takes an array").error();
  for (std::size_t i = 0; i < items->size(); ++i) {
    auto value = callValueFromJson((*items)[i]);
    if (!value) {
      CallFault wrong = typeFault(std::move(value.error())).error();
      wrong.argument = i;
      return wrong;
    }
    call.args.push_back(std::move(*value));
  }
  return std::nullopt;
}

std::optional<CallFault> readKeyword(const std::string& name, const JsonTree& tree, CallRequest& call) {
  auto value = callValueFromJson(tree);
  if (!value) return typeFault(name + ": " + value.error()).error();
  call.keywords.emplace_back(name, std::move(*value));
  return std::nullopt;
}

std::optional<CallFault> readKeywords(const JsonTree& request, CallRequest& call) {
  const JsonTree* const kw = request.find("kw");
  if (kw == nullptr) return std::nullopt;
  const auto* const members = kw->as<JsonObject>();
  if (members == nullptr) return typeFault("\"kw\" takes an object").error();
  for (const auto& [name, value] : *members)
    if (auto wrong = readKeyword(name, value, call)) return wrong;
  return std::nullopt;
}

// {"op":"socket","family":2,"type":1,"proto":0,"fileno":3}: keywords beside the others.
constexpr std::array<std::string_view, 4> kSocketKeys{"family", "type", "proto", "fileno"};
constexpr std::array<std::string_view, 6> kKeys{"id", "op", "h", "args", "kw", "name"};

std::optional<CallFault> readSocketKeys(const JsonTree& request, CallRequest& call) {
  for (const std::string_view key : kSocketKeys)
    if (const JsonTree* const value = request.find(key))
      if (auto wrong = readKeyword(std::string(key), *value, call)) return wrong;
  return std::nullopt;
}

std::optional<CallFault> findUnknownKey(const JsonObject& members, bool isSocket) {
  for (const auto& [key, value] : members) {
    const auto isOf = [&](const auto& keys) { return std::ranges::find(keys, key) != keys.end(); };
    if (!isOf(kKeys) && !(isSocket && isOf(kSocketKeys)))
      return typeFault("a request has no key \"" + key + "\"").error();
  }
  return std::nullopt;
}

// A handle is a number that we gave; any other names no socket.
std::optional<CallFault> readHandle(const JsonTree& tree, CallRequest& call) {
  if (const auto* const number = tree.as<std::int64_t>())
    call.on = CallHandle{static_cast<std::uint64_t>(*number)};
  else if (tree.as<HugeInteger>() != nullptr)
    call.on = CallHandle{~std::uint64_t{0}};
  else
    return typeFault("\"h\" takes the number of a socket").error();
  return std::nullopt;
}

std::optional<CallFault> readTarget(const JsonTree& request, CallRequest& call) {
  const JsonTree* const op = request.find("op");
  const auto* const word = op == nullptr ? nullptr : op->as<std::string>();
  if (word == nullptr) return typeFault("\"op\" takes the name of a call").error();
  const JsonTree* const name = request.find("name");
  const JsonTree* const handle = request.find("h");
  call.name = *word;
  if (*word == "fn") {
    const auto* const text = name == nullptr ? nullptr : name->as<std::string>();
    if (text == nullptr) return typeFault("\"name\" takes the name of a function").error();
    call.name = *text;
    return std::nullopt;
  }
  if (name != nullptr) return typeFault("\"name\" stands with \"op\":\"fn\"").error();
  if (handle != nullptr && handle->value.index() != 0) return readHandle(*handle, call);
  if (findCall(CallTarget::function, call.name) == nullptr &&
      findCall(CallTarget::socketMethod, call.name) != nullptr)
    return typeFault("\"h\" is missing: " + call.name + " is a method of a socket").error();
  return std::nullopt;
}

Call readCall(const JsonTree& request) {
  const auto* const members = request.as<JsonObject>();
  if (members == nullptr) return typeFault("a request is an object");
  CallRequest call;
  if (auto wrong = readTarget(request, call)) return Fault(std::move(*wrong));
  const bool isSocket = !call.on && call.name == "socket";
  if (auto wrong = findUnknownKey(*members, isSocket)) return Fault(std::move(*wrong));
  if (auto wrong = readArguments(request, call)) return Fault(std::move(*wrong));
  if (isSocket)
    if (auto wrong = readSocketKeys(request, call)) return Fault(std::move(*wrong));
  if (auto wrong = readKeywords(request, call)) return Fault(std::move(*wrong));
  return call;
}

}  // namespace

StdioRequest readStdioRequest(std::string_view line, bool cut) {
  JsonObject seen;
  const auto tree = readJson(line, &seen);
  StdioRequest request{.id = idOf(seen), .call = typeFault("")};
  if (!isScalar(request.id)) {
    request.id = JsonTree();
    request.call = typeFault("\"id\" takes a number or a text");
  } else if (cut) {
    request.call =
        fault(CallFaultKind::value, "the line has more than " + std::to_string(kMostRequestBytes) + " bytes");
  } else if (!tree) {
    request.call = fault(CallFaultKind::value, "the line is no JSON: " + tree.error());
  } else {
    request.call = readCall(*tree);
  }
  return request;
}

}  // namespace sockbench::cli
