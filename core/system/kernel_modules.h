// Whether a module of the kernel could be loaded. Thread: any; it reads files, which may take a moment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sockbench {

enum class ModuleState : std::uint8_t {
  loadable,   // its file is there: modprobe(8) would load it
  missing,    // this kernel loads modules, but this one is not installed
  noModules,  // this kernel was built without modules, or /proc does not tell of any
};

// `name` as modprobe takes it ("can_raw"; - and _ are the same). `folder`: the modules of a kernel; empty:
// those of the running one, /lib/modules/RELEASE.
ModuleState moduleState(std::string_view name, const std::string& folder = {});

std::string kernelRelease();  // "6.1.0-28-amd64" (uname(2))

}  // namespace sockbench
