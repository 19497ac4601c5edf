// UNIX sockets: descriptors that travel, records. unix(7).
#include <sys/socket.h>

#include "core/calls/call_names.h"
#include "core/calls/experiments/experiment_facts.h"

namespace sockbench {
namespace {

// bind("") has the kernel choose an abstract name: no file is made.
constexpr std::string_view kPassing = R"(r = socket(AF_UNIX, SOCK_DGRAM)
r.settimeout(5)
r.bind("")                                     # an abstract name of the kernel's choice
name = r.getsockname()
s = socket(AF_UNIX, SOCK_DGRAM)
s.connect(name)
s.send(b"one")
s.send(b"two")
one = r.recv(100)                              # datagrams keep their ends
two = r.recv(100)
here, there = socketpair(AF_UNIX, SOCK_STREAM)
here.settimeout(5)
number = there.fileno()
send_fds(s, [b"take this"], [number])
text, fds, flags, sender = recv_fds(r, 100, 1)
there.close()                                  # the one that arrived is open
taken = socket(fileno=fds[0])
taken.settimeout(5)
family = taken.getsockopt(SOL_SOCKET, SO_DOMAIN)
here.sendall(b"still there?")
heard = taken.recv(100)
)";

void concludePassing(const ExperimentFacts& facts, ConclusionWriter& writer) {
  writer.say(facts.bytes("one") != facts.bytes("two") && !facts.bytes("two").empty(),
             "Two sends arrived as two datagrams, " + facts.shown("one") + " and " + facts.shown("two") +
                 ", at the abstract name " + facts.shown("name") + ".");
  const auto arrived = facts.item("fds", 0);
  writer.say(arrived >= 0, "Descriptor " + facts.shown("number") + " was sent and arrived with " +
                               facts.shown("text") + " as descriptor " + std::to_string(arrived) + ".");
  writer.say(
      !facts.bytes("heard").empty(),
      "The sender had closed its own; what was written at the other end came out of the one that arrived: " +
          facts.shown("heard") + ".");
}

constexpr std::string_view kRecords = R"(a, b = socketpair(AF_UNIX, SOCK_SEQPACKET)
b.settimeout(5)
a.send(b"one")
a.send(b"three")
first = b.recv(100)
second = b.recv(100)
a.send(b"a long record")
a.send(b"next")
cut, control, flags, sender = b.recvmsg(6)     # what does not fit is lost
after = b.recv(100)
c, d = socketpair(AF_UNIX, SOCK_STREAM)
d.settimeout(5)
c.send(b"one")
c.send(b"three")
joined = d.recv(100)                           # a stream knows no records
a.close()
end = b.recv(100)
)";

void concludeRecords(const ExperimentFacts& facts, ConclusionWriter& writer) {
  writer.say(!facts.bytes("second").empty() && facts.bytes("joined").size() > facts.bytes("first").size(),
             "Two sends were read as " + facts.shown("first") + " and " + facts.shown("second") +
                 "; over a stream the same two came as " + facts.shown("joined") + ".");
  const auto flags = facts.number("flags", 0);
  writer.say((flags & MSG_TRUNC) != 0, "A record that did not fit was cut to " + facts.shown("cut") +
                                           " with the flags " + flagsText(NameGroup::messageFlag, flags) +
                                           ", and the next recv answered " + facts.shown("after") + ".");
  writer.say(facts.done("end") && facts.bytes("end").empty(),
             "Unlike datagrams it is a connection: after close the peer read " + facts.shown("end") + ".");
}

constexpr Experiment kExperiments[] = {
    {"unix-descriptor",
     "UNIX datagrams and passing a descriptor",
     "UNIX datagrams arrive whole and in order. A message may carry descriptors: the receiver gets a number "
     "of "
     "its own for the same open socket, which lives on when the sender closes its own.",
     kPassing,
     "",
     {},
     concludePassing},
    {"seqpacket",
     "Record boundaries of SOCK_SEQPACKET",
     "Each recv answers one record, as it was sent; what does not fit is lost. A stream joins them.",
     kRecords,
     "",
     {},
     concludeRecords},
};

}  // namespace

std::span<const Experiment> unixExperiments() {
  return kExperiments;
}

}  // namespace sockbench
