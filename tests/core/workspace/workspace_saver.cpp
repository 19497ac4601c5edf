// Saves a workspace over and over until it is killed: `workspace_saver PATH MICROSECONDS`. After so long it
// kills itself by SIGKILL, wherever it is then. Each version holds its number in many places.
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "core/workspace/workspace_file.h"

using namespace sockbench;

namespace {

TomlTable version(std::int64_t number) {
  TomlTable made;
  made.set("number", number);
  // Versions differ in length, too.
  TomlArray numbers(static_cast<std::size_t>(2000 + number % 7 * 500), TomlValue(number));
  made.set("numbers", std::move(numbers));
  made.set("last", number);
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  auto file = WorkspaceFile::open(argv[1]);
  if (!file) return 3;
  std::signal(SIGALRM, [](int) { ::kill(::getpid(), SIGKILL); });
  itimerval timer{};
  timer.it_value.tv_usec = std::atoi(argv[2]);
  ::setitimer(ITIMER_REAL, &timer, nullptr);
  std::int64_t number = std::get<std::int64_t>(file->contents().find("number")->data);
  file->setKnown(file->contents());
  for (;;) {
    if (!file->save(version(++number))) return 4;
  }
}
