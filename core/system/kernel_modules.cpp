#include "core/system/kernel_modules.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace sockbench {
namespace {

std::string folded(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '-', '_');
  return text;
}

// "kernel/net/can/can-raw.ko.xz: kernel/net/can/can.ko.xz" is about can_raw.
std::string moduleOfLine(const std::string& line) {
  const std::string file = line.substr(0, line.find(':'));
  const std::string name = file.substr(file.rfind('/') + 1);
  return folded(name.substr(0, name.find('.')));
}

}  // namespace

ModuleState moduleState(std::string_view name, const std::string& folder) {
  if (folder.empty() && access("/proc/modules", F_OK) != 0) return ModuleState::noModules;
  std::ifstream list((folder.empty() ? "/lib/modules/" + kernelRelease() : folder) + "/modules.dep");
  const std::string wanted = folded(name);
  for (std::string line; std::getline(list, line);)
    if (moduleOfLine(line) == wanted) return ModuleState::loadable;
  return ModuleState::missing;
}

std::string kernelRelease() {
  utsname system{};
  return uname(&system) == 0 ? system.release : "";
}

}  // namespace sockbench
