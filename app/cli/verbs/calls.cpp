// calls: a script of raw socket calls, run, listed or translated.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/cli/calls_experiments.h"
#include "app/cli/calls_stdio.h"
#include "app/cli/command_line.h"
#include "app/cli/file_descriptor.h"
#include "app/cli/input_error.h"
#include "app/cli/json_output.h"
#include "app/cli/script_run.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"
#include "core/calls/call_registry.h"
#include "core/payload/visible_text.h"

namespace sockbench::cli {

namespace {

struct CallsOptions {
  std::string file;
  std::string python;
  std::string c;
  bool keepGoing = false;
  bool list = false;
  bool experiments = false;
  std::string experiment;
  bool stdio = false;
};

// At most one byte more than a script may have: enough to refuse it.
Result<std::string> readAll(int descriptor, const std::string& name) {
  std::string text;
  std::array<char, 65536> part{};
  while (text.size() <= kMostScriptBytes) {
    const ssize_t count = ::read(descriptor, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::unexpected(Error::fromErrno(Operation::read, errno, name));
    if (count == 0) break;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
  return text;
}

Result<std::string> readScript(const std::string& name) {
  if (name == "-") return readAll(STDIN_FILENO, "standard input");
  const FileDescriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::unexpected(Error::fromErrno(Operation::open, errno, name));
  return readAll(file.number(), name);
}

// Standard error shows the line, with a caret under the place.
int refuse(Context& context, const std::string& name, const Error& error, std::size_t line) {
  const std::size_t column = columnOf(error.subject, error.where ? error.where->offset : 0);
  if (context.json) {
    Json told = errorToJson(error);
    told["line"] = line;
    told["column"] = column;
    context.print({{"error", std::move(told)}});
    return kSaidNo;
  }
  std::string text = "sockbench-cli: " + printable(name) + ": line " + std::to_string(line) + ", column " +
                     std::to_string(column) + ": " + printable(error.message()) + '\n';
  constexpr std::size_t kMostShown = 120;
  if (error.where && error.where->offset < kMostShown) {
    const std::string shown = previewText(asBytes(error.subject), kMostShown);
    text += "  " + printable(shown) + "\n  " + std::string(column - 1, ' ') + "^\n";
  }
  static_cast<void>(Output(STDERR_FILENO).write(text));
  return kSaidNo;
}

// `use` of the script in `name`.
template <class Use>
int withScript(Context& context, const std::string& name, Use use) {
  const Result<std::string> text = readScript(name);
  if (!text) return context.fail(text.error());
  std::size_t failedLine = 0;
  const Result<CallScript> script = parseCallScript(*text, &failedLine);
  if (!script) return refuse(context, name == "-" ? "standard input" : name, script.error(), failedLine);
  return use(*script);
}

int printProgram(Context& context, const ScriptProgram& program) {
  for (const std::string& line : program.leftOut) {
    static_cast<void>(Output(STDERR_FILENO).write(printable(line) + '\n'));
  }
  context.out.write(program.text);
  return kDone;
}

Json parameterToJson(const CallParameter& parameter) {
  return {{"name", parameter.name},
          {"default", parameter.defaultText.empty() ? Json() : Json(parameter.defaultText)},
          {"meaning", parameter.meaning}};
}

Json callToJson(const CallInfo& call) {
  Json parameters = Json::array();
  for (const CallParameter& parameter : call.parameters) parameters.push_back(parameterToJson(parameter));
  Json errors = Json::array();
  for (const CallErrorNote& error : call.errors) {
    errors.push_back({{"symbol", error.symbol}, {"meaning", error.meaning}});
  }
  return {{"name", call.name},
          {"on", call.target == CallTarget::socketMethod ? Json("socket") : Json()},
          {"group", call.group},
          {"summary", call.summary},
          {"parameters", std::move(parameters)},
          {"returns", call.returns},
          {"errors", std::move(errors)},
          {"man_page", call.manPage},
          {"may_block", call.mayBlock},
          {"extension", call.extension}};
}

// "s.recv(bufsize, flags=0)"
std::string signatureOf(const CallInfo& call) {
  std::string text = (call.target == CallTarget::socketMethod ? "s." : "") + std::string(call.name) + '(';
  for (const CallParameter& parameter : call.parameters) {
    if (!text.ends_with('(')) text += ", ";
    text += parameter.name;
    if (!parameter.defaultText.empty()) text += "=" + std::string(parameter.defaultText);
  }
  return text + ')';
}

int listCalls(Context& context) {
  if (context.json) {
    Json list = Json::array();
    for (const CallInfo& call : callRegistry()) list.push_back(callToJson(call));
    context.print({{"calls", std::move(list)}});
    return kDone;
  }
  TextTable table({"CALL", "GROUP", "WHAT IT DOES", "MAN PAGE"});
  for (const CallInfo& call : callRegistry()) {
    table.add(
        {signatureOf(call), std::string(call.group), std::string(call.summary), std::string(call.manPage)});
  }
  context.out.write(table.text());
  return kDone;
}

int thingsAsked(const CallsOptions& options) {
  return (options.stdio ? 1 : 0) + (options.list ? 1 : 0) + (options.experiments ? 1 : 0) +
         (options.experiment.empty() ? 0 : 1) + (options.python.empty() ? 0 : 1) +
         (options.c.empty() ? 0 : 1) + (options.file.empty() ? 0 : 1);
}

int runCalls(Context& context, const CallsOptions& options) {
  if (thingsAsked(options) > 1) {
    return Context::wrongUsage("only one thing can be asked for",
                               "give a FILE, or --stdio, or one of the options that print");
  }
  if (options.stdio) return runCallsStdio(context);
  if (options.list) return listCalls(context);
  if (options.experiments) return listExperiments(context);
  if (!options.experiment.empty()) return runExperiment(context, options.experiment);
  if (!options.python.empty()) {
    return withScript(context, options.python, [&](const CallScript& script) {
      return printProgram(context, scriptAsPython(script));
    });
  }
  if (!options.c.empty()) {
    return withScript(context, options.c,
                      [&](const CallScript& script) { return printProgram(context, scriptAsC(script)); });
  }
  if (options.file.empty()) {
    return Context::wrongUsage("a script is missing",
                               "give a FILE, - for standard input, --list or --experiments");
  }
  return withScript(context, options.file, [&](const CallScript& script) {
    return ScriptRun(context, options.keepGoing).run(script);
  });
}

}  // namespace

void addCallsVerb(CLI::App& app, Context& context) {
  const auto options = std::make_shared<CallsOptions>();
  CLI::App* verb = addVerb(
      app, context, "calls",
      "Raw socket calls, one a line, as Python writes them: s = socket(AF_INET, SOCK_STREAM). With --json "
      "one "
      "object a call: its result, errno and duration, what the kernel gave beside (out), each system call "
      "(kernel); a socket is {\"h\":N}, bytes are {\"b\":base64}",
      [&context, options] { return runCalls(context, *options); });
  addArgument(*verb, "FILE", options->file, "The script; - reads standard input");
  verb->add_flag("--keep-going", options->keepGoing, "Go on after a call that fails, and end with 0");
  verb->add_flag("--stdio", options->stdio,
                 "Read requests instead, a JSON object a line, and answer each with one");
  verb->add_flag("--list", options->list, "Print every call: parameters, result, errors, man page");
  verb->add_flag("--experiments", options->experiments, "List the experiments");
  addOption(*verb, "--experiment", options->experiment,
            "Run the experiment ID, and tell what really happened on this machine");
  addOption(*verb, "--python", options->python, "Print the script FILE as a Python program instead");
  addOption(*verb, "--c", options->c, "Print the script FILE as a C program instead");
}

}  // namespace sockbench::cli
