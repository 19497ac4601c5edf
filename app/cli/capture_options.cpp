#include "app/cli/capture_options.h"

#include "app/cli/command_line.h"

namespace sockbench::cli {

void addRowFilterOption(CLI::App& verb, std::string& filter) {
  addOption(verb, "--filter", filter,
            "Only records for which this holds, such as 'session == 3 and data contains \"GET\"'")
      ->type_name("EXPR");
}

void addPayloadOption(CLI::App& verb, std::string& payload) {
  addOption(verb, "--payload", payload, "Show payload as: hex, text, none (default: hex in JSON, else text)")
      ->type_name("FORM");
}

void takeRowFilter(OptionReader& reader, FilterPtr& to, const std::string& text) {
  if (reader.isWanted("--filter"))
    reader.take(to, "--filter", Filter::parse(text), "write it as 'kind == in and len > 100'");
}

void takePayload(OptionReader& reader, std::optional<PayloadForm>& to, const std::string& text) {
  if (reader.isWanted("--payload"))
    reader.take(to, "--payload", parsePayloadForm(text), "choose hex, text or none");
}

}  // namespace sockbench::cli
