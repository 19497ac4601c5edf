// poll and ioctl: what Python has elsewhere (select.poll, fcntl.ioctl), in the words of a socket.
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <limits>

#include "core/calls/call_names.h"
#include "core/calls/python/bodies.h"

namespace sockbench {
namespace {

constexpr short kAllEvents = POLLIN | POLLPRI | POLLOUT;

// The sockets that are waited for, each kept open meanwhile.
struct Watched {
  std::vector<CallValue> keys;  // what stands for each in the answer
  std::vector<std::shared_ptr<CallSocket>> sockets;
  std::vector<pollfd> polled;
};

int descriptorToPoll(int descriptor) {
  if (descriptor < 0) raiseValue("file descriptor cannot be a negative integer (-1)", 0);
  return descriptor;
}

int descriptorOf(PythonCall& call, const CallValue& key, Watched& watched) {
  const auto* handle = key.as<CallHandle>();
  if (handle == nullptr) return descriptorToPoll(cInt(key, 0));
  std::shared_ptr<CallSocket> socket = call.context().find(*handle);
  if (!socket) raiseErrno(Operation::poll, EBADF);
  watched.sockets.push_back(socket);
  return descriptorToPoll(socket->descriptor());
}

short eventsOf(const CallValue& value) {
  const int events = cInt(value, 0);
  if (events < 0 || events > std::numeric_limits<unsigned short>::max())
    raiseOverflow("events must be 0-65535", 0);
  return static_cast<short>(events);
}

void watch(PythonCall& call, const CallValue& item, Watched& watched) {
  const auto* pair = item.as<CallTuple>();
  if (pair != nullptr && pair->items.size() != 2)
    raiseType("poll() argument 1 must be a list of (socket, events)", 0);
  const CallValue& key = pair != nullptr ? pair->items[0] : item;
  const short events = pair != nullptr ? eventsOf(pair->items[1]) : kAllEvents;
  watched.polled.push_back({descriptorOf(call, key, watched), events, 0});
  watched.keys.push_back(key);
}

Watched watchedAt(PythonCall& call) {
  const std::vector<CallValue>* items = call.at(0).items();
  if (items == nullptr)
    raiseType(
        "poll() argument 1 must be a list of (socket, events), not " + std::string(call.at(0).typeName()), 0);
  Watched watched;
  for (const CallValue& item : *items) watch(call, item, watched);
  return watched;
}

// ppoll(2) until something is ready or the time is over.
void wait(Watched& watched, Timeout timeout) {
  using std::chrono::nanoseconds;
  const Deadline deadline(timeout);
  if (KernelWitness* witness = KernelWitness::ofThisThread()) witness->willWait();
  while (true) {
    const timespec limit = toTimespec(std::max(deadline.left().value_or(nanoseconds(0)), nanoseconds(0)));
    const auto ask = [&] {
      return ppoll(watched.polled.data(), watched.polled.size(), timeout ? &limit : nullptr, nullptr);
    };
    if (witnessed("ppoll", ask) >= 0) return;
    if (errno != EINTR || waitIsInterrupted()) raiseErrno(Operation::poll, errno);
  }
}

struct IntRequest {
  unsigned long number;
  std::string_view step;
};

// Those that answer an int; others would write as much as they please.
constexpr IntRequest kIntRequests[] = {
    {FIONREAD, "ioctl(FIONREAD)"},
    {SIOCOUTQ, "ioctl(SIOCOUTQ)"},
    {SIOCATMARK, "ioctl(SIOCATMARK)"},
    {SIOCOUTQNSD, "ioctl(SIOCOUTQNSD)"},
};

}  // namespace

CallValue callPoll(PythonCall& call) {
  Watched watched = watchedAt(call);
  wait(watched, call.has(1) ? seconds(call.at(1), 1) : Timeout());
  CallList ready;
  CallList names;
  for (std::size_t i = 0; i < watched.polled.size(); ++i) {
    const short events = watched.polled[i].revents;
    if (events == 0) continue;
    ready.items.emplace_back(CallTuple{{watched.keys[i], int{events}}});
    names.items.emplace_back(pollEventsText(events));
  }
  call.give("events", std::move(names));
  return ready;
}

CallValue callIoctl(PythonCall& call) {
  const auto request = static_cast<unsigned long>(cBits(call.at(0), 0));
  const auto known = std::ranges::find(kIntRequests, request, &IntRequest::number);
  if (known == std::end(kIntRequests))
    raiseValue("ioctl() takes FIONREAD, SIOCOUTQ, SIOCATMARK or SIOCOUTQNSD", 0);
  const int descriptor = call.descriptor();
  int answer = 0;
  const auto ask = [&] { return ioctl(descriptor, request, &answer); };
  const auto note = [&](int) { return std::to_string(answer); };
  if (witnessed(known->step, ask, note) != 0) raiseErrno(Operation::ioctl, errno);
  return answer;
}

}  // namespace sockbench
