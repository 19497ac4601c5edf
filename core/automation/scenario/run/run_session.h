// RunSession: a session or a listener as a run knows it. Thread: the run's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/scenario/run/expect_match.h"
#include "core/automation/scenario/run/session_link.h"
#include "core/engine/engine.h"

namespace sockbench {

using StrandId = std::uint64_t;

class RunSession {
 public:
  // A session: its link tells what comes of it.
  RunSession(std::shared_ptr<SessionLink> link, SessionId id) : link_(std::move(link)), id_(id) {}
  explicit RunSession(SessionId listener) : id_(listener) {}

  std::string name;                  // that it got last
  std::vector<StrandId> waiting;     // to be woken by news
  std::deque<RunSession*> accepted;  // of a listener: nobody has taken them yet
  bool isListener() const { return link_ == nullptr; }
  SessionId id() const { return id_; }
  const SessionLink& link() const { return *link_; }
  SessionLink& link() { return *link_; }

  void takeNews();
  bool isOpen() const { return opened_ && !last_; }
  bool hasOpened() const { return opened_; }
  const std::optional<SessionSnapshot>& last() const { return last_; }
  std::optional<SessionSnapshot> snapshot(const Engine& engine) const;

  Unread unread() const;
  void consume(std::size_t bytes, std::size_t messages, Engine& engine);

 private:
  Unread::End end() const;

  std::shared_ptr<SessionLink> link_;
  SessionId id_;
  Bytes bytes_;
  std::size_t begin_ = 0;              // of what is unread in it
  std::vector<std::size_t> messages_;  // where they end, from begin_ on
  bool opened_ = false;
  bool finished_ = false;
  std::optional<SessionSnapshot> last_;
};

}  // namespace sockbench
