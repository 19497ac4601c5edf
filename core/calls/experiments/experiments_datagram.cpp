// Datagrams: cut, refused, shared. udp(7), recv(2), socket(7).
#include <sys/socket.h>

#include "core/calls/call_names.h"
#include "core/calls/experiments/experiment_facts.h"

namespace sockbench {
namespace {

constexpr std::string_view kTruncation = R"(r = socket(AF_INET, SOCK_DGRAM)
r.settimeout(5)
r.bind(("127.0.0.1", 0))
name = r.getsockname()
s = socket(AF_INET, SOCK_DGRAM)
s.sendto(b"0123456789", name)
part = r.recv(4)                               # the rest of it is lost
s.sendto(b"second", name)
next = r.recv(100)
s.sendto(b"0123456789", name)
cut, control, flags, sender = r.recvmsg(4)     # recvmsg tells that it was cut
s.sendto(b"0123456789", name)
room = bytearray(4)
length = r.recv_into(room, 4, MSG_TRUNC)       # Linux: the whole length
)";

void concludeTruncation(const ExperimentFacts& facts, ConclusionWriter& writer) {
  writer.say(facts.bytes("part").size() == 4 && facts.bytes("next") != facts.bytes("part"),
             "Of a datagram of 10 bytes recv(4) answered " + facts.shown("part") +
                 "; the next recv answered " + facts.shown("next") +
                 ", another datagram: the rest was lost without an error.");
  const auto flags = facts.number("flags", 0);
  writer.say((flags & MSG_TRUNC) != 0, "recvmsg(4) answered " + facts.shown("cut") + " with the flags " +
                                           flagsText(NameGroup::messageFlag, flags) + ".");
  writer.say(facts.number("length") == 10, "Asked with MSG_TRUNC, recv_into told the length " +
                                               facts.shown("length") + " for a buffer of 4.");
}

constexpr std::string_view kConnected =
    R"(name = ("127.0.0.1", 1)                        # nobody has this port
u = socket(AF_INET, SOCK_DGRAM)
u.settimeout(5)
u.connect(name)
sent = u.send(b"anyone?")
answer = u.recv(100)                           # the error of the datagram before
v = socket(AF_INET, SOCK_DGRAM)
v.settimeout(0.2)
sent2 = v.sendto(b"anyone?", name)
silence = v.recv(100)
)";
constexpr std::string_view kConnectedMayFail[] = {"answer", "silence"};

void concludeConnected(const ExperimentFacts& facts, ConclusionWriter& writer) {
  writer.say(facts.number("sent") > 0, "The connected socket's send answered " + facts.shown("sent") +
                                           ": sending succeeds though nobody is there.");
  writer.say(facts.symbol("answer") == "ECONNREFUSED",
             "Its next recv answered " + facts.shown("answer") +
                 (facts.symbol("answer") == "ECONNREFUSED"
                      ? ": the kernel knows whose ICMP message (port unreachable) it is."
                      : "."));
  writer.say(!facts.done("silence") && facts.symbol("silence") != "ECONNREFUSED",
             "The socket that is not connected got for the same datagram: " + facts.shown("silence") +
                 ", after " + shownDuration(facts.duration("silence")) + ".");
}

constexpr std::string_view kReusePort = R"(a = socket(AF_INET, SOCK_DGRAM)
a.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
a.bind(("127.0.0.1", 0))
name = a.getsockname()
stranger = socket(AF_INET, SOCK_DGRAM)
without = stranger.bind(name)                  # all must have the option
b = socket(AF_INET, SOCK_DGRAM)
b.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
b.bind(name)
s1 = socket(AF_INET, SOCK_DGRAM)
s1.sendto(b"1", name)
p1 = poll([(a, POLLIN), (b, POLLIN)], 5)
a1 = a.recv(9, MSG_DONTWAIT)
b1 = b.recv(9, MSG_DONTWAIT)
s1.sendto(b"1 again", name)                    # the same sender: the same receiver
p2 = poll([(a, POLLIN), (b, POLLIN)], 5)
a2 = a.recv(9, MSG_DONTWAIT)
b2 = b.recv(9, MSG_DONTWAIT)
s2 = socket(AF_INET, SOCK_DGRAM)
s2.sendto(b"2", name)
p3 = poll([(a, POLLIN), (b, POLLIN)], 5)
a3 = a.recv(9, MSG_DONTWAIT)
b3 = b.recv(9, MSG_DONTWAIT)
s3 = socket(AF_INET, SOCK_DGRAM)
s3.sendto(b"3", name)
p4 = poll([(a, POLLIN), (b, POLLIN)], 5)
a4 = a.recv(9, MSG_DONTWAIT)
b4 = b.recv(9, MSG_DONTWAIT)
s4 = socket(AF_INET, SOCK_DGRAM)
s4.sendto(b"4", name)
p5 = poll([(a, POLLIN), (b, POLLIN)], 5)
a5 = a.recv(9, MSG_DONTWAIT)
b5 = b.recv(9, MSG_DONTWAIT)
)";
constexpr std::string_view kReusePortMayFail[] = {"without", "a1", "b1", "a2", "b2", "a3",
                                                  "b3",      "a4", "b4", "a5", "b5"};

void concludeReusePort(const ExperimentFacts& facts, ConclusionWriter& writer) {
  constexpr int kSent = 5;
  int first = 0;
  int second = 0;
  for (int i = 1; i <= kSent; ++i) {
    first += facts.done("a" + std::to_string(i)) ? 1 : 0;
    second += facts.done("b" + std::to_string(i)) ? 1 : 0;
  }
  const std::string port = std::to_string(facts.item("name", 1));
  writer.say(facts.symbol("without") == "EADDRINUSE", "Without the option, bind to port " + port +
                                                          " answered " + facts.shown("without") +
                                                          "; with it, " + "two sockets had the port.");
  writer.say(first + second == kSent, "Of " + std::to_string(kSent) + " datagrams the first got " +
                                          std::to_string(first) + " and the second " +
                                          std::to_string(second) + ", each just one of them.");
  const bool faithful = facts.done("a1") == facts.done("a2");
  writer.say(faithful, faithful ? "Both datagrams of the same sender went to the same socket."
                                : "Two datagrams of the same sender went to different sockets.");
}

constexpr Experiment kExperiments[] = {
    {"udp-truncation",
     "UDP truncation and MSG_TRUNC",
     "A datagram that is longer than the buffer is cut, and the rest is lost. recv does not tell; recvmsg's "
     "flags do, and MSG_TRUNC tells the whole length.",
     kTruncation,
     "",
     {},
     concludeTruncation},
    {"connected-udp", "Connected UDP and ECONNREFUSED",
     "A datagram to a port without a socket is sent without an error. A connected socket is told afterwards "
     "(ECONNREFUSED); one that is not connected hears nothing.",
     kConnected, "", kConnectedMayFail, concludeConnected},
    {"reuseport", "Sharing a port with SO_REUSEPORT",
     "Several sockets with SO_REUSEPORT have one port, and the kernel gives each datagram to one of them, by "
     "its "
     "sender.",
     kReusePort, "", kReusePortMayFail, concludeReusePort},
};

}  // namespace

std::span<const Experiment> datagramExperiments() {
  return kExperiments;
}

}  // namespace sockbench
