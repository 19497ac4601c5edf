// Calls of sockets as C: making, naming, connecting and options.
#include <cmath>
#include <cstdlib>

#include "core/calls/script/c_writer.h"

namespace sockbench {
namespace {

using enum CValue::Type;

constexpr double kLongestWait = INT32_MAX / 1e3;  // seconds; poll counts milliseconds in an int

bool isInternet(const std::string& family) {
  return family == "AF_INET" || family == "AF_INET6" || family == "2" || family == "10";
}

// IPv4 has a host and a port, IPv6 perhaps flow information and scope.
bool hasParts(const CValue& value, const std::string& family) {
  const std::size_t most = family == "AF_INET6" || family == "10" ? 4 : 2;
  return value.is(tuple) && isInternet(family) && value.items.size() >= 2 && value.items.size() <= most;
}

bool isUnix(const std::string& family) {
  return family == "AF_UNIX" || family == "AF_LOCAL" || family == "1";
}

}  // namespace

void CWriter::makeSocket() {
  if (has(3) && !args_[3]->is(none)) withoutC("descriptors that are taken over");
  const std::string family = number(0, "AF_INET");
  const std::string type = number(1, "SOCK_STREAM");
  const std::string protocol = number(2, "0");
  assign("int", "-1", socket, "made(socket(" + family + ", " + type + ", " + protocol + "))");
  if (!line_->targets.empty() && !line_->unpacks) variables_[line_->targets.front()].family = family;
}

void CWriter::makePair() {
  const std::string family = number(0, "AF_UNIX");
  const std::string type = number(1, "SOCK_STREAM");
  const std::string protocol = number(2, "0");
  std::vector<CValue> pair(2);
  for (std::size_t i = 0; i < pair.size(); ++i) {
    const auto& targets = line_->targets;
    pair[i].type = socket;
    pair[i].family = family;
    pair[i].code = declare(
        "int", targets.empty() ? "unnamed" : targets[line_->unpacks && i < targets.size() ? i : 0], "-1");
  }
  emit("made_pair(&" + pair[0].code + ", &" + pair[1].code + ", " + family + ", " + type + ", " + protocol +
       ");");
  bindTargets(cTuple(pair));
}

void CWriter::takeOver() {
  if (!has(2)) withoutC("an argument is missing");
  const auto asks = [&](std::size_t index) { return has(index) && args_[index]->number == -1; };
  const std::string descriptor = number(0, "");
  const std::string family = number(1, "");
  const bool any = asks(1) || asks(2) || asks(3);
  number(2, "");
  number(3, "0");
  assign("int", "-1", socket, "made_from(" + descriptor + ", " + (any ? "1" : "0") + ")");
  if (!line_->targets.empty() && !line_->unpacks) variables_[line_->targets.front()].family = family;
}

void CWriter::copySocket() {
  const std::string family = socket_.family;
  assign("int", "-1", socket, "made_copy(" + socket_.code + ")");
  if (!line_->targets.empty() && !line_->unpacks) variables_[line_->targets.front()].family = family;
}

void CWriter::closeSocket() {
  emit("none(close_socket(&" + socket_.code + "));");
}

void CWriter::detach() {
  assign("long", "-1", CValue::Type::number, "plain(" + socket_.code + ")");
  emit(socket_.code + " = -1;");
}

void CWriter::fileno() {
  assign("long", "-1", CValue::Type::number, "plain(" + socket_.code + ")");
}

std::string CWriter::addressMade(const CValue& value) {
  scratch("struct address", "to");
  if (hasParts(value, socket_.family)) {
    const bool isBroadcast = value.items[0].literal == "<broadcast>";
    if (isBroadcast && (socket_.family == "AF_INET6" || socket_.family == "10"))
      withoutC("IPv6 has no broadcast");
    if (!value.items[0].is(text)) withoutC("the host is no text");
    const std::string port = cInt(value.items[1], 0, 65535);
    std::string rest;
    for (std::size_t i = 2; i < 4; ++i) {
      const bool given = i < value.items.size();
      rest += ", " + (given ? cInt(value.items[i], 0, i == 2 ? 0xFFFFF : UINT32_MAX) : std::string("0"));
    }
    return "internet_address(&to, " + socket_.family + ", " + value.items[0].code + ", " + port + rest + ")";
  }
  const bool isPath = value.isLiteral && (value.is(text) || value.is(bytes)) && isUnix(socket_.family);
  if (!isPath) withoutC("addresses of this family or form");
  const bool isAbstract = value.literal.starts_with('\0');
  if (value.literal.size() > (isAbstract ? 108 : 107)) withoutC("the path is too long");
  return "unix_address(&to, " + cString(value.literal) + ", " + std::to_string(value.literal.size()) + ")";
}

std::string CWriter::withAddress(const std::optional<CValue>& value,
                                 const std::function<std::string(const std::string&)>& make) {
  if (!value) withoutC("an argument is missing");
  const std::string name = value->is(address) ? value->code : "to";
  const std::string call = make("(struct sockaddr *)&" + name + ".at, " + name + ".size");
  return value->is(address) ? call : addressMade(*value) + " == 0 ? (" + call + ") : -1";
}

void CWriter::bind() {
  const auto call = [&](const std::string& to) { return "bind(" + socket_.code + ", " + to + ")"; };
  emit("none(" + withAddress(args_[0], call) + ");");
}

std::string CWriter::connectCall() {
  const std::string function = timeouts_ ? "connect_in_time(" : "connect(";
  return withAddress(args_[0],
                     [&](const std::string& to) { return function + socket_.code + ", " + to + ")"; });
}

void CWriter::connect() {
  emit("none(" + connectCall() + ");");
}

void CWriter::connectEx() {
  assign("long", "0", CValue::Type::number, "told_errno(" + connectCall() + ")");
}

void CWriter::listen() {
  const std::string backlog = number(0, "128");
  emit("none(listen(" + socket_.code + ", " + backlog + "));");
}

void CWriter::accept() {
  const std::string flags = number(0, "0");
  CValue taken;
  taken.type = socket;
  taken.family = socket_.family;
  taken.code = declare("int", line_->targets.empty() ? "unnamed" : line_->targets.front(), "-1");
  const CValue from = result("struct address", 1, address);
  scalars_.insert(taken.code);
  emit(taken.code + " = accepted(" + socket_.code + ", " + flags + ", &" + from.code + ");");
  bindTargets(cTuple({taken, from}));
}

void CWriter::shutdown() {
  const std::string how = number(0, "");
  emit("none(shutdown(" + socket_.code + ", " + how + "));");
}

void CWriter::ownName() {
  const CValue name = result("struct address", 0, address);
  emit("own_name(&" + name.code + ", " + socket_.code + ");");
  bindTargets(name);
}

void CWriter::peerName() {
  const CValue name = result("struct address", 0, address);
  emit("peer_name(&" + name.code + ", " + socket_.code + ");");
  bindTargets(name);
}

void CWriter::readOption() {
  const std::string level = number(0, "");
  const std::string option = number(1, "");
  const std::string room = number(2, "0", 0, 1024);
  const std::string rest = socket_.code + ", " + level + ", " + option;
  if (room == "0") {
    assign("long", "0", CValue::Type::number, "int_option(" + rest + ")");
    return;
  }
  const CValue value = result("struct bytes", 0, bytes);
  emit("bytes_option(&" + value.code + ", " + rest + ", " + room + ");");
  bindTargets(value);
}

void CWriter::setOption() {
  const std::string level = number(0, "");
  const std::string option = number(1, "");
  if (!has(2)) withoutC("an argument is missing");
  std::string value;
  if (args_[2]->is(CValue::Type::number)) {
    const std::string plain = cInt(*args_[2], INT32_MIN, INT32_MAX);
    value = "&(int){" + plain + "}, sizeof(int)";
  } else if (args_[2]->is(none)) {
    const std::string length = number(3, "", 0, INT32_MAX);
    value = "NULL, (socklen_t)" + length;
  } else {
    const std::string pieces = bytesAt(2);
    value = pieces;
  }
  emit("none(setsockopt(" + socket_.code + ", " + level + ", " + option + ", " + value + "));");
}

std::string CWriter::seconds(std::size_t index) const {
  if (!has(index)) withoutC("an argument is missing");
  const CValue& value = *args_[index];
  if (value.is(none)) return std::string("-1");
  if (!value.is(real) && !value.is(CValue::Type::number)) withoutC("Python takes a number there");
  if (value.is(CValue::Type::number) && !value.number) return value.code;
  const double asked =
      value.number ? static_cast<double>(*value.number) : std::strtod(value.code.c_str(), nullptr);
  if (asked < 0) withoutC("Python takes no time below 0");
  if (asked > kLongestWait) withoutC("Python takes no time as long as this");
  return value.number ? value.code : CallValue(std::ceil(asked * 1e9) / 1e9).repr();
}

void CWriter::setBlocking() {
  const std::string flag = number(0, "");
  emit("none(set_seconds(" + socket_.code + ", " + flag + " ? -1 : 0));");
}

void CWriter::blocking() {
  emit("told_truth(seconds(" + socket_.code + ") != 0);");
}

void CWriter::setTimeout() {
  const std::string time = seconds(0);
  emit("none(set_seconds(" + socket_.code + ", " + time + "));");
}

void CWriter::timeout() {
  emit("print_seconds(seconds(" + socket_.code + "));");
}

void CWriter::setDefaultTimeout() {
  const std::string time = seconds(0);
  emit("default_seconds = " + time + ";");
  emit("puts(\"None\");");
}

void CWriter::defaultTimeout() {
  emit("print_seconds(default_seconds);");
}

}  // namespace sockbench
