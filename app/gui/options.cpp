#include "app/gui/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <ranges>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/payload/visible_text.h"

namespace sockbench::gui {
namespace {

// doc.qt.io/qt-6/qguiapplication.html and qapplication.html: options that take a value, and those that take
// none.
constexpr std::array<std::string_view, 14> kQtValued{
    "display", "fontengine",      "geometry",           "icon",
    "name",    "platform",        "platformpluginpath", "platformtheme",
    "plugin",  "qwindowgeometry", "qwindowicon",        "session",
    "style",   "stylesheet"};
constexpr std::array<std::string_view, 2> kQtBare{"reverse", "widgetcount"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// "platform" of "-platform" and "--platform=x"; empty when it is no option.
std::string_view optionName(std::string_view argument) {
  if (!argument.starts_with('-')) return {};
  argument.remove_prefix(argument.starts_with("--") ? 2 : 1);
  return argument.substr(0, argument.find('='));
}

// Without what QApplication will take for itself, last argument first, as CLI11 wants them.
std::vector<std::string> ownArguments(int argc, const char* const* argv) {
  std::vector<std::string> own;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const std::string_view name = optionName(argument);
    if (isOneOf(kQtBare, name)) continue;
    if (isOneOf(kQtValued, name)) {
      if (!argument.contains('=')) ++i;
      continue;
    }
    own.emplace_back(argument);
  }
  std::ranges::reverse(own);
  return own;
}

int refuse(const std::string& complaint) {
  const std::string line = visibleText(complaint);
  std::fprintf(stderr, "sockbench: %s (see sockbench --help)\n", line.c_str());
  return 2;
}

// The complaint, or nothing when every text is an endpoint.
std::optional<std::string> addEndpoints(const char* option, const std::vector<std::string>& texts,
                                        std::vector<Endpoint>& endpoints) {
  for (const std::string& text : texts) {
    auto endpoint = Endpoint::parse(text);
    if (!endpoint) {
      const std::string hint = endpoint.error().hint();
      return std::string(option) + " " + text + ": " + endpoint.error().message() +
             (hint.empty() ? "" : "; " + hint);
    }
    endpoints.push_back(*std::move(endpoint));
  }
  return std::nullopt;
}

std::optional<ui::theme::Mode> themeNamed(const std::string& name) {
  if (name == "light") return ui::theme::Mode::light;
  if (name == "dark") return ui::theme::Mode::dark;
  if (name == "system") return ui::theme::Mode::system;
  return std::nullopt;
}

}  // namespace

std::variant<Options, int> parseOptions(int argc, const char* const* argv) {
  Options options;
  std::vector<std::string> listen;
  std::vector<std::string> connect;
  std::string theme;

  CLI::App parser(
      "A desktop socket workbench: resolve names, serve, connect, exchange bytes, and watch one\n"
      "truthful timeline of everything that the sockets did.\n\n"
      "ENDPOINT: tcp://HOST:PORT  udp://HOST:PORT  unix:PATH  unix-dgram:PATH  unix-seqpacket:PATH",
      "sockbench");
  parser.set_version_flag("-v,--version", "sockbench " SOCKBENCH_VERSION);
  parser.add_option("--listen", listen, "Start a server there; may be repeated")
      ->type_name("ENDPOINT")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  parser.add_option("--connect", connect, "Connect a client to it; may be repeated")
      ->type_name("ENDPOINT")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  parser.add_option("FILE", options.endpoints.captures,
                    "A workspace, a scenario or a capture (pcapng, pcap) to be opened");
  parser.add_flag("--new-window", options.newWindow,
                  "Open a window even when one is open: do not hand over to it");
  parser.add_option("--theme", theme, "light, dark or system")
      ->type_name("THEME")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  parser.add_flag("--tour", options.tour,
                  "Play the main job in the window, print its timeline, and exit 0 if every step happened");
  parser.add_option("--screenshot", options.screenshot, "Save a picture of the window as PNG, then exit")
      ->type_name("FILE")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  parser.add_flag(
      "--exit-after-paint", options.exitAfterPaint,
      "Print \"painted\" as soon as the window has been painted, then exit: to measure the start");
  try {
    parser.parse(ownArguments(argc, argv));
  } catch (const CLI::Success& wish) {
    return parser.exit(wish);
  } catch (const CLI::ParseError& error) {
    return refuse(error.what());
  }

  if (const auto complaint = addEndpoints("--listen", listen, options.endpoints.listen))
    return refuse(*complaint);
  if (const auto complaint = addEndpoints("--connect", connect, options.endpoints.connect))
    return refuse(*complaint);
  for (const std::string& path : options.endpoints.captures) {
    std::error_code unreadable;
    if (!std::filesystem::exists(path, unreadable))
      return refuse(path + ": there is no such file to be opened");
  }
  if (listen.size() + connect.size() + options.endpoints.captures.size() > ui::LaunchRequest::kMostEndpoints)
    return refuse("too many endpoints and files at once: 64 is the most");
  options.theme = themeNamed(theme);
  if (parser.count("--theme") > 0 && !options.theme) {
    return refuse("--theme " + theme + ": no such theme; it is light, dark or system");
  }
  if (options.tour && !options.endpoints.isEmpty())
    return refuse("--tour makes its own sockets; leave --listen and --connect out");
  return options;
}

bool namesPlatform(int argc, const char* const* argv) {
  return std::any_of(argv, argv + argc,
                     [](std::string_view argument) { return optionName(argument) == "platform"; });
}

}  // namespace sockbench::gui
