// Bytes of a stream: gathered, looked at, urgent. tcp(7), recv(2), RFC 1122, RFC 6093.
#include "core/calls/experiments/experiment_facts.h"

namespace sockbench {
namespace {

// The server's first acknowledgement is delayed as in a connection that is not new.
constexpr std::string_view kNagle = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(2)
name = listener.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(5)
c.connect(name)
conn, addr = listener.accept()
conn.settimeout(5)
conn.setsockopt(IPPROTO_TCP, TCP_QUICKACK, 0)  # let acknowledgements wait
c.send(b"a")
c.send(b"b")
c.send(b"c")
c.send(b"d")
unsent = c.ioctl(SIOCOUTQNSD)                  # what the kernel holds back
start = conn.recv(100)
rest = conn.recv(100)
gathered = c.getsockopt(IPPROTO_TCP, TCP_INFO, 160)
d = socket(AF_INET, SOCK_STREAM)
d.settimeout(5)
d.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
d.connect(name)
conn2, addr2 = listener.accept()
conn2.settimeout(5)
conn2.setsockopt(IPPROTO_TCP, TCP_QUICKACK, 0)
d.send(b"a")
d.send(b"b")
d.send(b"c")
d.send(b"d")
unsent2 = d.ioctl(SIOCOUTQNSD)
all = conn2.recv(100)
single = d.getsockopt(IPPROTO_TCP, TCP_INFO, 160)
)";
constexpr std::string_view kNagleMayFail[] = {"rest"};

std::string segments(std::optional<std::uint32_t> count) {
  if (!count) return "an unknown number of segments (this kernel does not count them)";
  return std::to_string(*count) + (*count == 1 ? " segment" : " segments");
}

void concludeNagle(const ExperimentFacts& facts, ConclusionWriter& writer) {
  const auto held = facts.number("unsent");
  const auto gathered = facts.tcpDataSegmentsOut("gathered");
  writer.say(held > 0 && gathered == 2U,
             "Without TCP_NODELAY, after four sends of one byte, " + std::to_string(held) +
                 " of the bytes were held back. They left in " + segments(gathered) + "; recv answered " +
                 facts.shown("start") + " and, " + shownDuration(facts.duration("rest")) + " later, " +
                 facts.shown("rest") + ".");
  const auto held2 = facts.number("unsent2");
  const auto single = facts.tcpDataSegmentsOut("single");
  writer.say(held2 == 0 && single == 4U, "With TCP_NODELAY " + std::to_string(held2) +
                                             " were held back, and they left in " + segments(single) + ".");
}

constexpr std::string_view kPeek = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(1)
name = listener.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(5)
c.connect(name)
conn, addr = listener.accept()
conn.settimeout(5)
c.sendall(b"hello, world")
seen = conn.recv(5, MSG_PEEK)
again = conn.recv(5, MSG_PEEK)
waiting = conn.ioctl(FIONREAD)
taken = conn.recv(5)
left = conn.ioctl(FIONREAD)
rest = conn.recv(100)
)";

void concludePeek(const ExperimentFacts& facts, ConclusionWriter& writer) {
  writer.say(!facts.bytes("seen").empty() && facts.bytes("seen") == facts.bytes("again"),
             "Two recv with MSG_PEEK answered " + facts.shown("seen") + " and " + facts.shown("again") +
                 ", and FIONREAD told " + facts.shown("waiting") + " bytes after them.");
  const auto taken = static_cast<std::int64_t>(facts.bytes("taken").size());
  writer.say(facts.number("waiting") - facts.number("left") == taken,
             "recv without it took " + facts.shown("taken") + ": FIONREAD told " + facts.shown("left") +
                 " bytes then, and the next recv answered " + facts.shown("rest") + ".");
}

constexpr std::string_view kUrgent = R"(listener = socket(AF_INET, SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(1)
name = listener.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(5)
c.connect(name)
conn, addr = listener.accept()
conn.settimeout(5)
c.send(b"before")
c.send(b"!", MSG_OOB)
c.send(b"after")
told = poll([(conn, POLLPRI)], 5)              # urgent data has come
first = conn.recv(100)                         # stops at the mark
mark = conn.ioctl(SIOCATMARK)
urgent = conn.recv(1, MSG_OOB)
twice = conn.recv(1, MSG_OOB)
rest = conn.recv(100)
)";
constexpr std::string_view kUrgentMayFail[] = {"urgent", "twice", "rest"};

void concludeUrgent(const ExperimentFacts& facts, ConclusionWriter& writer) {
  const CallValue told = facts.value("told");
  const bool early = told.as<CallList>() != nullptr && !told.as<CallList>()->items.empty();
  writer.say(early, early ? "poll told of urgent data (POLLPRI) while bytes before it waited unread."
                          : "poll did not tell of urgent data.");
  writer.say(facts.number("mark") == 1, "recv of 100 bytes stopped at " + facts.shown("first") +
                                            ", and SIOCATMARK told " + facts.shown("mark") +
                                            (facts.number("mark") == 1 ? ": the mark is next." : "."));
  writer.say(facts.done("urgent"), "recv with MSG_OOB answered " + facts.shown("urgent") + ", a second one " +
                                       facts.shown("twice") + ".");
  writer.say(!facts.bytes("rest").empty(),
             "The stream then went on with " + facts.shown("rest") + ": the urgent byte is not among them.");
}

constexpr Experiment kExperiments[] = {
    {"nagle", "Nagle's algorithm and TCP_NODELAY",
     "A small send that follows another waits until the first is acknowledged, and is joined with what "
     "follows. "
     "With TCP_NODELAY each goes at once.",
     kNagle, "", kNagleMayFail, concludeNagle},
    {"peek",
     "Looking with MSG_PEEK",
     "recv with MSG_PEEK answers what has arrived and leaves it there for the next recv.",
     kPeek,
     "",
     {},
     concludePeek},
    {"urgent", "Urgent data",
     "A byte that is sent with MSG_OOB is not part of the stream that recv reads: poll tells of it early, "
     "recv "
     "stops at its mark, and MSG_OOB fetches it.",
     kUrgent, "", kUrgentMayFail, concludeUrgent},
};

}  // namespace

std::span<const Experiment> streamExperiments() {
  return kExperiments;
}

}  // namespace sockbench
