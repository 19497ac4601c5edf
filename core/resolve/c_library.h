// What the calls of the C library's databases have in common. Private to core/resolve.
#pragma once

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

// The C library reads text up to a NUL: what stands behind one would be ignored in silence.
inline bool hasNul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

inline const char* orNull(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

// Makes a get...by..._r call with a buffer that grows until the entry fits, and gives the entry to `use`
// while the buffer lives. Answers 0, or the call's errno (ENOENT when it found nothing and gave none).
template <class Raw, class Call, class Use>
int callReentrant(Call call, Use use) {
  constexpr std::size_t kMostBytes = 16 << 20;
  for (std::vector<char> buffer(1024);; buffer.resize(buffer.size() * 4)) {
    Raw raw{};
    Raw* found = nullptr;
    const int status = call(&raw, buffer.data(), buffer.size(), &found);
    if (found != nullptr) {
      use(*found);
      return 0;
    }
    if (status != ERANGE || buffer.size() >= kMostBytes) return status == 0 ? ENOENT : status;
  }
}

}  // namespace sockbench
