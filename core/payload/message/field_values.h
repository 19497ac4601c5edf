// FieldValues: what the fields of a message stand for at one sending.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"

namespace sockbench {

// A variable's value, in UTF-8. Secrets are references: they are looked up when a message is made and are
// never part of what is saved.
using Variables = std::map<std::string, std::string, std::less<>>;

struct FieldValues {
  std::uint64_t counter = 0;  // how many messages of this plan went before this one
  WallNanos time = 0;         // 0: wallNow() at the expansion
  // What {{random.hex}} and {{uuid}} are made of: the same seed gives the same bytes, so that a preview shows
  // what will go. Draw a new one (freshSeed) for each sending.
  std::uint64_t seed = 0;
  std::string peerAddress;  // empty: not known, an error if a field asks for it
  std::uint16_t peerPort = 0;
  std::string localAddress;
  std::uint16_t localPort = 0;
  const Variables* variables = nullptr;  // nullptr: none
  std::vector<Bytes> groups;             // of the rule that matched: [0] the whole match
  // Asked for a variable that `variables` does not have: secrets. Empty: none.
  std::function<Result<std::string>(std::string_view name)> secret;
};

std::uint64_t freshSeed();  // from the kernel's generator (getrandom(2)). Thread: any

}  // namespace sockbench
