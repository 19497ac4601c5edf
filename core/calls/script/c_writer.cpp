#include "core/calls/script/c_writer.h"

#include <algorithm>
#include <array>

#include "core/calls/call_names.h"
#include "core/calls/call_registry.h"
#include "core/calls/script/c_parts.h"

namespace sockbench {
namespace {

bool hasTimeouts(const CallScript& script) {
  return std::ranges::any_of(script, [](const CallLine& line) {
    return line.isCall && (line.name.ends_with("timeout") || line.name.ends_with("blocking"));
  });
}

bool isTaken(const std::string& name) {
  return isTakenInC(name) || numberOf(name) || findCall(CallTarget::function, name) != nullptr ||
         findCall(CallTarget::socketMethod, name) != nullptr;
}

// A comment of C must not end in the middle.
std::string commentText(std::string text) {
  for (std::size_t at = text.find("*/"); at != std::string::npos; at = text.find("*/", at))
    text.insert(at + 1, 1, ' ');
  return text;
}

}  // namespace

ScriptProgram CWriter::write(const CallScript& script) {
  timeouts_ = hasTimeouts(script);
  for (const CallLine& line : script) add(line);
  for (const std::string& name : scalars_) {
    if (timesNamed(body_, name) < 2) body_ += "  (void)" + name + ";\n";
  }
  const std::string body =
      "int main(void) {\n  signal(SIGPIPE, SIG_IGN);\n" + declarations_ + '\n' + body_ + "  return 0;\n}\n";
  return {cPrelude(body, timeouts_) + body, std::move(leftOut_)};
}

void CWriter::add(const CallLine& line) {
  if (line.isBlank()) return;
  line_ = &line;
  const std::string before = declarations_;
  const std::string bodyBefore = body_;
  const auto namesBefore = cNames_;
  const auto scalarsBefore = scalars_;
  if (line.isCall) {
    emit("call(" + std::to_string(line.number) + ", " + cString(callLineText(line)) + ");");
  }
  try {
    line.isCall ? addCall(line) : addAssignment(line);
  } catch (const NotInC& problem) {
    declarations_ = before;
    body_ = bodyBefore;
    cNames_ = namesBefore;
    scalars_ = scalarsBefore;
    leaveOut(line, problem.reason);
  }
}

void CWriter::leaveOut(const CallLine& line, const std::string& reason) {
  for (const std::string& target : line.targets) variables_.erase(target);
  leftOut_.push_back("line " + std::to_string(line.number) + ": not translated to C: " + reason);
  body_ += "  /* " + commentText(leftOut_.back() + ": " + callLineText(line)) + " */\n";
}

void CWriter::addCall(const CallLine& line) {
  const auto found = std::ranges::find_if(entries(), [&](const Entry& entry) {
    return entry.name == line.name && entry.onSocket == !line.on.empty();
  });
  if (found == entries().end()) throw NotInC{line.name + " is not known to the translation"};
  if (!line.on.empty()) {
    const auto socket = variables_.find(line.on);
    if (socket == variables_.end() || !socket->second.is(CValue::Type::socket)) {
      throw NotInC{line.on + " is no socket in C"};
    }
    socket_ = socket->second;
  }
  readArguments(line, *found);
  (this->*found->body)();
}

void CWriter::readArguments(const CallLine& line, const Entry& entry) {
  args_.assign(entry.parameters.size(), std::nullopt);
  const auto set = [&](std::size_t index, const CallExpression& expression) {
    if (index >= args_.size() || args_[index]) throw NotInC{"Python does not take these arguments"};
    args_[index] = cValue(expression, variables_);
  };
  for (std::size_t i = 0; i < line.args.size(); ++i) {
    set(i, line.args[i]);
  }
  static constexpr std::array<std::string_view, 10> kWithNames{
      "socket", "socketpair", "recv_into", "recvfrom_into", "poll",
      "ioctl",  "accept4",    "fromfd",    "getaddrinfo",   "sendfile"};
  if (!line.keywords.empty() && std::ranges::find(kWithNames, line.name) == kWithNames.end()) {
    throw NotInC{"Python takes no names of arguments there"};
  }
  for (const auto& [name, expression] : line.keywords) {
    const auto at = std::ranges::find(entry.parameters, name) - entry.parameters.begin();
    set(static_cast<std::size_t>(at), expression);
  }
}

void CWriter::addAssignment(const CallLine& line) {
  CValue value = cValue(line.value, variables_);
  if (value.is(CValue::Type::bytes) && line.targets.size() == 1) {
    const std::string name = declare("struct bytes", line.targets.front(), "{0}");
    scalars_.insert(name);
    emit(name + " = " + value.code + ";");
    value.code = name;
    value.isLiteral = false;
  }
  bindTargets(std::move(value));
}

void CWriter::emit(std::string statement) {
  body_ += "  " + std::move(statement) + '\n';
}

std::string CWriter::declare(std::string_view type, std::string_view name, std::string_view start) {
  std::string free(name == "_" ? "passed_over" : name);
  if (isTaken(free)) free += '_';
  const std::string stem = free;
  for (int i = 2; cNames_.contains(free); ++i) free = stem + '_' + std::to_string(i);
  cNames_.insert(free);
  const std::string space = type.ends_with('*') ? "" : " ";
  declarations_ += "  " + std::string(type) + space + free + " = " + std::string(start) + ";\n";
  return free;
}

CValue CWriter::result(std::string_view type, std::size_t index, CValue::Type kind) {
  const auto& targets = line_->targets;
  CValue value;
  value.type = kind;
  if (targets.empty()) {
    value.code = unnamed(type);
  } else {
    value.code =
        declare(type, line_->unpacks && index < targets.size() ? targets[index] : targets.front(), "{0}");
  }
  return value;
}

CValue& CWriter::assign(std::string_view type, std::string_view start, CValue::Type kind,
                        const std::string& call) {
  result_ = CValue();
  result_.type = kind;
  if (line_->targets.empty() || line_->unpacks) {
    emit(call + ";");
  } else {
    result_.code = declare(type, line_->targets.front(), start);
    scalars_.insert(result_.code);
    emit(result_.code + " = " + call + ";");
    bindTargets(result_);
  }
  return result_;
}

std::string CWriter::unnamed(std::string_view type) {
  return scratch(type, type == "struct bytes" ? "unnamed_bytes" : "unnamed_address");
}

std::string CWriter::scratch(std::string_view type, std::string name) {
  if (cNames_.insert(name).second) declarations_ += "  " + std::string(type) + ' ' + name + " = {0};\n";
  return name;
}

void CWriter::bindTargets(CValue value) {
  const auto& targets = line_->targets;
  const bool fits = value.items.size() == targets.size();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i] == "_") continue;
    if (line_->unpacks && !fits) {
      variables_.erase(targets[i]);
    } else {
      variables_[targets[i]] = line_->unpacks ? value.items[i] : value;
    }
  }
}

std::string CWriter::waiting(std::string_view events, const std::string& call) const {
  if (!timeouts_) return call;
  return "ready(" + socket_.code + ", " + std::string(events) + ") ? " + call + " : -1";
}

std::string CWriter::number(std::size_t index, std::string_view otherwise, std::int64_t least,
                            std::int64_t most) const {
  if (has(index)) return cInt(*args_[index], least, most);
  if (otherwise.empty()) throw NotInC{"an argument is missing"};
  return std::string(otherwise);
}

std::string CWriter::bytesAt(std::size_t index) const {
  if (!has(index) || !args_[index]->is(CValue::Type::bytes)) {
    throw NotInC{"Python takes bytes there"};
  }
  const CValue& value = *args_[index];
  if (value.isLiteral) return cString(value.literal) + ", " + std::to_string(value.literal.size());
  return value.code + ".at, " + value.code + ".size";
}

ScriptProgram scriptAsC(const CallScript& script) {
  return CWriter().write(script);
}

}  // namespace sockbench
