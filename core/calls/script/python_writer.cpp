#include "core/calls/script/python_writer.h"

#include <map>
#include <set>

#include "core/calls/call_names.h"
#include "core/calls/call_registry.h"
#include "core/calls/script/call_script.h"

namespace sockbench {
namespace {

void rename(std::string& name) {
  if (isTakenInPython(name)) name += '_';
}

void rename(CallExpression& expression) {
  if (expression.kind == CallExpression::Kind::name) rename(expression.name);
  for (CallExpression& item : expression.items) rename(item);
}

// The line with names that the program does not need itself.
CallLine renamed(CallLine line) {
  rename(line.on);
  rename(line.value);
  for (std::string& target : line.targets) rename(target);
  for (CallExpression& argument : line.args) rename(argument);
  for (auto& [name, argument] : line.keywords) rename(argument);
  return line;
}

class PythonWriter {
 public:
  ScriptProgram write(const CallScript& script) {
    for (const CallLine& line : script) add(line);
    std::string text(pythonPrelude());
    for (const std::string& call : helpers_) text += pythonHelper(call);
    if (!constants_.empty()) text += "\n# Constants that not every Python has.\n";
    for (const auto& [name, number] : constants_) {
      text += "globals().setdefault(\"" + name + "\", " + std::to_string(number) + ")\n";
    }
    return {text + '\n' + body_, std::move(leftOut_)};
  }

 private:
  void add(const CallLine& line) {
    if (line.isBlank()) return comment(line);
    const std::string text = callLineText(line);
    const std::string_view faulty = missing(line);
    if (!faulty.empty()) {
      leftOut_.push_back("line " + std::to_string(line.number) + ": Python has no " + std::string(faulty));
      body_ += "# " + leftOut_.back() + ": " + text + '\n';
      return;
    }
    collect(line);
    for (const std::string& target : line.targets) variables_.insert(target);
    CallLine call = renamed(line);
    if (!line.isCall) {
      body_ += callLineText(call) + '\n';
      return;
    }
    body_ += "with _call(" + std::to_string(line.number) + ", " + CallValue(text).repr() + ") as _is:\n    ";
    const std::string whole = callLineText(call);
    call.targets.clear();
    const std::string left = whole.substr(0, whole.size() - callLineText(call).size());
    body_ += left + "_is(" + callText(call) + ")\n";
  }

  void comment(const CallLine& line) {
    const std::size_t at = line.text.find('#');
    if (at != std::string::npos) body_ += line.text.substr(at) + '\n';
  }

  // What Python lacks and no helper stands for; empty: nothing.
  static std::string_view missing(const CallLine& line) {
    if (!line.isCall || !pythonHelper(line.name).empty()) return {};
    const auto target = line.on.empty() ? CallTarget::function : CallTarget::socketMethod;
    const CallInfo* info = findCall(target, line.name);
    return info == nullptr || info->extension ? std::string_view(line.name) : std::string_view();
  }

  // A call for which a helper stands becomes a function of it, with the socket in front.
  std::string callText(CallLine call) {
    if (pythonHelper(call.name).empty()) return callLineText(call);
    helpers_.insert(call.name);
    if (!call.on.empty()) {
      CallExpression socket;
      socket.kind = CallExpression::Kind::name;
      socket.name = call.on;
      call.args.insert(call.args.begin(), std::move(socket));
    }
    call.on.clear();
    call.name.insert(0, "_");
    return callLineText(call);
  }

  void collect(const CallLine& line) {
    for (const CallExpression& argument : line.args) collect(argument);
    for (const auto& [name, argument] : line.keywords) collect(argument);
    collect(line.value);
  }

  void collect(const CallExpression& expression) {
    for (const CallExpression& item : expression.items) collect(item);
    const bool isConstant = expression.kind == CallExpression::Kind::name &&
                            !variables_.contains(expression.name) && !isPythonConstant(expression.name);
    if (!isConstant) return;
    if (const auto number = numberOf(expression.name)) constants_[expression.name] = *number;
  }

  std::string body_;
  std::set<std::string> variables_;
  std::set<std::string> helpers_;
  std::map<std::string, std::int64_t> constants_;
  std::vector<std::string> leftOut_;
};

}  // namespace

ScriptProgram scriptAsPython(const CallScript& script) {
  return PythonWriter().write(script);
}

}  // namespace sockbench
