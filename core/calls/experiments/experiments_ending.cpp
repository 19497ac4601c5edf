// How connections end: one direction, TIME_WAIT, reset. tcp(7), shutdown(2), RFC 9293.
#include "core/calls/experiments/experiment_facts.h"

namespace sockbench {
namespace {

constexpr std::string_view kHalfClose = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(1)
name = listener.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(5)
c.connect(name)
conn, addr = listener.accept()
conn.settimeout(5)
c.sendall(b"question")
c.shutdown(SHUT_WR)                            # FIN: I send no more
question = conn.recv(100)
end = conn.recv(100)                           # b'' is the end
serving = conn.getsockopt(IPPROTO_TCP, TCP_INFO, 1)
asking = c.getsockopt(IPPROTO_TCP, TCP_INFO, 1)
conn.sendall(b"answer")                        # the other direction is open
answer = c.recv(100)
late = c.send(b"more")                         # this one is not
conn.close()
over = c.recv(100)
)";
constexpr std::string_view kHalfCloseMayFail[] = {"late"};

void concludeHalfClose(const ExperimentFacts& facts, ConclusionWriter& writer) {
  const Bytes end = facts.bytes("end");
  writer.say(facts.done("end") && end.empty(), "After " + facts.shown("question") + " the server read " +
                                                   facts.shown("end") +
                                                   (end.empty() ? ", the end." : ", not the end."));
  const std::string client = facts.tcpState("asking");
  const std::string server = facts.tcpState("serving");
  writer.say(client.starts_with("FIN_WAIT") && server == "CLOSE_WAIT",
             "The client's state was then " + client + ", the server's " + server + ".");
  writer.say(!facts.bytes("answer").empty(),
             "The server could still send: the client received " + facts.shown("answer") + ".");
  writer.say(facts.symbol("late") == "EPIPE",
             facts.done("late") ? "The client could still send, too."
                                : "The client could send no more: " + facts.shown("late") + ".");
  writer.say(facts.done("over") && facts.bytes("over").empty(),
             "When the server had closed as well, the client read " + facts.shown("over") + ".");
}

constexpr std::string_view kTimeWait = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
listener.bind(("127.83.66.4", 0))              # no other program has this address
listener.listen(1)
name = listener.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(5)
c.connect(name)
conn, addr = listener.accept()
conn.settimeout(5)
conn.shutdown(SHUT_WR)                         # the server ends first: TIME_WAIT will be its
c.recv(10)
c.close()
conn.recv(10)
conn.close()
listener.close()                               # nobody has the port any more
plain = socket(AF_INET, SOCK_STREAM)
without = plain.bind(name)
again = socket(AF_INET, SOCK_STREAM)
again.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
with_it = again.bind(name)
)";
constexpr std::string_view kTimeWaitMayFail[] = {"without", "with_it"};

void concludeTimeWait(const ExperimentFacts& facts, ConclusionWriter& writer) {
  const std::string port = std::to_string(facts.item("name", 1));
  writer.say(facts.symbol("without") == "EADDRINUSE",
             facts.done("without")
                 ? "Port " + port + " could be bound at once: no TIME_WAIT stood in the way."
                 : "With every socket closed, bind to port " + port + " answered " + facts.shown("without") +
                       ": the connection's TIME_WAIT still has it.");
  writer.say(facts.done("with_it"),
             facts.done("with_it")
                 ? "With SO_REUSEADDR, on the first listener and on the new socket, bind succeeded."
                 : "With SO_REUSEADDR bind answered " + facts.shown("with_it") + " all the same.");
}

constexpr std::string_view kReset = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(1)
name = listener.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(5)
c.bind(("127.83.66.3", 0))                     # no other program has this address
c.connect(name)
conn, addr = listener.accept()
conn.settimeout(5)
c.setsockopt(SOL_SOCKET, SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")    # on, 0 seconds
c.close()                                      # RST instead of FIN
reset = conn.recv(10)
free = socket(AF_INET, SOCK_STREAM)
at_once = free.bind(addr)                      # no TIME_WAIT
e = socket(AF_INET, SOCK_STREAM)
e.settimeout(5)
e.bind(("127.83.66.3", 0))
e.connect(name)
conn2, addr2 = listener.accept()
conn2.settimeout(5)
e.close()                                      # the usual end
end = conn2.recv(10)
conn2.close()
kept = socket(AF_INET, SOCK_STREAM)
later = kept.bind(addr2)
)";
constexpr std::string_view kResetMayFail[] = {"reset", "at_once", "later"};

void concludeReset(const ExperimentFacts& facts, ConclusionWriter& writer) {
  writer.say(facts.symbol("reset") == "ECONNRESET",
             "After close with a linger of 0 seconds the server's recv answered " + facts.shown("reset") +
                 "; after the usual close it answered " + facts.shown("end") + ".");
  writer.say(facts.done("at_once"),
             facts.done("at_once")
                 ? "The reset connection's port could be bound again at once."
                 : "The reset connection's port was still held: " + facts.shown("at_once") + ".");
  writer.say(facts.symbol("later") == "EADDRINUSE",
             facts.done("later") ? "The other one's port could be bound at once, too."
                                 : "The other one's port was held: " + facts.shown("later") +
                                       ", since its connection stays in TIME_WAIT.");
}

constexpr Experiment kExperiments[] = {
    {"half-close", "Half-close",
     "shutdown(SHUT_WR) ends one direction: the peer reads the end (b'') and may still answer.", kHalfClose,
     "", kHalfCloseMayFail, concludeHalfClose},
    {"time-wait", "TIME_WAIT and SO_REUSEADDR",
     "Who ends a connection first keeps its port for a minute, with every socket closed. SO_REUSEADDR lets a "
     "new listener have it.",
     kTimeWait, "", kTimeWaitMayFail, concludeTimeWait},
    {"reset", "Reset by linger",
     "close with SO_LINGER on and 0 seconds sends RST: the peer's recv fails instead of reading the end, and "
     "no "
     "TIME_WAIT remains.",
     kReset, "", kResetMayFail, concludeReset},
};

}  // namespace

std::span<const Experiment> endingExperiments() {
  return kExperiments;
}

}  // namespace sockbench
