// How connections begin: the handshake and the backlog, connecting without waiting, one listener for both
// families. tcp(7), listen(2), connect(2), ipv6(7).
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "core/calls/call_names.h"
#include "core/calls/experiments/experiment_facts.h"

namespace sockbench {
namespace {

constexpr std::string_view kHandshake = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(1)
name = listener.getsockname()
first = socket(AF_INET, SOCK_STREAM)
first.settimeout(5)
before = first.getsockopt(IPPROTO_TCP, TCP_INFO, 1)
connected = first.connect(name)               # nobody has called accept
after = first.getsockopt(IPPROTO_TCP, TCP_INFO, 1)
second = socket(AF_INET, SOCK_STREAM)
second.settimeout(5)
second.connect(name)                          # the backlog of 1 lets a second one wait
queue = listener.getsockopt(IPPROTO_TCP, TCP_INFO, 104)
third = socket(AF_INET, SOCK_STREAM)
third.settimeout(0.2)
full = third.connect(name)                    # its SYN is not answered
asking = third.getsockopt(IPPROTO_TCP, TCP_INFO, 1)
conn, addr = listener.accept()                # one place is free
ready = poll([(third, POLLOUT)], 8)           # the kernel sends the SYN again
late = third.getsockopt(IPPROTO_TCP, TCP_INFO, 1)
)";
constexpr std::string_view kHandshakeMayFail[] = {"full"};

void concludeHandshake(const ExperimentFacts& facts, ConclusionWriter& writer) {
  const std::string before = facts.tcpState("before");
  const std::string after = facts.tcpState("after");
  writer.say(before == "CLOSE" && after == "ESTABLISHED",
             "The first socket went from " + before + " to " + after + " in " +
                 shownDuration(facts.duration("connected")) +
                 ", before anybody called accept: the kernel shakes hands by itself.");
  const auto waiting = facts.tcpUnacked("queue");
  writer.say(waiting == 2U, "listen(1) let " + std::to_string(waiting.value_or(0)) +
                                " finished connections wait in the backlog.");
  const std::string asking = facts.tcpState("asking");
  if (facts.done("full")) {
    writer.say(false, "The third connect succeeded all the same, in " +
                          shownDuration(facts.duration("full")) + ": this kernel did not hold it back.");
    return;
  }
  writer.say(asking == "SYN_SENT", "The third connect got no answer (" + facts.symbol("full") + " after " +
                                       shownDuration(facts.duration("full")) + "), its state was " + asking +
                                       ": the kernel drops a SYN that finds the backlog full.");
  const std::string late = facts.tcpState("late");
  writer.say(late == "ESTABLISHED", "After one accept its state was " + late + ", " +
                                        shownDuration(facts.duration("ready")) +
                                        " later: the kernel had sent its SYN again.");
}

constexpr std::string_view kNonBlocking = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(1)
name = listener.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.setblocking(False)
begun = c.connect_ex(name)                    # does not wait for the answer
ready = poll([(c, POLLOUT)], 5)               # writable: the attempt is over
result = c.getsockopt(SOL_SOCKET, SO_ERROR)   # how it went
gone = socket(AF_INET, SOCK_STREAM)
gone.bind(("127.0.0.1", 0))                   # a port where nobody listens
nobody = gone.getsockname()
d = socket(AF_INET, SOCK_STREAM)
d.setblocking(False)
tried = d.connect_ex(nobody)
told = poll([(d, POLLOUT)], 5)
refused = d.getsockopt(SOL_SOCKET, SO_ERROR)
)";

std::string errnoText(std::int64_t number) {
  if (number == 0) return "0, which is success";
  CallFault fault;
  fault.number = static_cast<int>(number);
  return std::to_string(number) + ", which is " + fault.symbol();
}

// The events of poll's only socket.
std::int64_t eventsOf(const CallValue& polled) {
  const auto* list = polled.as<CallList>();
  if (list == nullptr || list->items.empty()) return 0;
  const auto* pair = list->items.front().as<CallTuple>();
  const auto* events =
      pair != nullptr && pair->items.size() == 2 ? pair->items[1].as<std::int64_t>() : nullptr;
  return events != nullptr ? *events : 0;
}

void concludeNonBlocking(const ExperimentFacts& facts, ConclusionWriter& writer) {
  writer.say(facts.number("begun") == EINPROGRESS, "connect_ex answered " + errnoText(facts.number("begun")) +
                                                       ", after " + shownDuration(facts.duration("begun")) +
                                                       ": it did not wait.");
  const auto ready = eventsOf(facts.value("ready"));
  writer.say((ready & POLLOUT) != 0 && facts.number("result") == 0,
             "poll told " + flagsText(NameGroup::pollEvent, ready) + " and SO_ERROR was " +
                 errnoText(facts.number("result")) + ".");
  const auto told = eventsOf(facts.value("told"));
  writer.say(facts.number("tried") == EINPROGRESS && facts.number("refused") == ECONNREFUSED,
             "Where nobody listens, connect_ex answered " + errnoText(facts.number("tried")) +
                 ", poll told " + flagsText(NameGroup::pollEvent, told) + " and SO_ERROR was " +
                 errnoText(facts.number("refused")) + ": being writable is not being connected.");
}

// Bound to lo: the address of both families is no other than "any".
constexpr std::string_view kDualStack = R"(both = socket(AF_INET6, SOCK_STREAM)
both.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
both.setsockopt(SOL_SOCKET, SO_BINDTODEVICE, b"lo")    # nobody from outside
both.settimeout(5)
both.bind(("::", 0))
both.listen(2)
name = both.getsockname()
four = socket(AF_INET, SOCK_STREAM)
four.settimeout(5)
four.connect(("127.0.0.1", name[1]))
conn4, from4 = both.accept()
six = socket(AF_INET6, SOCK_STREAM)
six.settimeout(5)
six.connect(("::1", name[1]))
conn6, from6 = both.accept()
only = socket(AF_INET6, SOCK_STREAM)
only.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)
only.setsockopt(SOL_SOCKET, SO_BINDTODEVICE, b"lo")
only.bind(("::", 0))
only.listen(1)
name6 = only.getsockname()
knock = socket(AF_INET, SOCK_STREAM)
knock.settimeout(5)
answer = knock.connect(("127.83.66.6", name6[1]))    # this machine, and no other program
)";
constexpr std::string_view kDualStackMayFail[] = {"answer"};

std::string hostOf(const CallValue& address) {
  const auto* tuple = address.as<CallTuple>();
  const auto* host = tuple != nullptr && !tuple->items.empty() ? tuple->items[0].as<std::string>() : nullptr;
  return host != nullptr ? *host : std::string();
}

void concludeDualStack(const ExperimentFacts& facts, ConclusionWriter& writer) {
  const std::string four = hostOf(facts.value("from4"));
  const std::string six = hostOf(facts.value("from6"));
  writer.say(four.starts_with("::ffff:"), "The IPv4 client came to the IPv6 listener as " + four +
                                              ": its address within IPv6 (RFC 4291).");
  writer.say(six == "::1", "The IPv6 client came to the same listener as " + six + ".");
  writer.say(facts.symbol("answer") == "ECONNREFUSED",
             facts.done("answer") ? "With IPV6_V6ONLY the IPv4 client was taken all the same."
                                  : "With IPV6_V6ONLY the IPv4 client was answered " + facts.shown("answer") +
                                        ": that port of IPv4 has no listener.");
}

constexpr Experiment kExperiments[] = {
    {"handshake", "Three-way handshake and backlog",
     "connect succeeds before anybody calls accept: the kernel completes the handshake and keeps the "
     "connection in the backlog. When that is full, a SYN gets no answer until a place is free.",
     kHandshake, "", kHandshakeMayFail, concludeHandshake},
    {"nonblocking-connect",
     "Connecting without waiting",
     "connect on a socket that does not block answers EINPROGRESS at once. poll tells when the attempt is "
     "over, and only SO_ERROR tells how it went.",
     kNonBlocking,
     "",
     {},
     concludeNonBlocking},
    {"dual-stack", "One listener for IPv4 and IPv6",
     "A listener on :: takes IPv4 clients too, with their addresses written as IPv6, unless IPV6_V6ONLY is "
     "set.",
     kDualStack, "IPv6", kDualStackMayFail, concludeDualStack},
};

}  // namespace

std::span<const Experiment> connectionExperiments() {
  return kExperiments;
}

}  // namespace sockbench
