// Calls of sockets as C: sending, receiving, waiting and conversions; and the table of all.
#include "core/calls/script/c_writer.h"

namespace sockbench {
namespace {

using enum CValue::Type;

// An array of structs and how many there are: "(struct x[]){...}, 2", or "NULL, 0".
std::string arrayOf(const std::string& type, const std::vector<std::string>& items) {
  if (items.empty()) return "NULL, 0";
  std::string list;
  for (const std::string& item : items) list += (list.empty() ? "" : ", ") + item;
  return "(" + type + "[]){" + list + "}, " + std::to_string(items.size());
}

bool isSequence(const std::optional<CValue>& value) {
  return value && (value->is(list) || value->is(tuple));
}

}  // namespace

void CWriter::send() {
  const std::string data = bytesAt(0);
  const std::string flags = number(1, "0");
  assign("long", "0", CValue::Type::number,
         "number(" + waiting("POLLOUT", "send(" + socket_.code + ", " + data + ", " + flags + ")") + ")");
}

void CWriter::sendAll() {
  emit("none(send_all(" + socket_.code + ", " + bytesAt(0) + ", " + number(1, "0") + "));");
}

void CWriter::sendTo() {
  const std::string data = bytesAt(0);
  const std::string flags = has(2) ? number(1, "") : "0";
  const auto call = [&](const std::string& to) {
    return waiting("POLLOUT", "sendto(" + socket_.code + ", " + data + ", " + flags + ", " + to + ")");
  };
  assign("long", "0", CValue::Type::number,
         "number(" + withAddress(has(2) ? args_[2] : args_[1], call) + ")");
}

void CWriter::sendFile() {
  const std::string offset = number(1, "0", 0, INT64_MAX);
  const bool isAll = !has(2) || args_[2]->is(none);
  const std::string count = isAll ? std::string("0") : number(2, "", 1, INT64_MAX);
  assign("long", "0", CValue::Type::number,
         "send_file(" + socket_.code + ", " + textAt(0) + ", " + offset + ", " + count + ")");
}

void CWriter::sendMessage() {
  if (!isSequence(args_[0])) withoutC("Python takes a list of bytes there");
  std::vector<std::string> parts;
  for (const CValue& part : args_[0]->items) {
    if (!part.is(bytes)) withoutC("Python takes a list of bytes there");
    parts.push_back(part.code);
  }
  std::vector<std::string> controls;
  if (has(1) && !isSequence(args_[1])) withoutC("control messages of this form");
  for (const CValue& control : has(1) ? args_[1]->items : std::vector<CValue>()) {
    if (!control.is(tuple) || control.items.size() != 3 || !control.items[2].is(bytes)) {
      withoutC("control messages of this form");
    }
    controls.push_back("{" + cInt(control.items[0], INT32_MIN, INT32_MAX) + ", " +
                       cInt(control.items[1], INT32_MIN, INT32_MAX) + ", " + control.items[2].code + "}");
  }
  std::string to = "NULL";
  std::string made;
  if (has(3) && !args_[3]->is(none)) {
    to = args_[3]->is(address) ? "&" + args_[3]->code : "&to";
    if (!args_[3]->is(address)) made = addressMade(*args_[3]) + " == 0 ? ";
  }
  const std::string call = "send_message(" + socket_.code + ", " + arrayOf("struct bytes", parts) + ", " +
                           arrayOf("struct control", controls) + ", " + number(2, "0") + ", " + to + ")";
  assign("long", "0", CValue::Type::number, "number(" + made + call + (made.empty() ? "" : " : -1") + ")");
}

void CWriter::receive() {
  const std::string rest = socket_.code + ", " + number(0, "", 0) + ", " + number(1, "0");
  const CValue data = result("struct bytes", 0, bytes);
  emit("told_bytes(receive(&" + data.code + ", " + rest + ", NULL), &" + data.code + ");");
  bindTargets(data);
}

void CWriter::receiveFrom() {
  const std::string rest = socket_.code + ", " + number(0, "", 0) + ", " + number(1, "0");
  const CValue data = result("struct bytes", 0, bytes);
  const CValue from = result("struct address", 1, address);
  emit("told_receipt(receive(&" + data.code + ", " + rest + ", &" + from.code + "), &" + data.code + ", &" +
       from.code + ");");
  bindTargets(cTuple({data, from}));
}

std::string CWriter::intoBuffer(const std::string& from) {
  if (!has(0) || !args_[0]->is(bytes) || args_[0]->code.starts_with('(')) withoutC("a buffer without a name");
  const bool isKnown = args_[0]->number && has(1) && args_[1]->number;
  if (isKnown && *args_[1]->number > *args_[0]->number)
    withoutC("Python takes no more than the buffer's size there");
  return "receive_into(&" + args_[0]->code + ", " + number(1, "0", 0) + ", " + socket_.code + ", " +
         number(2, "0") + ", " + from + ")";
}

void CWriter::receiveInto() {
  assign("long", "0", CValue::Type::number, "number(" + intoBuffer("NULL") + ")");
}

void CWriter::receiveFromInto() {
  CValue count;
  count.type = CValue::Type::number;
  count.code = declare("long", line_->targets.empty() ? "count" : line_->targets.front(), "0");
  scalars_.insert(count.code);
  const CValue from = result("struct address", 1, address);
  emit(count.code + " = " + intoBuffer("&" + from.code) + ";");
  emit("told_count_from(" + count.code + ", &" + from.code + ");");
  bindTargets(cTuple({count, from}));
}

void CWriter::receiveMessage() {
  const std::string sizes = socket_.code + ", " + number(0, "", 0) + ", " + number(1, "0", 0);
  const CValue data = result("struct bytes", 0, bytes);
  CValue controls;
  controls.type = list;
  CValue flags;
  flags.type = CValue::Type::number;
  flags.code = declare("int", line_->unpacks && line_->targets.size() > 2 ? line_->targets[2] : "flags", "0");
  const CValue from = result("struct address", 3, address);
  emit("receive_message(&" + data.code + ", &" + flags.code + ", &" + from.code + ", " + sizes + ", " +
       number(2, "0") + ");");
  bindTargets(cTuple({data, controls, flags, from}));
}

void CWriter::poll() {
  if (!isSequence(args_[0])) withoutC("Python takes a list of tuples there");
  std::vector<std::string> waiting;
  for (const CValue& item : args_[0]->items) {
    if (!item.is(tuple) || item.items.size() != 2 || !item.items[0].is(socket))
      withoutC("sockets of this form");
    waiting.push_back("{" + item.items[0].code + ", " + cInt(item.items[1], 0, 32767) + ", 0}");
  }
  const std::string time = has(1) ? seconds(1) : "-1";
  emit("poll_all(" + arrayOf("struct pollfd", waiting) + ", " + time + ");");
  CValue ready;
  ready.type = list;
  bindTargets(ready);
}

void CWriter::ioctl() {
  assign("long", "0", CValue::Type::number, "asked(" + socket_.code + ", " + number(0, "") + ")");
}

void CWriter::convertNumber() {
  const bool isShort = line_->name.ends_with('s');
  const std::string value = number(0, "", 0, isShort ? UINT16_MAX : UINT32_MAX);
  assign("long", "0", CValue::Type::number, "plain(" + line_->name + "(" + value + "))");
}

void CWriter::textToAddress() {
  const bool isLoose = line_->name == "inet_aton";
  const std::size_t at = isLoose ? 0 : 1;
  if (!has(at) || !args_[at]->is(text)) withoutC("Python takes text there");
  const std::string family = isLoose ? "AF_INET" : number(0, "");
  const CValue value = result("struct bytes", 0, bytes);
  emit("packed(&" + value.code + ", " + family + ", " + args_[at]->code + ", " + (isLoose ? "1" : "0") +
       ");");
  bindTargets(value);
}

void CWriter::addressToText() {
  const bool isOld = line_->name == "inet_ntoa";
  const std::size_t at = isOld ? 0 : 1;
  if (!has(at) || !args_[at]->is(bytes)) withoutC("Python takes bytes there");
  const std::string family = isOld ? "AF_INET" : number(0, "");
  const std::size_t size = args_[at]->literal.size();
  if (args_[at]->isLiteral && size != (family == "AF_INET6" ? 16U : 4U)) withoutC("bytes of another length");
  tellText("as_text(" + family + ", " + args_[at]->code + ")");
}

void CWriter::controlSize() {
  assign("long", "0", CValue::Type::number,
         "plain((long)" + line_->name + "(" + number(0, "", 0, INT32_MAX) + "))");
}

const std::vector<CWriter::Entry>& CWriter::entries() {
  static const std::vector<Entry> all{
      {"socket", false, {"family", "type", "proto", "fileno"}, &CWriter::makeSocket},
      {"socketpair", false, {"family", "type", "proto"}, &CWriter::makePair},
      {"fromfd", false, {"fd", "family", "type", "proto"}, &CWriter::takeOver},
      {"dup", true, {}, &CWriter::copySocket},
      {"close", true, {}, &CWriter::closeSocket},
      {"detach", true, {}, &CWriter::detach},
      {"fileno", true, {}, &CWriter::fileno},
      {"bind", true, {"address"}, &CWriter::bind},
      {"listen", true, {"backlog"}, &CWriter::listen},
      {"accept4", true, {"flags"}, &CWriter::accept},
      {"connect", true, {"address"}, &CWriter::connect},
      {"connect_ex", true, {"address"}, &CWriter::connectEx},
      {"shutdown", true, {"how"}, &CWriter::shutdown},
      {"getsockname", true, {}, &CWriter::ownName},
      {"getpeername", true, {}, &CWriter::peerName},
      {"getsockopt", true, {"level", "optname", "buflen"}, &CWriter::readOption},
      {"setsockopt", true, {"level", "optname", "value", "optlen"}, &CWriter::setOption},
      {"setblocking", true, {"flag"}, &CWriter::setBlocking},
      {"getblocking", true, {}, &CWriter::blocking},
      {"settimeout", true, {"value"}, &CWriter::setTimeout},
      {"gettimeout", true, {}, &CWriter::timeout},
      {"setdefaulttimeout", false, {"timeout"}, &CWriter::setDefaultTimeout},
      {"getdefaulttimeout", false, {}, &CWriter::defaultTimeout},
      {"ioctl", true, {"request"}, &CWriter::ioctl},
      {"send", true, {"data", "flags"}, &CWriter::send},
      {"sendall", true, {"data", "flags"}, &CWriter::sendAll},
      {"sendto", true, {"data", "flags", "address"}, &CWriter::sendTo},
      {"sendfile", true, {"file", "offset", "count"}, &CWriter::sendFile},
      {"sendmsg", true, {"buffers", "ancdata", "flags", "address"}, &CWriter::sendMessage},
      {"recv", true, {"bufsize", "flags"}, &CWriter::receive},
      {"recvfrom", true, {"bufsize", "flags"}, &CWriter::receiveFrom},
      {"recv_into", true, {"buffer", "nbytes", "flags"}, &CWriter::receiveInto},
      {"recvfrom_into", true, {"buffer", "nbytes", "flags"}, &CWriter::receiveFromInto},
      {"recvmsg", true, {"bufsize", "ancbufsize", "flags"}, &CWriter::receiveMessage},
      {"poll", false, {"sockets", "timeout"}, &CWriter::poll},
      {"htons", false, {"x"}, &CWriter::convertNumber},
      {"htonl", false, {"x"}, &CWriter::convertNumber},
      {"ntohs", false, {"x"}, &CWriter::convertNumber},
      {"ntohl", false, {"x"}, &CWriter::convertNumber},
      {"inet_pton", false, {"address_family", "ip_string"}, &CWriter::textToAddress},
      {"inet_aton", false, {"ip_string"}, &CWriter::textToAddress},
      {"inet_ntop", false, {"address_family", "packed_ip"}, &CWriter::addressToText},
      {"inet_ntoa", false, {"packed_ip"}, &CWriter::addressToText},
      {"getaddrinfo", false, {"host", "port", "family", "type", "proto", "flags"}, &CWriter::lookUp},
      {"getnameinfo", false, {"sockaddr", "flags"}, &CWriter::namesOfAddress},
      {"gethostbyname", false, {"hostname"}, &CWriter::hostAddress},
      {"gethostbyname_ex", false, {"hostname"}, &CWriter::hostEntry},
      {"gethostbyaddr", false, {"ip_address"}, &CWriter::hostEntry},
      {"gethostname", false, {}, &CWriter::hostName},
      {"getservbyname", false, {"servicename", "protocolname"}, &CWriter::serviceNumber},
      {"getservbyport", false, {"port", "protocolname"}, &CWriter::serviceName},
      {"getprotobyname", false, {"protocolname"}, &CWriter::protocolNumber},
      {"getprotobynumber", false, {"number"}, &CWriter::protocolName},
      {"if_nameindex", false, {}, &CWriter::interfaces},
      {"if_nametoindex", false, {"if_name"}, &CWriter::interfaceNumber},
      {"if_indextoname", false, {"if_index"}, &CWriter::interfaceName},
      {"CMSG_LEN", false, {"length"}, &CWriter::controlSize},
      {"CMSG_SPACE", false, {"length"}, &CWriter::controlSize},
      {"accept", true, {}, &CWriter::accept},
  };
  return all;
}

}  // namespace sockbench
