// What `show`, `convert` and `stream` share on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/run_options.h"
#include "core/traffic/filter/filter.h"

namespace sockbench::cli {

inline constexpr const char* kCaptureFileHelp =
    "A pcapng or pcap file, of Sockbench or of any other program; - is standard input";

void addRowFilterOption(CLI::App& verb, std::string& filter);
void addPayloadOption(CLI::App& verb, std::string& payload);

// Each where it is given.
void takeRowFilter(OptionReader& reader, FilterPtr& to, const std::string& text);
void takePayload(OptionReader& reader, std::optional<PayloadForm>& to, const std::string& text);

}  // namespace sockbench::cli
