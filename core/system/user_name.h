// The names of users. Thread: any.
#pragma once

#include <sys/types.h>

#include <string>

namespace sockbench {

// "root"; the number in digits when no user has it. getpwuid_r(3): it may ask a server, and block.
std::string userName(uid_t uid);

}  // namespace sockbench
