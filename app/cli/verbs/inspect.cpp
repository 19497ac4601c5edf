// inspect: what an address says by itself.
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>

#include "app/cli/address_json.h"
#include "app/cli/command_line.h"
#include "app/cli/json_output.h"
#include "app/cli/json_string.h"
#include "app/cli/line_input.h"
#include "app/cli/verbs/verbs.h"
#include "core/resolve/address_report.h"

namespace sockbench::cli {

namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 2, width), ' ');
  return text;
}

std::string reportText(const AddressFacts& facts) {
  constexpr std::size_t kNameWidth = 24;
  std::string text;
  for (const AddressReportGroup& group : addressReport(facts)) {
    text += (text.empty() ? "" : "\n") + std::string(group.title) + '\n';
    for (const AddressReportRow& row : group.rows) {
      text += "  " + padded(std::string(row.name), kNameWidth) + printable(row.value) + '\n';
    }
  }
  return text;
}

int inspectOne(Context& context, const std::string& text) {
  const Result<AddressFacts> facts = inspectAddress(text);
  if (!facts) return context.fail(facts.error());
  if (context.json) {
    context.print(addressToJson(text, *facts));
  } else {
    context.out.write(reportText(*facts));
  }
  return kDone;
}

Result<AddressFacts> inspectLine(std::string_view line, bool cut) {
  if (!cut) return inspectAddress(line);
  return std::unexpected(
      Error::fromInput(InputFault::tooLarge, std::string(line), TextSpan{line.size(), 0},
                       "the line has more than " + std::to_string(kMostLineBytes) + " bytes"));
}

// Columns wide enough for IPv4; they cannot wait for the longest line.
std::string lineText(std::string_view line, const Result<AddressFacts>& facts) {
  constexpr std::size_t kMostShown = 200;  // of a line that is no address: as long as one likes
  std::string text = padded(printable(line.substr(0, kMostShown)), 22);
  if (!facts) {
    const std::string hint = facts.error().hint();
    text += "error: " + facts.error().message() + (hint.empty() ? "" : "; " + hint);
    return printable(text) + '\n';
  }
  text += padded(std::string(facts->scope), 15) + padded(std::string(facts->block->name), 30);
  if (const auto& network = facts->network) {
    text += padded(network->text(), 20) +
            padded(network->firstHost().text() + " - " + network->lastHost().text(), 34) +
            network->addressesText();
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

std::string lineTitles() {
  return padded("ADDRESS", 22) + padded("SCOPE", 15) + padded("BLOCK", 30) + padded("NETWORK", 20) +
         padded("HOSTS", 34) + "ADDRESSES\n";
}

std::string lineJson(std::string_view line, const Result<AddressFacts>& facts) {
  if (facts) return jsonLine(addressToJson(line, *facts)) + '\n';
  return jsonLine({{"input", jsonText(line)}, {"error", errorToJson(facts.error())}}) + '\n';
}

// Lines are answered in their order; what has been answered is written before more is waited for.
int inspectLines(Context& context) {
  constexpr std::size_t kMostHeld = std::size_t{1} << 20;
  std::string answers = context.json ? std::string() : lineTitles();
  const auto flush = [&] {
    const bool goOn = context.out.write(answers);
    answers.clear();
    return goOn;
  };
  const auto answer = [&](std::string_view line, bool cut) {
    const Result<AddressFacts> facts = inspectLine(line, cut);
    answers += context.json ? lineJson(line, facts) : lineText(line, facts);
    return answers.size() < kMostHeld || flush();
  };
  const Result<void> read = readLines(STDIN_FILENO, {.line = answer, .pause = flush});
  return read ? kDone : context.fail(read.error());
}

}  // namespace

void addInspectVerb(CLI::App& app, Context& context) {
  const auto text = std::make_shared<std::string>();
  CLI::App* verb =
      addVerb(app, context, "inspect", "What an address says by itself: forms, purpose, network, parts",
              [&context, text] { return *text == "-" ? inspectLines(context) : inspectOne(context, *text); });
  addArgument(*verb, "ADDRESS", *text,
              "IPv4 or IPv6, with /PREFIX, /NETMASK or /WILDCARD if need be; - reads one a line from "
              "standard input")
      ->required();
}

}  // namespace sockbench::cli
