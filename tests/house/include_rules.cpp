#include "include_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <sstream>

namespace {

using Prefixes = std::vector<std::string_view>;

struct Room {
  std::string_view folder;
  Prefixes doors;  // besides the room itself
};

const Prefixes kBelowPanels{"core/", "ui/bridge/", "ui/models/", "ui/widgets/"};

// A file belongs to the first room that holds it.
const std::vector<Room>& rooms() {
  static const std::vector<Room> all{
      {"core/base/", {}},
      {"core/net/", {"core/base/"}},
      {"core/payload/", {"core/base/"}},
      {"core/traffic/", {"core/base/", "core/net/", "core/payload/"}},
      {"core/capture/", {"core/base/", "core/net/", "core/payload/", "core/traffic/"}},
      {"core/resolve/", {"core/base/", "core/net/"}},
      {"core/system/", {"core/base/", "core/net/"}},
      {"core/calls/",
       {"core/base/", "core/net/", "core/payload/", "core/traffic/", "core/resolve/", "core/system/"}},
      {"core/engine/", {"core/base/", "core/net/", "core/payload/", "core/traffic/", "core/resolve/"}},
      {"core/toml/", {"core/base/"}},
      {"core/automation/",
       {"core/base/", "core/net/", "core/payload/", "core/traffic/", "core/resolve/", "core/engine/",
        "core/toml/"}},
      {"core/workspace/",
       {"core/base/", "core/net/", "core/payload/", "core/traffic/", "core/engine/", "core/toml/",
        "core/automation/"}},
      {"ui/bridge/", {"core/"}},
      {"ui/models/", {"core/", "ui/bridge/"}},
      {"ui/widgets/", {"core/", "ui/bridge/", "ui/models/"}},
      {"ui/panels/", kBelowPanels},
      {"ui/window/", {"core/", "ui/"}},
      {"app/cli/", {"core/"}},
      {"app/gui/", {"core/", "ui/"}},
  };
  return all;
}

bool startsWithAny(std::string_view text, const Prefixes& prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool isProjectPath(std::string_view target) {
  return startsWithAny(target, {"core/", "ui/", "app/"});
}

bool isQt(std::string_view target) {
  static const std::regex qt("(Qt[A-Z]\\w*/.*|Q[A-Z]\\w*|q[a-z0-9_]+\\.h)");
  return std::regex_match(target.begin(), target.end(), qt);
}

bool isAsio(std::string_view target) {
  return target == "asio.hpp" || target.starts_with("asio/");
}

// Flags of look-ups (netdb.h) are constants that core's public headers speak of; calls on sockets are not.
bool isSocketHeader(std::string_view target) {
  return startsWithAny(target, {"sys/socket.h", "sys/un.h"});
}

// "ui/panels/server/" of "ui/panels/server/server_panel.cpp"; empty for what lies in ui/panels/ itself.
std::string_view panelOf(std::string_view path) {
  constexpr std::string_view panels = "ui/panels/";
  if (!path.starts_with(panels)) return {};
  const std::size_t slash = path.find('/', panels.size());
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

std::optional<std::string> projectFault(std::string_view path, const Room& room, std::string_view target) {
  if (target.starts_with("core/engine/detail/") && room.folder != "core/engine/") {
    return "core/engine/detail is the engine's own";
  }
  if (target.starts_with("core/resolve/dns/") && room.folder != "core/resolve/") {
    return "core/resolve/dns is the DNS client's own";
  }
  if (target.starts_with("core/calls/python/") && room.folder != "core/calls/") {
    return "core/calls/python is the bench's own";
  }
  const std::string_view panel = panelOf(target);
  if (!panel.empty() && path.starts_with("ui/panels/") && panelOf(path) != panel) {
    return "a panel does not know another panel";
  }
  if (target.starts_with(room.folder) || startsWithAny(target, room.doors)) return std::nullopt;
  return std::string(room.folder) + " has no door to it";
}

std::optional<std::string> outsideFault(std::string_view path, std::string_view target) {
  const bool isUi = path.starts_with("ui/") || path.starts_with("app/gui/");
  if (!isUi && isQt(target)) return "core and the command line know no Qt";
  if (isAsio(target) && !path.starts_with("core/engine/detail/")) return "asio stays in core/engine/detail";
  if (isUi && isSocketHeader(target)) return "the window makes no socket call";
  return std::nullopt;
}

std::optional<std::string> faultOf(std::string_view path, const Room& room, std::string_view target,
                                   bool quoted) {
  if (isProjectPath(target)) return projectFault(path, room, target);
  if (quoted && !target.ends_with(".moc"))
    return "a file of the project is named from its root: core/, ui/ or app/";
  return outsideFault(path, target);
}

}  // namespace

std::vector<IncludeFault> includeFaults(std::string_view path, std::string_view source) {
  const auto room = std::ranges::find_if(rooms(), [&](const Room& r) { return path.starts_with(r.folder); });
  if (room == rooms().end())
    return {{1, std::string(path), "this folder is no room: give it its doors in include_rules.cpp"}};
  static const std::regex include("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"].*");
  std::vector<IncludeFault> faults;
  std::istringstream lines{std::string(source)};
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    if (!std::regex_match(line, match, include)) continue;
    const std::string target = match[2];
    if (const auto why = faultOf(path, *room, target, match[1] == "\""))
      faults.push_back({number, target, *why});
  }
  return faults;
}
