#include "core/engine/detail/actor.h"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sockbench::detail {

Actor::Actor(Context& context, SessionSharedPtr session)
    : context_(context), journal_(context, std::move(session)) {}

void Actor::halfClose() {
  journal_.error(Error::fromErrno(Operation::shutdown, EOPNOTSUPP, journal_.subject()));
}

void Actor::setRules(SessionRules rules) {
  rules_ = std::move(rules);
  journal_.session().update([&](SessionSnapshot& s) { s.responder = rules_.responder; });
  journal_.push(SessionEvent::What::changed);
}

void Actor::setOption(const OptionSetting& setting) {
  if (auto done = applySocketOption(socket(), setting); !done) {
    journal_.error(done.error());
    return;
  }
  journal_.note(RecordKind::option, setting.text());
  journal_.push(SessionEvent::What::changed);
}

void Actor::readOption(const OptionInfo& option) {
  auto value = readSocketOption(socket(), option);
  if (value)
    journal_.push(SessionEvent::What::optionRead, std::string(option.name) + "=" + *value);
  else
    journal_.push(SessionEvent::What::optionRead, std::string(option.name), value.error());
}

void Actor::sample() {
  countDrops();
  const auto raw = socket().rawOption(IPPROTO_TCP, TCP_INFO, sizeof(tcp_info));
  if (raw && journal_.session().transport == Transport::tcp) {
    tcp_info info{};
    std::memcpy(&info, raw->data(), std::min(raw->size(), sizeof info));
    TcpSample sample;
    sample.kernelState = info.tcpi_state;
    sample.rtt = std::chrono::microseconds(info.tcpi_rtt);
    sample.rttVariance = std::chrono::microseconds(info.tcpi_rttvar);
    sample.retransmits = info.tcpi_total_retrans;
    journal_.session().update([&](SessionSnapshot& s) { s.tcp = sample; });
  }
  journal_.push(SessionEvent::What::sampled);
}

void Actor::leave() {
  const SessionShared& session = journal_.session();
  const auto keep = shared_from_this();
  worker().release(session.id);
  if (session.role != SessionRole::listener) --context_.registry.openSessions;
  const SessionSharedPtr listener = session.parent ? context_.registry.find(session.parent) : nullptr;
  if (!listener) return;
  --listener->openChildren;
  listener->worker.post([listener] {
    if (const auto actor = listener->worker.find(listener->id)) actor->childEnded();
  });
}

void Actor::countDrops() {
  // A datagram peer has its listener's socket, and the listener counts for it.
  if (journal_.session().role == SessionRole::accepted) return;
  if (journal_.session().transport != Transport::udp || !socket().isOpen()) return;
  const auto raw = socket().rawOption(SOL_SOCKET, SO_MEMINFO, SK_MEMINFO_VARS * sizeof(std::uint32_t));
  if (!raw || raw->size() < (SK_MEMINFO_DROPS + 1) * sizeof(std::uint32_t)) return;
  std::uint32_t drops = 0;
  std::memcpy(&drops, raw->data() + SK_MEMINFO_DROPS * sizeof drops, sizeof drops);
  const std::uint32_t fresh = drops - std::exchange(dropsSeen_, drops);
  if (fresh > 0) journal_.dropped(fresh);
}

}  // namespace sockbench::detail
