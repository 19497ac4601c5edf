// A session for agents that are tested without an engine: what they ask of it is written down.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/session_agent.h"
#include "core/engine/session_snapshot.h"

namespace sockbench::test {

class FakeSession final : public AgentSession {
 public:
  explicit FakeSession(Transport transport = Transport::tcp) : transport_(transport) {
    local_ = SocketAddress::fromText("127.0.0.1:9000").value();
    peer_ = SocketAddress::fromText("127.0.0.2:4321").value();
  }

  SessionId id() const override { return SessionId{7}; }
  SessionId listener() const override { return {}; }
  Transport transport() const override { return transport_; }
  const SocketAddress& local() const override { return local_; }
  const SocketAddress& peer() const override { return peer_; }

  Result<void> send(Bytes data) override {
    if (queued + data.size() > room) {
      return std::unexpected(Error::fromInput(InputFault::queueFull, "session", std::nullopt, "it is full"));
    }
    sent.emplace_back(asChars(data));
    queued += keepsQueue ? data.size() : 0;
    return {};
  }
  Result<void> sendUrgent(std::byte) override { return {}; }
  std::size_t queuedBytes() const override { return queued; }
  void halfClose() override { acts += "half-close "; }
  void close() override { acts += "close "; }
  void reset() override { acts += "reset "; }
  void setReading(bool on) override { acts += on ? "read " : "stop "; }
  void note(std::string text, std::optional<Error> error) override {
    notes.push_back(text + (error ? ": " + error->symbol() : ""));
  }
  void wakeAt(std::optional<Clock::time_point> when) override { wake = when; }
  void leave() override { left = true; }

  // Everything that was sent, joined.
  std::string all() const {
    std::string joined;
    for (const std::string& one : sent) joined += one;
    return joined;
  }
  bool wasNoted(std::string_view part) const {
    for (const std::string& note : notes) {
      if (note.contains(part)) return true;
    }
    return false;
  }
  // The agent's timer goes off, when it is due.
  void runTimer(SessionAgent& agent) {
    if (!wake || Clock::now() < *wake) return;
    wake.reset();
    agent.woke(*this);
  }

  std::vector<std::string> sent;
  std::vector<std::string> notes;
  std::string acts;
  std::optional<Clock::time_point> wake;
  std::size_t queued = 0;
  std::size_t room = SIZE_MAX;
  bool keepsQueue = false;
  bool left = false;

 private:
  Transport transport_;
  SocketAddress local_;
  SocketAddress peer_;
};

}  // namespace sockbench::test
