// What the parts of a Python program are made of. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace sockbench {

// The beginning of every program: imports, and how a call's result is told.
std::string_view pythonPrelude();
// The functions that Python's socket module lacks, each by the name of the call that it stands for; "": none.
std::string_view pythonHelper(std::string_view call);
// Whether socket of Python 3.11 surely has this constant; the program defines others itself.
bool isPythonConstant(std::string_view name);

// Whether the program itself uses this name, so that no variable may have it.
bool isTakenInPython(std::string_view name);

}  // namespace sockbench
