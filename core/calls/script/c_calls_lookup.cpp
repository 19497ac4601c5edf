// Look-ups of hosts, services, protocols and interfaces as C.
#include <algorithm>
#include <ranges>

#include "core/calls/script/c_writer.h"

namespace sockbench {
namespace {

using enum CValue::Type;

bool isNullOrBeyondAscii(char c) {
  return c == '\0' || static_cast<unsigned char>(c) >= 0x80;
}

// Python puts hosts into IDNA: there no label is empty but the last, and none has more than 63 characters.
bool isPlainHost(std::string_view host) {
  if (std::ranges::any_of(host, isNullOrBeyondAscii)) return false;
  std::size_t begin = 0;
  for (std::size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.', begin)) {
    if (dot == begin || dot - begin > 63) return false;
    begin = dot + 1;
  }
  return host.size() - begin <= 63;
}

}  // namespace

std::string CWriter::textAt(std::size_t index) const {
  if (!has(index) || !args_[index]->is(text)) withoutC("Python takes text there");
  if (args_[index]->literal.contains('\0')) withoutC("Python takes no null character there");
  return args_[index]->code;
}

std::string CWriter::hostAt(std::size_t index) const {
  const bool isRaw = has(index) && args_[index]->is(bytes) && args_[index]->isLiteral;
  if (isRaw && !args_[index]->literal.contains('\0')) return cString(args_[index]->literal);
  const std::string code = textAt(index);
  if (!isPlainHost(args_[index]->literal)) withoutC("hosts that IDNA changes or refuses");
  return code;
}

std::string CWriter::serviceAt(std::size_t index) const {
  if (!has(index)) withoutC("an argument is missing");
  const CValue& value = *args_[index];
  if (value.is(none)) return "NULL";
  if (!value.is(CValue::Type::number)) return textAt(index);
  return value.number ? cString(std::to_string(*value.number)) : "decimal(" + value.code + ")";
}

void CWriter::tellText(const std::string& call) {
  assign("const char *", "\"unknown.invalid\"", text, "told_text(" + call + ")");
}

void CWriter::lookUp() {
  const bool isAnyHost = has(0) && args_[0]->is(none);
  const std::string host = isAnyHost ? std::string("NULL") : hostAt(0);
  const std::string service = serviceAt(1);
  const std::string hints =
      number(2, "0") + ", " + number(3, "0") + ", " + number(4, "0") + ", " + number(5, "0");
  assign("struct addrinfo *", "NULL", found, "looked_up(" + host + ", " + service + ", " + hints + ")");
}

void CWriter::hostAddress() {
  tellText("address_named(" + hostAt(0) + ")");
}

void CWriter::hostEntry() {
  if (!line_->targets.empty()) withoutC("lists of names that are kept");
  const std::string host = hostAt(0);
  if (line_->name == "gethostbyaddr" && host == "\"\"") withoutC("Python takes no empty host there");
  emit((line_->name == "gethostbyaddr" ? "names_at(" : "names_of(") + host + ");");
}

// The address that getnameinfo takes: a tuple's host is no name, and has flow information and scope in IPv6
// only.
std::string CWriter::numericAddress(const CValue& value) {
  const std::vector<CValue>& parts = value.items;
  if (!value.is(tuple) || parts.size() < 2 || parts.size() > 4) withoutC("Python takes a tuple there");
  if (!parts[0].is(text) || parts[0].literal.contains('\0')) withoutC("the host is no text");
  if (parts.size() > 2 && !parts[0].literal.contains(':')) withoutC("Python takes a host and a port there");
  const std::string port = parts[1].number ? cString(cInt(parts[1], INT32_MIN, INT32_MAX))
                                           : "decimal(" + cInt(parts[1], INT32_MIN, INT32_MAX) + ")";
  const std::string flow = parts.size() > 2 ? cInt(parts[2], 0, 0xFFFFF) : "0";
  const std::string scope = parts.size() > 3 ? cInt(parts[3], 0, UINT32_MAX) : "0";
  const std::string to = scratch("struct address", "to");
  return "numeric_address(&" + to + ", " + parts[0].code + ", " + port + ", " + flow + ", " + scope + ")";
}

void CWriter::namesOfAddress() {
  if (!has(0)) withoutC("an argument is missing");
  const std::string flags = number(1, "");
  const bool isKnown = args_[0]->is(address);
  const std::string made = isKnown ? std::string() : numericAddress(*args_[0]);
  std::vector<CValue> names(2);
  std::string into;
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i].type = text;
    const auto& targets = line_->targets;
    if (!targets.empty()) {
      const std::string& name = targets[line_->unpacks && i < targets.size() ? i : 0];
      names[i].code = declare("const char *", name, "\"unknown.invalid\"");
      scalars_.insert(names[i].code);
    }
    into += targets.empty() ? "&(const char *){NULL}, " : "&" + names[i].code + ", ";
  }
  const std::string from = isKnown ? args_[0]->code : std::string("to");
  emit((made.empty() ? "" : "if (ok(" + made + ")) ") + "told_names(" + into + "&" + from + ", " + flags +
       ");");
  CValue both;
  both.type = tuple;
  both.items = names;
  bindTargets(both);
}

void CWriter::hostName() {
  tellText("own_host_name()");
}

void CWriter::serviceNumber() {
  const std::string name = textAt(0);
  const std::string protocol = has(1) ? textAt(1) : "NULL";
  assign("long", "0", CValue::Type::number, "told_port(getservbyname(" + name + ", " + protocol + "))");
}

void CWriter::serviceName() {
  const std::string port = number(0, "", 0, UINT16_MAX);
  tellText("service_name(" + port + ", " + (has(1) ? textAt(1) : "NULL") + ")");
}

void CWriter::protocolNumber() {
  assign("long", "0", CValue::Type::number, "told_protocol(getprotobyname(" + textAt(0) + "))");
}

void CWriter::protocolName() {
  tellText("protocol_name(" + number(0, "") + ")");
}

void CWriter::interfaces() {
  if (!line_->targets.empty()) withoutC("lists of interfaces that are kept");
  emit("told_interfaces();");
}

void CWriter::interfaceNumber() {
  assign("long", "0", CValue::Type::number, "told_index(if_nametoindex(" + textAt(0) + "))");
}

void CWriter::interfaceName() {
  tellText("interface_name((unsigned)" + number(0, "", 0, INT32_MAX) + ")");
}

}  // namespace sockbench
