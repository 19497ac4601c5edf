#include "app/cli/call_json.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/payload/base64.h"

namespace sockbench::cli {
namespace {

using Read = std::expected<CallValue, std::string>;

constexpr std::int64_t kMostBuffer = std::int64_t{64} << 20;

std::expected<Bytes, std::string> readBase64(const JsonTree& tree) {
  const auto* const text = tree.as<std::string>();
  std::optional<Bytes> bytes = text == nullptr ? std::nullopt : fromBase64(*text);
  if (!bytes) return std::unexpected("\"b\" takes base64");
  return std::move(*bytes);
}

Read readBuffer(const JsonTree& tree) {
  if (const auto* const size = tree.as<std::int64_t>()) {
    if (*size < 0 || *size > kMostBuffer) return std::unexpected("\"buffer\" takes 0 to 64 MiB");
    return CallBuffer{Bytes(static_cast<std::size_t>(*size))};
  }
  const JsonTree* const inside = tree.find("b");
  if (inside == nullptr) return std::unexpected("\"buffer\" takes a size or {\"b\":base64}");
  auto bytes = readBase64(*inside);
  if (!bytes) return std::unexpected(bytes.error());
  return CallBuffer{std::move(*bytes)};
}

Read readHandle(const JsonTree& tree) {
  const auto* const number = tree.as<std::int64_t>();
  if (number == nullptr) return std::unexpected("\"h\" takes the number of a socket");
  return CallHandle{static_cast<std::uint64_t>(*number)};
}

Read readObject(const JsonObject& object) {
  if (object.size() == 1) {
    const auto& [key, value] = object.front();
    if (key == "b") {
      auto bytes = readBase64(value);
      return bytes ? Read(CallValue(std::move(*bytes))) : Read(std::unexpected(bytes.error()));
    }
    if (key == "buffer") return readBuffer(value);
    if (key == "h") return readHandle(value);
  }
  return std::unexpected("an object is {\"b\":base64}, {\"buffer\":size} or {\"h\":socket}");
}

Read readArray(const JsonArray& array) {
  CallTuple tuple;
  tuple.items.reserve(array.size());
  for (const JsonTree& item : array) {
    Read read = callValueFromJson(item);
    if (!read) return read;
    tuple.items.push_back(std::move(*read));
  }
  return CallValue(std::move(tuple));
}

struct ValueReader {
  Read operator()(std::monostate) const { return Read(std::in_place); }
  Read operator()(const JsonArray& array) const { return readArray(array); }
  Read operator()(const JsonObject& object) const { return readObject(object); }
  template <class Scalar>
  Read operator()(const Scalar& scalar) const {
    return Read(std::in_place, scalar);
  }
};

void appendBytes(std::string& out, ByteView bytes) {
  out += "{\"b\":\"" + toBase64(bytes) + "\"}";
}

void appendItems(std::string& out, const std::vector<CallValue>& items) {
  out += '[';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ',';
    appendCallValue(out, items[i]);
  }
  out += ']';
}

struct ValueAppender {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { out += std::to_string(value); }
  void operator()(const HugeInteger& value) const { out += value.digits; }
  void operator()(double value) const { appendJsonNumber(out, value); }
  void operator()(const std::string& value) const { appendJsonText(out, value); }
  void operator()(const Bytes& value) const { appendBytes(out, value); }
  void operator()(const CallBuffer& value) const {
    out += "{\"buffer\":";
    appendBytes(out, value.bytes);
    out += '}';
  }
  void operator()(const CallTuple& value) const { appendItems(out, value.items); }
  void operator()(const CallList& value) const { appendItems(out, value.items); }
  void operator()(CallHandle value) const { out += "{\"h\":" + std::to_string(value.value) + "}"; }
};

std::string handleText(const CallValue& value) {
  return std::to_string(value.as<CallHandle>()->value);
}

bool isSocket(const CallValue& value) {
  return value.as<CallHandle>() != nullptr;
}

}  // namespace

std::expected<CallValue, std::string> callValueFromJson(const JsonTree& tree) {
  return std::visit(ValueReader(), tree.value);
}

void appendCallValue(std::string& out, const CallValue& value) {
  std::visit(ValueAppender{out}, value.alternatives());
}

void appendCallAnswer(std::string& out, const CallValue& value) {
  const auto* const pair = value.as<CallTuple>();
  if (pair == nullptr || pair->items.size() != 2 || !isSocket(pair->items[0])) {
    appendCallValue(out, value);
  } else if (isSocket(pair->items[1])) {
    out += "{\"h\":[" + handleText(pair->items[0]) + "," + handleText(pair->items[1]) + "]}";
  } else {
    out += "{\"h\":" + handleText(pair->items[0]) + ",\"peer\":";
    appendCallValue(out, pair->items[1]);
    out += '}';
  }
}

void appendCallFault(std::string& out, const CallFault& fault) {
  out += "{\"type\":\"" + std::string(callFaultKindName(fault.kind)) + "\"";
  if (!fault.beforeKernel()) {
    out += ",\"errno\":" + (fault.number == 0 ? "null" : std::to_string(fault.number));
    if (const std::string symbol = fault.symbol(); !symbol.empty()) out += ",\"symbol\":\"" + symbol + "\"";
  }
  out += ",\"msg\":";
  appendJsonText(out, fault.message);
  if (fault.bytesDone > 0) out += ",\"done\":" + std::to_string(fault.bytesDone);
  if (fault.interrupted) out += ",\"interrupted\":true";
  if (fault.argument) out += ",\"arg\":" + std::to_string(*fault.argument);
  if (!fault.parameter.empty()) {
    out += ",\"param\":";
    appendJsonText(out, fault.parameter);
  }
  out += '}';
}

}  // namespace sockbench::cli
