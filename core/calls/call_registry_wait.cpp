// Waiting for several sockets at once: poll(2).
#include "core/calls/call_registry_tables.h"

namespace sockbench {
namespace {

using enum ParameterKind;
using enum CallTarget;

constexpr CallParameter kPoll[] = {
    {"sockets", sockets, NameGroup::pollEvent, "",
     "A list of tuples: a socket, and the events that are waited for (POLLIN | POLLOUT)."},
    {"timeout", seconds, NameGroup::none, "None", "Seconds, fractions too; None: for ever; 0: look once."},
};
constexpr CallErrorNote kErrors[] = {
    {"EBADF", "A socket of the list is closed."},
    {"EINVAL", "More sockets than this program may have descriptors."},
    kInterrupted,
    kNoMemory,
};

constexpr CallInfo kCalls[] = {
    {"poll", function, "Wait", "Waits until one of several sockets has something to tell.", kPoll,
     "A list of tuples: each socket that has something, and what (POLLERR, POLLHUP and POLLNVAL are told "
     "unasked); empty: the time is over.",
     kErrors, "poll(2)", true, true},
};

}  // namespace

std::span<const CallInfo> waitingCalls() {
  return kCalls;
}

}  // namespace sockbench
