#include <functional>
#include <map>

#include "peer.h"
#include "report.h"

namespace {

using bench::peer::Arguments;

struct Verb {
  std::size_t arguments;
  std::function<void(const Arguments&)> run;
};

const std::map<std::string, Verb>& verbs() {
  using namespace bench::peer;
  static const std::map<std::string, Verb> all{
      {"bulk", {3, bulk}},         {"iperf", {3, iperf}}, {"datagrams", {3, datagrams}},
      {"pingpong", {2, pingpong}}, {"crowd", {2, crowd}}, {"mixed", {5, mixed}},
      {"hold", {1, hold}},         {"take", {1, take}},
  };
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments words(argv + 1, argv + argc);
  const auto verb = words.empty() ? verbs().end() : verbs().find(words.front());
  if (verb == verbs().end() || words.size() != verb->second.arguments + 1)
    bench::fail("usage: see tests/bench/peer.h");
  verb->second.run({words.begin() + 1, words.end()});
}
