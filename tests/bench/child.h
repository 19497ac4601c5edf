// Child: a program started beside the benchmark, with its process id. It dies with the benchmark, and no wait
// for it is without end.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace bench {

inline constexpr std::chrono::seconds kPatience{60};

// The path of a program that was built beside this one.
std::string besideUs(const std::string& name);

class Child {
 public:
  // `command[0]` is looked for in PATH. Its standard output comes here if `listens`, else it goes nowhere;
  // standard error is shared. Not by fork: a copied address space would make every page of a warm log fault
  // anew.
  explicit Child(std::vector<std::string> command, bool listens = false);
  ~Child();  // kills it if it still runs
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  std::string line(std::chrono::milliseconds patience = kPatience);  // without its newline; fails when none
                                                                     // comes in time
  bool hasLine();                                                    // line() would not wait
  void tell(const std::string& line);                                // to its standard input
  void waitForEnd(std::chrono::milliseconds patience = kPatience);   // fails unless it exits with 0
  void kill();

 private:
  void readMore();

  std::string name_;
  pid_t pid_ = -1;
  int output_ = -1;
  int input_ = -1;
  std::string pending_;
};

}  // namespace bench
