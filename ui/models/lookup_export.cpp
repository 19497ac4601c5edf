#include "ui/models/lookup_export.h"

#include <cstdio>
#include <initializer_list>
#include <string_view>

#include "core/payload/json_string.h"
#include "core/payload/visible_text.h"
#include "core/resolve/service_database.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

using Cells = std::initializer_list<std::string>;

std::string milliseconds(std::chrono::nanoseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(time.count()) / 1e6);
  return text;
}

// Empty for a number that /etc/protocols does not know.
std::string protocolName(int number) {
  return protocolByNumber(number).value_or(ProtocolEntry{}).name;
}

std::string addressWithoutZone(const SocketAddress& address) {
  const std::string text = address.ip();
  return text.substr(0, text.find('%'));
}

void appendLine(std::string& csv, const Cells& cells) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) csv += ',';
    first = false;
    csv += csvCell(cell);
  }
  csv += "\r\n";
}

void appendCsv(std::string& csv, const LookedUpHost& host, const std::string& service) {
  const std::string name = toUtf8(host.host);
  const std::string elapsed = milliseconds(host.outcome.elapsed);
  if (!host.outcome.answer) {
    const Error& error = host.outcome.answer.error();
    return appendLine(
        csv,
        {name, service, {}, {}, {}, {}, {}, {}, {}, elapsed, error.symbol(), error.message(), error.hint()});
  }
  for (const AddressResult& result : host.outcome.answer->results) {
    appendLine(csv, {name,
                     service,
                     familyName(result.family),
                     socketTypeName(result.type),
                     protocolName(result.protocol),
                     result.address.ip(),
                     std::to_string(result.address.port()),
                     host.outcome.answer->canonicalName,
                     std::string(addressScope(result.address)),
                     elapsed,
                     {},
                     {},
                     {}});
  }
}

// The pieces of one JSON object.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  ~Object() { out_ += '}'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    appendJsonString(out_, name);
    out_ += ':';
    return out_;
  }
  void text(std::string_view name, std::string_view value) { appendJsonString(key(name), value); }
  void textOrNull(std::string_view name, std::string_view value) {
    if (value.empty())
      key(name) += "null";
    else
      text(name, value);
  }
  void number(std::string_view name, const std::string& value) { key(name) += value; }
  template <class Number>
  void number(std::string_view name, Number value) {
    number(name, std::to_string(value));
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void appendError(std::string& out, const Error& error) {
  Object object(out);
  object.text("op", operationName(error.op));
  object.number("code", error.code);
  object.text("symbol", error.symbol());
  object.text("domain", errorDomainName(error.domain));
  object.text("message", error.message());
  object.text("hint", error.hint());
  object.text("subject", error.subject);
}

void appendResult(std::string& out, const AddressResult& result) {
  Object object(out);
  object.text("family", familyName(result.family));
  object.text("type", socketTypeName(result.type));
  object.number("protocol", result.protocol);
  object.textOrNull("protocol_name", protocolName(result.protocol));
  object.text("address", addressWithoutZone(result.address));
  object.number("port", result.address.port());
  object.number("flowinfo", result.address.flowInfo());
  object.number("scope_id", result.address.scopeId());
}

void appendResults(std::string& out, const std::vector<AddressResult>& results) {
  out += '[';
  for (const AddressResult& result : results) {
    if (out.back() != '[') out += ',';
    appendResult(out, result);
  }
  out += ']';
}

void appendJson(std::string& out, const LookedUpHost& host, const std::string& service) {
  Object object(out);
  object.text("host", toUtf8(host.host));
  object.textOrNull("service", service);
  if (host.outcome.answer) object.text("canonname", host.outcome.answer->canonicalName);
  object.number("elapsed_ms", milliseconds(host.outcome.elapsed));
  if (host.outcome.answer)
    appendResults(object.key("results"), host.outcome.answer->results);
  else
    appendError(object.key("error"), host.outcome.answer.error());
}

}  // namespace

std::string csvCell(const std::string& text) {
  std::string cell = visibleText(text);
  if (!cell.empty() && std::string_view("=+-@").find(cell.front()) != std::string_view::npos)
    cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

QByteArray lookupsAsCsv(const QList<LookedUpHost>& hosts, const std::string& service) {
  std::string csv =
      "host,service,family,type,protocol,address,port,canonname,scope,elapsed_ms,error,message,hint\r\n";
  for (const LookedUpHost& host : hosts) appendCsv(csv, host, service);
  return QByteArray::fromStdString(csv);
}

QByteArray lookupsAsJson(const QList<LookedUpHost>& hosts, const std::string& service) {
  std::string json = "[";
  for (const LookedUpHost& host : hosts) {
    json += json.size() == 1 ? "\n" : ",\n";
    appendJson(json, host, service);
  }
  json += "\n]\n";
  return QByteArray::fromStdString(json);
}

}  // namespace sockbench::ui
