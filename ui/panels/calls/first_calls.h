// What a newcomer begins with. Thread: any.
#pragma once

#include <string>
#include <vector>

namespace sockbench::ui {

// A server and a client on TCP, from socket() to an echo, a line each.
std::vector<std::string> firstCalls();

}  // namespace sockbench::ui
