#include "app/cli/script_report.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/cli/call_json.h"
#include "app/cli/json_output.h"
#include "core/payload/json_string.h"
#include "core/payload/visible_text.h"

namespace sockbench::cli {
namespace {

constexpr std::size_t kMostCallWidth = 60;
constexpr std::size_t kMostResultCharacters = 200;

void appendKey(std::string& out, std::string_view key) {
  out += out.ends_with('{') ? "\"" : ",\"";
  out += key;
  out += "\":";
}

void appendText(std::string& out, std::string_view key, std::string_view text) {
  appendKey(out, key);
  appendJsonString(out, text);
}

std::string microseconds(std::chrono::nanoseconds time) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.3f", static_cast<double>(time.count()) / 1e3);
  return text.data();
}

bool hasNumber(const CallFault& fault) {
  return fault.number != 0;
}

void appendFault(std::string& out, const CallFault& fault) {
  const std::string symbol = fault.symbol();
  appendKey(out, "errno");
  out += hasNumber(fault) ? std::to_string(fault.number) : "null";
  appendKey(out, "symbol");
  if (symbol.empty()) {
    out += "null";
  } else {
    appendJsonString(out, symbol);
  }
  appendText(out, "message", fault.message);
  appendText(out, "error_type", callFaultKindName(fault.kind));
  if (!fault.parameter.empty()) appendText(out, "parameter", fault.parameter);
  if (fault.bytesDone != 0) {
    appendKey(out, "bytes_done");
    out += std::to_string(fault.bytesDone);
  }
  if (const std::string hint = fault.hint(); !hint.empty()) appendText(out, "hint", hint);
}

void appendKernel(std::string& out, const CallOutcome& outcome) {
  appendKey(out, "kernel");
  out += '[';
  for (const KernelStep& step : outcome.kernel) {
    if (!out.ends_with('[')) out += ',';
    out += '{';
    appendText(out, "call", step.call);
    appendKey(out, "result");
    out += std::to_string(step.returned);
    appendKey(out, "errno");
    out += step.error == 0 ? "null" : std::to_string(step.error);
    appendKey(out, "duration_us");
    out += microseconds(step.duration);
    if (!step.note.empty()) appendText(out, "note", step.note);
    out += '}';
  }
  out += ']';
  if (outcome.kernelStepsLeftOut == 0) return;
  appendKey(out, "kernel_left_out");
  out += std::to_string(outcome.kernelStepsLeftOut);
}

void appendHandles(std::string& out, const CallLine& line, const CallDesk& desk) {
  std::string handles = "{";
  for (const CallVariable& variable : desk.variables()) {
    const auto* handle = variable.value.as<CallHandle>();
    if (handle == nullptr || std::ranges::find(line.targets, variable.name) == line.targets.end()) continue;
    appendKey(handles, variable.name);
    handles += std::to_string(handle->value);
  }
  if (handles == "{") return;
  appendKey(out, "handles");
  out += handles + '}';
}

std::string padded(std::string text, std::size_t width) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) nextUtf8(text, at);
  if (characters < width) text.append(width - characters, ' ');
  return text;
}

std::string alignedRight(std::string text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

// "31 µs", "2.5 ms", "12.0 s"; the sign of micro is two bytes.
std::string timeText(std::chrono::nanoseconds time) {
  const double us = static_cast<double>(time.count()) / 1e3;
  std::array<char, 40> text{};
  const char* form = us < 1e3 ? "%.0f us" : us < 1e6 ? "%.1f ms" : "%.1f s";
  std::snprintf(text.data(), text.size(), form, us < 1e3 ? us : us < 1e6 ? us / 1e3 : us / 1e6);
  return text.data();
}

std::string resultText(const CallOutcome& outcome) {
  if (outcome.result) return previewText(asBytes(outcome.result->repr()), kMostResultCharacters);
  const CallFault& fault = outcome.result.error();
  const std::string symbol = fault.symbol();
  std::string text = symbol.empty() ? std::string(pythonErrorName(fault.kind)) : symbol;
  if (fault.number != 0) text += " (" + std::to_string(fault.number) + ')';
  if (fault.interrupted) return text + ": interrupted";
  return text + ": " + fault.message;
}

}  // namespace

std::string outcomeJson(const CallLine& line, const CallOutcome& outcome, const CallDesk& desk) {
  std::string out = "{";
  appendKey(out, "line");
  out += std::to_string(line.number);
  appendText(out, "call", callLineText(line));
  appendKey(out, "result");
  if (outcome.result) {
    appendCallValue(out, *outcome.result);
    out += R"(,"errno":null,"symbol":null,"message":null,"error_type":null)";
  } else {
    out += "null";
    appendFault(out, outcome.result.error());
  }
  appendKey(out, "duration_us");
  out += microseconds(outcome.duration);
  std::string more = "{";
  for (const auto& [name, value] : outcome.out) {
    appendKey(more, name);
    appendCallValue(more, value);
  }
  appendKey(out, "out");
  out += more + '}';
  appendKernel(out, outcome);
  appendHandles(out, line, desk);
  return out + '}';
}

std::size_t widestCall(const CallScript& script) {
  std::size_t widest = 4;
  for (const CallLine& line : script) {
    if (line.isCall) widest = std::max(widest, callLineText(line).size());
  }
  return std::min(widest, kMostCallWidth);
}

std::string reportTitles(std::size_t widest) {
  return "No.   " + padded("Call", widest) + "      Time  Result\n";
}

std::string outcomeRow(const CallLine& line, const CallOutcome& outcome, std::size_t widest) {
  const std::string call = previewText(asBytes(callLineText(line)), widest);
  return alignedRight(std::to_string(line.number), 3) + "   " + padded(printable(call), widest) + ' ' +
         alignedRight(timeText(outcome.duration), 9) + "  " + printable(resultText(outcome)) + '\n';
}

CallOutcome notBegun(const Error& error) {
  CallFault fault;
  fault.kind = CallFaultKind::type;
  fault.message = error.message();
  CallOutcome outcome;
  outcome.result = std::unexpected(std::move(fault));
  return outcome;
}

}  // namespace sockbench::cli
